package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.export.SeriesExport;
import org.tributary.store.plot.HouseList;
import org.tributary.store.plot.HouseNodes;
import org.tributary.store.plot.HouseNodes.SensorNow;
import org.tributary.store.plot.Line;
import org.tributary.store.plot.NodesOfHouse;
import org.tributary.store.plot.SensorId;
import org.tributary.store.plot.SeriesCorrections;
import org.tributary.store.plot.SeriesCorrections.Corrected;
import org.tributary.store.plot.SeriesSlice;
import org.tributary.store.report.Span;
import org.tributary.wire.Batch;
import org.tributary.wire.Correction;
import org.tributary.wire.Lane;

/**
 * What is shown of a house: its nodes, the lines of its sensors, and what is to be known of them.
 */
class HousePlotTest {

  private static final Instant MIDNIGHT = Instant.parse("2016-05-31T00:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int SAMPLES = 288;
  private static final Span DAY = new Span(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1)));
  private static final SensorId TEMPERATURE = new SensorId(7, 0);

  @ParameterizedTest
  @EnumSource
  void line_isThinnedOnlyWhenThereAreMoreReadingsThanPoints(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      long house = house(central, i -> true);

      Line raw = line(central, house, DAY, SAMPLES);
      Line thinned = line(central, house, DAY, 24);

      assertThat(raw.isThinned()).isFalse();
      assertThat(raw.readings()).isEqualTo(SAMPLES);
      assertThat(within(raw)).hasSize(SAMPLES).startsWith(0.0, 0.01).endsWith(2.87);
      assertThat(thinned.isThinned()).isTrue();
      assertThat(thinned.readings()).isEqualTo(SAMPLES);
      assertThat(thinned.counts()).hasSize(24).containsOnly(12L);
      assertThat(thinned.least()).startsWith(0.0, 0.12);
      assertThat(thinned.greatest()).startsWith(0.11, 0.23);
      assertThat(thinned.values().get(0)).isBetween(0.0549, 0.0551);
      assertThat(thinned.times().get(0)).isEqualTo(MIDNIGHT.getEpochSecond() + 1_800.0);
      assertThat(raw.kind().unit()).isEqualTo("deg.C");

      HouseNodes nodes = new NodesOfHouse(central.database).of(house, DAY).orElseThrow();
      assertThat(nodes.rooms())
          .extracting(HouseNodes.Room::name, room -> room.nodes().size())
          .containsExactly(tuple("Bathroom", 1), tuple("Living Room", 1));
      SensorNow last = nodes.rooms().get(1).nodes().get(0).sensors().get(0);
      assertThat(last.id()).isEqualTo(TEMPERATURE);
      assertThat(last.value()).contains(2.87);
      assertThat(last.time()).contains(MIDNIGHT.plus(PERIOD.multipliedBy(SAMPLES - 1)));
      assertThat(new HouseList(central.database).find("high", 0, 10).houses())
          .extracting(HouseList.House::address, HouseList.House::nodes, HouseList.House::last)
          .containsExactly(tuple("1 High Street", 2L, last.time()));
    }
  }

  @Test
  void line_whereReadingsAreMissing_breaksThinnedOrNot() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      long house = house(central, i -> i < 120 || i >= 144); // 10:00 to 12:00

      assertThat(breaks(line(central, house, DAY, 1_000))).containsExactly("10:57:30");
      assertThat(breaks(line(central, house, DAY, 96))).containsExactly("11:00");
      Span zoomed = new Span(at(118), at(147)); // the rhythm is learnt from what lies before
      assertThat(breaks(line(central, house, zoomed, 1_000))).containsExactly("10:57:30");
    }
  }

  @Test
  void line_isLedToTheEdgesOfTheSpanByTheReadingsBeyondThem() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      long house = house(central, i -> true);

      Line line = line(central, house, new Span(at(100).plusSeconds(1), at(103)), 1_000);

      assertThat(line.readings()).isEqualTo(2);
      assertThat(line.values()).containsExactly(1.0, 1.01, 1.02, 1.03);
    }
  }

  @Test
  void line_ofANodeThatMoved_hasAMarkerAndStaysWithinTheHouse() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      gateway.house(10, "D", "2 High Street", 9);
      List<Object[]> readings = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) { // the living room, the bathroom, the other house
        readings.add(row(at(i), 7, 0, i < 100 ? 1L : i < 200 ? 2L : 11L, i / 100.0));
      }
      gateway.live(READING, readings.toArray(Object[][]::new));
      gateway.whole(NODE, row(7, 11, 0), row(8, 2, 0), row(9, 11, 0));
      long house = idOf(central, "1 High Street");

      Line line = line(central, house, DAY, 1_000);

      assertThat(line.readings()).isEqualTo(200);
      assertThat(line.moves())
          .extracting(Line.Move::time, Line.Move::from, Line.Move::to)
          .containsExactly(
              tuple(at(100), Optional.of("Living Room"), Optional.of("Bathroom")),
              tuple(at(200), Optional.of("Bathroom"), Optional.of("2 High Street, Living Room")));
      assertThat(new NodesOfHouse(central.database).of(house, DAY).orElseThrow().rooms())
          .filteredOn(HouseNodes.Room::name, "Bathroom")
          .flatExtracting(HouseNodes.Room::nodes)
          .extracting(HouseNodes.Node::id, HouseNodes.Node::isHere)
          .containsExactly(tuple(8L, true), tuple(7L, false));
    }
  }

  @Test
  void corrections_ofASensor_sayWhatItsReadingsWere() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      long house = house(central, i -> true);
      Feed gateway = new Feed(central, "gw");
      gateway.accept(
          new Batch(
              READING,
              Lane.HISTORY,
              Optional.empty(),
              Optional.empty(),
              Feed.rows(READING, row(at(10), 7, 0, 1L, 99.5), row(at(10), 7, 2, 1L, 12.0)),
              List.of()));

      assertThat(new SeriesCorrections(central.database).of(TEMPERATURE, DAY))
          .containsExactly(
              new Corrected(at(10), Correction.Kind.EDITED, Optional.of(0.1), Central.NOW));
      assertThat(line(central, house, DAY, 1_000).values()).contains(99.5);
    }
  }

  @Test
  void csv_ofASensor_hasItsReadingsToTheDigitAndSaysWhatIsMissing() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      long house = house(central, i -> i < 120 || i >= 144);
      SeriesExport export = new SeriesExport(central.database, central.clock);

      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      export.write(export.choose(house, DAY, Set.of(TEMPERATURE)).orElseThrow(), csv);

      List<String> lines = csv.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines.get(0)).isEqualTo("# House %d, 1 High Street (D)".formatted(house));
      assertThat(lines.get(1))
          .isEqualTo(
              "# Readings from 2016-05-31T00:00:00Z until 2016-06-01T00:00:00Z, UTC, as of"
                  + " 2016-06-01T12:00:00Z");
      assertThat(lines.get(2))
          .startsWith("# Node 7, all its sensors: expected 576, present 528, waiting 0")
          .endsWith("missing by its rhythm 48");
      assertThat(lines.get(3)).startsWith("time,nodeId,type,locationId,value");
      assertThat(lines.subList(4, lines.size())).hasSize(SAMPLES - 24);
      assertThat(lines.get(4)).startsWith("2016-05-31T00:00:00.000000Z,7,0,").contains(",0,Living");
      assertThat(export.choose(house + 1_000, DAY, Set.of(TEMPERATURE))).isEmpty();
    }
  }

  /** A day of nodes 7 and 8, with a temperature and a humidity every five minutes; its house. */
  private static long house(Central central, IntPredicate isHeard) throws Exception {
    Feed gateway = central.gateway("gw");
    gateway.house(0, "D", "1 High Street", 7, 8);
    List<Object[]> readings = new ArrayList<>();
    for (int i : IntStream.range(0, SAMPLES).filter(isHeard).toArray()) {
      for (int node = 7; node <= 8; node++) {
        readings.add(row(at(i), node, 0, node - 6L, i / 100.0));
        readings.add(row(at(i), node, 2, node - 6L, 50.0));
      }
    }
    gateway.live(READING, readings.toArray(Object[][]::new));
    return idOf(central, "1 High Street");
  }

  private static long idOf(Central central, String address) throws Exception {
    return new HouseList(central.database).find(address, 0, 1).houses().get(0).id();
  }

  private static Instant at(int sample) {
    return MIDNIGHT.plus(PERIOD.multipliedBy(sample));
  }

  private static Line line(Central central, long house, Span span, int points) throws Exception {
    return new SeriesSlice(central.database).of(house, TEMPERATURE, span, points);
  }

  private static List<Double> within(Line line) {
    return line.values().stream().filter(Double::isFinite).toList();
  }

  private static List<String> breaks(Line line) {
    return IntStream.range(0, line.values().size())
        .filter(i -> !Double.isFinite(line.values().get(i)))
        .mapToObj(i -> Instant.ofEpochSecond(line.times().get(i).longValue()))
        .map(time -> time.toString().substring(11, 19).replaceFirst(":00$", ""))
        .toList();
  }
}
