package org.tributary.cli.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Tables;

class LiveFeedTest {

  static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
  static final Duration GAP = Duration.ofMinutes(5);

  @TempDir Path folder;
  final SettableClock clock = new SettableClock(NOON);
  DatabaseUrl url;
  TargetDatabase database;

  @BeforeEach
  void open() {
    url = DatabaseUrl.parse("sqlite:///gateway.db", folder);
    database = new TargetDatabase(url);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Waiting means that the time has come. */
  private boolean waitAtOnce(Instant time) {
    if (time.isAfter(clock.instant())) {
      clock.set(time);
    }
    return true;
  }

  private void run(int samples, int stateSwitch) throws Exception {
    PushTest course = PushTest.in(database, stateSwitch, NOON);
    new LiveFeed(clock, this::waitAtOnce, GAP).run(samples, course::sample);
  }

  private List<Object> values(long node) throws Exception {
    return Contents.of(url, Tables.READING).stream()
        .filter(row -> row.get("nodeId").equals(node))
        .map(row -> row.get("value"))
        .toList();
  }

  private static List<Object> counting(int from, int to) {
    Stream<Object> counted =
        IntStream.rangeClosed(0, Math.abs(to - from))
            .mapToObj(step -> (double) (from < to ? from + step : from - step));
    return counted.toList();
  }

  @Test
  void run_countsNode37FromZeroToHundredAndNode38TheOtherWay() throws Exception {
    run(101, 101);

    assertThat(values(37)).isEqualTo(counting(0, 100));
    assertThat(values(38)).isEqualTo(counting(100, 0));
  }

  @Test
  void run_afterSoManySamples_addsTheStatesOfBothNodesAndCountsAnew() throws Exception {
    run(7, 3);

    assertThat(values(37)).containsExactly(0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0);
    assertThat(values(38)).containsExactly(100.0, 99.0, 98.0, 100.0, 99.0, 98.0, 100.0);
    assertThat(Contents.of(url, Tables.NODE_STATE))
        .extracting(row -> row.get("time"), row -> row.get("nodeId"), row -> row.get("seq_num"))
        .containsExactly(
            tuple(NOON.plus(GAP.multipliedBy(2)), 37L, 0L),
            tuple(NOON.plus(GAP.multipliedBy(2)), 38L, 0L),
            tuple(NOON.plus(GAP.multipliedBy(5)), 37L, 1L),
            tuple(NOON.plus(GAP.multipliedBy(5)), 38L, 1L));
  }

  @Test
  void run_whenNoStatesComeInBetween_countsAnewAtTheTopAsWell() throws Exception {
    run(103, 1_000);

    assertThat(values(37)).endsWith(99.0, 100.0, 0.0, 1.0);
    assertThat(values(38)).endsWith(1.0, 0.0, 100.0, 99.0);
  }

  @Test
  void run_samplesOneGapApart() throws Exception {
    run(3, 101);

    assertThat(Contents.of(url, Tables.READING))
        .extracting(row -> row.get("time"))
        .containsExactly(
            NOON,
            NOON,
            NOON.plus(GAP),
            NOON.plus(GAP),
            NOON.plus(GAP).plus(GAP),
            NOON.plus(GAP).plus(GAP));
  }

  @Test
  void run_afterTheMachineSlept_doesNotCatchUp() throws Exception {
    List<Instant> beats = new ArrayList<>();
    new LiveFeed(clock, this::waitAtOnce, GAP)
        .run(
            3,
            time -> {
              beats.add(time);
              if (beats.size() == 1) {
                clock.set(NOON.plus(Duration.ofHours(2)));
              }
            });

    assertThat(beats)
        .containsExactly(
            NOON, NOON.plus(Duration.ofHours(2)), NOON.plus(Duration.ofHours(2)).plus(GAP));
  }

  @Test
  void run_whenStopped_ends() throws Exception {
    StopSwitch stop = new StopSwitch(clock);
    List<Instant> beats = new ArrayList<>();

    new LiveFeed(clock, stop, GAP)
        .run(
            Long.MAX_VALUE,
            time -> {
              beats.add(time);
              stop.stop();
            });

    assertThat(beats).containsExactly(NOON);
  }

  @Test
  void in_makesTheDeploymentItsHouseTwoRoomsAndTwoNodes_once() throws Exception {
    PushTest.in(database, 101, NOON);
    PushTest.in(database, 101, NOON.plus(GAP));

    assertThat(Contents.of(url, Tables.DEPLOYMENT))
        .extracting(row -> row.get("name"), row -> row.get("startDate"))
        .containsExactly(tuple("PushTest", NOON));
    assertThat(Contents.of(url, Tables.HOUSE)).hasSize(1);
    assertThat(Contents.of(url, Tables.LOCATION)).hasSize(2);
    assertThat(Contents.of(url, Tables.NODE))
        .extracting(row -> row.get("id"))
        .containsExactly(37L, 38L);
  }

  @Test
  void bulk_addsTheSameCourse_upToNow() throws Exception {
    PushTest course = PushTest.in(database, 100, NOON);
    List<Long> told = new ArrayList<>();

    Written written = course.bulk(12_345, GAP, NOON, told::add);

    assertThat(written).isEqualTo(new Written(24_690, 246));
    assertThat(told).hasSizeGreaterThan(1);
    assertThat(told.stream().mapToLong(Long::longValue).sum()).isEqualTo(12_345);
    List<Map<String, Object>> readings = Contents.of(url, Tables.READING);
    assertThat(readings).hasSize(24_690);
    assertThat(readings.get(0).get("time")).isEqualTo(NOON.minus(GAP.multipliedBy(12_344)));
    assertThat(readings.get(24_689).get("time")).isEqualTo(NOON);
    assertThat(values(37).subList(98, 102)).containsExactly(98.0, 99.0, 0.0, 1.0);
  }
}
