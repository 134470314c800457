package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Tables;

/** After a long outage, and at the very beginning, what is new goes first. */
class CatchUpTest {

  private static final int ROWS_A_DAY = 24; // readings of the simulated house

  @ParameterizedTest
  @EnumSource
  void push_afterALongOutage_sendsTheNewestDaysFirstAndThenAllTheRest(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = world(engine)) {
      liveOn(world, 3);
      world.push();
      liveOn(world, 20);
      world.network.forgetCounts();

      PushResult result = world.push();

      List<Batch> readings = readings(world);
      Instant recent = world.clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
      assertThat(readings.get(0).lane()).isEqualTo(Lane.LIVE);
      assertThat(first(readings.get(0))).isAfterOrEqualTo(recent);
      List<Instant> history = new ArrayList<>();
      for (Batch batch : readings) {
        if (batch.lane() == Lane.HISTORY) {
          assertThat(first(batch)).isBefore(recent);
          history.add(first(batch).truncatedTo(ChronoUnit.DAYS));
        }
      }
      assertThat(history).hasSizeGreaterThan(3);
      assertThat(history).isSortedAccordingTo((one, other) -> other.compareTo(one));
      assertThat(result.inserted()).isEqualTo(20 * ROWS_A_DAY * 3 / 2); // half as many states
      assertThat(result.unchanged()).isZero();
      assertThat(result.healed().backlog()).isFalse();
      assertThat(world.status().standing()).isEqualTo(Standing.ALL_SENT);
      world.assertBothTheSame();
    }
  }

  @Test
  void push_ofAllForTheFirstTime_sendsTheNewestDaysFirst() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 20);
      world.house.logLate(Instant.parse("1999-12-31T12:00:00Z")); // its clock was not set yet

      world.push();

      List<Batch> readings = readings(world);
      assertThat(first(readings.get(0)))
          .isAfterOrEqualTo(world.clock.instant().minus(Duration.ofDays(2)));
      world.assertBothTheSame();
      assertThat(world.status().setAside()).isEqualTo(3);
      assertThat(world.status().rowsWaiting()).isZero();
    }
  }

  @Test
  void push_ofAllForTheFirstTime_comparesAllOfThePast() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 45);

      world.push();

      assertThat(world.claimedDays(Tables.READING)).hasSize(46).containsOnly(0L); // and today
      assertThat(world.claimedDays(Tables.NODE_STATE)).hasSize(46).containsOnly(0L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void push_brokenOffWhileItCatchesUp_hasToldCentralHowMuchWaits(TestEngine engine)
      throws Exception {
    try (SimulatedWorld world = world(engine)) {
      liveOn(world, 40);
      world.push(() -> historyBatches(world) >= 4);
      int left = 40 * ROWS_A_DAY - world.there(Tables.READING).size();

      List<Long> missing = world.claimedDays(Tables.READING);

      long sum = missing.stream().mapToLong(each -> each).sum();
      // A day of which all came counts as one row until it has been compared.
      long days = missing.stream().filter(each -> each == 1).count();
      assertThat(left).isPositive();
      assertThat(sum - days).isEqualTo(left);
    }
  }

  @Test
  void push_afterAnOutageThatWasCounted_comparesThoseDaysOnceAllHasCome() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 3);
      world.push();
      liveOn(world, 20);
      world.network.forgetCounts();
      world.push(() -> historyBatches(world) >= 2);
      assertThat(world.claimedDays(Tables.READING)).anyMatch(missing -> missing > 0);

      world.push();

      assertThat(world.claimedDays(Tables.READING)).containsOnly(0L);
    }
  }

  @Test
  void push_afterAShortOutage_goesInOrder() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 2);
      world.push();
      liveOn(world, 2);
      world.network.forgetCounts();

      world.push();

      assertThat(readings(world)).allMatch(batch -> batch.lane() == Lane.LIVE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14})
  void push_brokenOffAfterAnyBatch_tellsWhatIsLeftAndGoesOnThere(int batches) throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 3);
      world.push();
      liveOn(world, 20);
      int before = world.there(Tables.READING).size();
      world.network.forgetCounts();

      world.push(() -> world.network.batches().size() >= batches);
      long left = 20L * ROWS_A_DAY - (world.there(Tables.READING).size() - before);
      RemoteStatus status = world.status();

      assertThat(waiting(status)).isBetween(left, left + 100); // of a batch or two nobody knows yet
      assertThat(status.standing())
          .isEqualTo(status.rowsWaiting() == 0 ? Standing.ALL_SENT : Standing.WAITING);
      world.restart();
      world.network.forgetCounts();
      liveOn(world, 1);
      world.push();
      world.assertBothTheSame();
      assertThat(readings(world).stream().mapToInt(Batch::size).sum())
          .isLessThanOrEqualTo((int) left + ROWS_A_DAY + 100);
      assertThat(world.status().rowsWaiting()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void push_afterOutagesWithAnswersLost_losesNothing(long seed) throws Exception {
    Random random = new Random(seed);
    try (SimulatedWorld world =
        new SimulatedWorld(TestEngine.SQLITE, random, HistoryConfig.Deletes.KEEP)) {
      for (int outage = 0; outage < 6; outage++) {
        liveOn(world, 4 + random.nextInt(12));
        world.network.lose(30);
        for (int push = 0; push < 3; push++) {
          int most = random.nextInt(12);
          world.network.forgetCounts();
          pushOnABadWay(world, most);
        }
        world.network.lose(0);
      }
      for (int push = 0; push < 3; push++) {
        world.push(); // without time for any sweep
      }
      world.assertBothTheSame();
      assertThat(world.status().rowsWaiting()).isZero();
    }
  }

  @Test
  void push_whenCentralLosesItsNotesOfWhatIsLeft_healsByComparing() throws Exception {
    try (SimulatedWorld world = world(TestEngine.SQLITE)) {
      liveOn(world, 20);
      world.push(() -> world.network.batches().size() >= 6);
      assertThatThrownBy(world::assertBothTheSame).isInstanceOf(AssertionError.class);

      world.damage("DELETE FROM tributary_position WHERE lane = 'HISTORY'");
      world.settle();

      world.assertBothTheSame();
    }
  }

  private static void pushOnABadWay(SimulatedWorld world, int most) throws RefusedException {
    try {
      world.push(() -> world.network.batches().size() >= most);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("lost");
    }
  }

  private static SimulatedWorld world(TestEngine engine) throws IOException {
    return new SimulatedWorld(engine, new Random(1), HistoryConfig.Deletes.KEEP);
  }

  private static void liveOn(SimulatedWorld world, int days) throws IOException {
    for (int step = 0; step < days * 4; step++) {
      world.clock.advance(SimulatedWorld.STEP);
      world.house.log(world.clock.instant());
    }
  }

  private static List<Batch> readings(SimulatedWorld world) {
    return world.network.batches().stream()
        .filter(batch -> batch.table().equals(Tables.READING))
        .filter(batch -> !batch.rows().isEmpty())
        .toList();
  }

  private static long historyBatches(SimulatedWorld world) {
    return readings(world).stream().filter(batch -> batch.lane() == Lane.HISTORY).count();
  }

  private static Instant first(Batch batch) {
    return (Instant) batch.rows().value("time", 0);
  }

  private static long waiting(RemoteStatus status) {
    return status.waiting().stream()
        .filter(each -> each.table().equals(Tables.READING))
        .mapToLong(Waiting::rows)
        .sum();
  }
}
