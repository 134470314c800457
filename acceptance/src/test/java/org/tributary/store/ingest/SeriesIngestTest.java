package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Column;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Unreadable;

/** Readings and node states arrive once each, at their place, or are set aside with the reason. */
class SeriesIngestTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void accept_storesReadingsWithCentralsIds(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(40, "D", "1 High Street", 7, 8);

      Ack ack =
          gateway.live(
              READING,
              row(T, 7, 0, 41, 20.5),
              row(T, 8, 0, 42, 19.0),
              row(T, 8, 2, null, null),
              row(at(1), 7, 0, 41, 32.14));

      assertThat(ack.inserted()).isEqualTo(4);
      assertThat(ack.setAside()).isEmpty();
      assertThat(ack.position()).contains(Position.of(at(1), 7L, 0L));
      assertThat(central.column(READING, "value")).containsExactly(20.5, 19.0, null, 32.14);
      Object place = central.column(READING, "locationId").get(0);
      assertThat(place).isNotEqualTo(41L).isEqualTo(central.row(NODE, "id", 7L).get("locationId"));
      assertThat(central.addressOf(place)).isEqualTo("1 High Street");
      assertThat(central.column(READING, "locationId").get(2)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_theSameBatchTwice_changesNothing(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Batch readings = reading(Optional.empty(), row(T, 7, 0, 1, 1.0), row(T, 7, 2, 1, null));
      Batch states =
          batch(
              Feed.rows(
                  NODE_STATE,
                  row(T, 7, 1, 86_400_000_000L, 3, -70),
                  row(T, 7, null, null, 4, null)));
      gateway.accept(readings);
      gateway.accept(states);

      Ack again = gateway.accept(readings);
      Ack statesAgain = gateway.accept(states);

      assertThat(again.unchanged()).isEqualTo(2);
      assertThat(again.position()).contains(Position.of(T, 7L, 2L));
      assertThat(statesAgain.unchanged()).isEqualTo(2);
      assertThat(central.rows(NODE_STATE)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofRowsWithOneKeyAndOtherValues_storesOneAndSetsTheOthersAside(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Batch twins =
          reading(
              Optional.empty(),
              row(T, 7, 0, 1, 1.0),
              row(T, 7, 0, 1, 2.0),
              row(T, 7, 0, 1, 1.0),
              row(T, 7, 0, 1, 3.0));

      Ack ack = gateway.accept(twins);

      assertThat(ack.accountedFor()).isEqualTo(4);
      assertThat(ack.setAside()).extracting(SetAside::rule).containsOnly(Rule.AMBIGUOUS);
      assertThat(ack.setAside()).extracting(SetAside::key).hasSize(2).doesNotHaveDuplicates();
      assertThat(central.column(READING, "value")).containsExactly(1.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAnEditedReading_storesTheNewValue(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      gateway.live(READING, row(T, 7, 0, 1, 1.0), row(T, 7, 2, 1, 2.0));

      Ack ack =
          gateway.accept(reading(Optional.empty(), row(T, 7, 0, 1, 1.5), row(T, 7, 2, 1, 2.0)));

      assertThat(ack.changed()).isEqualTo(1);
      assertThat(ack.unchanged()).isEqualTo(1);
      assertThat(central.column(READING, "value")).containsExactly(1.5, 2.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_whenBatchesOvertakeEachOther_endsAtTheLast(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Batch first = reading(Optional.empty(), row(at(1), 7, 0, 1, 1.0));
      Batch second = reading(first.upTo(), row(at(2), 7, 0, 1, 2.0));
      Batch third = reading(second.upTo(), row(at(3), 7, 0, 1, 3.0));

      assertThat(gateway.accept(third).position()).isEmpty();
      assertThat(gateway.accept(second).position()).isEmpty();
      assertThat(gateway.accept(first).position()).isEqualTo(third.upTo());

      assertThat(gateway.position(READING)).isEqualTo(third.upTo());
      assertThat(central.rows(READING)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAnOldBatch_doesNotMoveThePositionBack(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Batch first = reading(Optional.empty(), row(at(1), 7, 0, 1, 1.0));
      Batch second = reading(first.upTo(), row(at(2), 7, 0, 1, 2.0));
      gateway.accept(first);
      gateway.accept(second);

      assertThat(gateway.accept(first).position()).isEqualTo(second.upTo());
      assertThat(gateway.accept(second).position()).isEqualTo(second.upTo());
      assertThat(gateway.position(READING)).isEqualTo(second.upTo());
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_withAGapBeforeIt_storesTheRowsAndStaysWhereItIs(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Batch first = reading(Optional.empty(), row(at(1), 7, 0, 1, 1.0));
      gateway.accept(first);

      Ack ack =
          gateway.accept(
              reading(Optional.of(Position.of(at(5), 7L, 0L)), row(at(6), 7, 0, 1, 6.0)));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(ack.position()).isEqualTo(first.upTo());
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofRowsWithAWrongClock_setsThemAsideAndMovesNoLivePositionBeyondNow(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Instant future = Instant.parse("2036-02-07T06:28:16Z");

      Ack ack =
          gateway.live(
              READING,
              row(Instant.EPOCH, 7, 0, 1, 1.0),
              row(T, 7, 0, 1, 2.0),
              row(central.clock.instant().plusSeconds(3_599), 7, 0, 1, 3.0),
              row(future, 7, 0, 1, 4.0));

      assertThat(ack.inserted()).isEqualTo(2);
      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.CLOCK_UNTRUSTED, Rule.CLOCK_UNTRUSTED);
      assertThat(ack.position()).isEmpty();
      assertThat(gateway.position(READING)).isEmpty();
      assertThat(central.setAside(gateway))
          .extracting(SetAside::key)
          .containsExactly("[1970-01-01T00:00:00Z, 7, 0]", "[2036-02-07T06:28:16Z, 7, 0]");
      assertThat(central.setAside(gateway).get(1).reason()).contains("2036").contains("future");
      assertThat(central.ingest.gateway(gateway.id).orElseThrow().setAside()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_inTheUntrustedLane_movesThatLaneOnly(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Instant future = Instant.parse("2036-02-07T06:28:16Z");

      Ack ack = gateway.untrusted(READING, row(future, 7, 0, 1, 4.0));

      assertThat(ack.position()).contains(Position.of(future, 7L, 0L));
      assertThat(gateway.greet().position(READING, Lane.UNTRUSTED)).isEqualTo(ack.position());
      assertThat(gateway.position(READING)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowOnceSetAsideForItsClock_keepsItThereWhenItsTimeHasCome(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Instant soon = central.clock.instant().plus(Duration.ofHours(3));
      gateway.untrusted(READING, row(soon, 7, 0, 1, 4.0));

      central.clock.advance(Duration.ofHours(6));
      Ack ack = gateway.live(READING, row(soon, 7, 0, 1, 4.0), row(soon, 7, 2, 1, 5.0));

      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.CLOCK_UNTRUSTED);
      assertThat(central.column(READING, "value")).containsExactly(5.0);
      assertThat(central.setAside(gateway)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofTimesThatNoEngineHolds_setsThemAsideAndStoresTheirNeighbours(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);

      Ack ack =
          gateway.live(
              READING,
              row(Instant.parse("-0044-03-15T12:00:00Z"), 7, 0, 1, 1.0),
              row(T, 7, 0, 1, 2.0),
              row(Instant.parse("+212015-01-01T00:00:00Z"), 7, 0, 1, 3.0));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(central.setAside(gateway)).hasSize(2);
      assertThat(central.column(READING, "time")).containsExactly(T);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofNumbersThatCentralCannotHold_setsThemAside(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      double[] values = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e308
      };
      Object[][] rows = new Object[values.length][];
      int held = 0;
      for (int i = 0; i < values.length; i++) {
        rows[i] = row(at(i), 7, 0, 1, values[i]);
        held += central.database.engine().holds(values[i]) ? 1 : 0;
      }

      Ack ack = gateway.live(READING, rows);

      assertThat(ack.inserted()).isEqualTo(held);
      assertThat(ack.setAside()).hasSize(values.length - held);
      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsOnly(held == values.length ? new Rule[0] : new Rule[] {Rule.VALUE_NOT_HELD});
      assertThat(central.column(READING, "value")).contains(0.0, 1e308);
      assertThat(ack.position()).contains(Position.of(at(values.length - 1), 7L, 0L));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void accept_ofRowsThatTheDatabaseRefuses_setsThemAsideAndStoresAllOthers(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      Object[][] rows = new Object[2_500][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = row(at(i), 7, 1, null, i, i % 900 == 13 ? 3_000_000_000L : -70L);
      }

      Ack ack = gateway.live(NODE_STATE, rows);

      assertThat(ack.inserted()).isEqualTo(2_497);
      assertThat(ack.setAside())
          .extracting(SetAside::rule, SetAside::key)
          .containsExactly(
              tuple(Rule.DATABASE, "[" + at(13) + ", 7, 13]"),
              tuple(Rule.DATABASE, "[" + at(913) + ", 7, 913]"),
              tuple(Rule.DATABASE, "[" + at(1813) + ", 7, 1813]"));
      assertThat(ack.setAside().get(0).reason()).containsIgnoringCase("out of range");
      assertThat(ack.position()).contains(Position.of(at(2_499), 7L, 2_499L));
      assertThat(central.rows(NODE_STATE)).hasSize(2_497);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofRowsWithoutAKey_setsThemAside(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);

      Ack ack =
          gateway.live(
              READING, row(T, null, 0, 1, 1.0), row(null, 7, 0, 1, 2.0), row(T, 7, 0, 1, 3.0));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.KEY_MISSING, Rule.KEY_MISSING);
      assertThat(central.setAside(gateway)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofATableThatLacksAColumnOfTheKey_setsItsRowsAsideAndNamesIt(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      List<Column> columns =
          READING.columns().stream().filter(column -> !column.name().equals("type")).toList();
      Rows.Builder rows = new Rows.Builder(READING, columns, 2);
      rows.row(T, 7, 1, 1.0);
      rows.row(at(1), 7, 1, 2.0);

      Ack ack =
          gateway.accept(
              new Batch(
                  READING, Lane.LIVE, Optional.empty(), Optional.empty(), rows.build(), List.of()));

      assertThat(ack.setAside())
          .extracting(SetAside::rule, SetAside::reason)
          .containsOnly(tuple(Rule.KEY_MISSING, "the gateway's table has no column type"))
          .hasSize(2);
      assertThat(central.rows(READING)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofUnreadableRows_setsThemAsideWhateverTheyHold(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      String odd = "a\0b 🏠 ' \" \\ \uD800";

      Ack ack =
          gateway.unreadable(
              READING,
              new Unreadable("[" + odd + ", 7, 0]", "{\"value\":\"" + odd + "\"}", odd),
              new Unreadable("k".repeat(1_000), "x".repeat(100_000), "value is no number"),
              new Unreadable("k".repeat(1_001), "", ""));

      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.UNREADABLE, Rule.UNREADABLE, Rule.UNREADABLE);
      assertThat(central.setAside(gateway)).hasSize(3);
      assertThat(ack.position()).isEmpty();
      gateway.unreadable(READING, new Unreadable("k".repeat(1_000), "x", "now"));
      assertThat(central.setAside(gateway)).hasSize(3);
      assertThat(central.setAside(gateway).get(1).reason()).isEqualTo("now");
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowThatCouldNotBeRead_onceItIsMended_storesItAndSetsItAsideNoMore(
      TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      SetAsideFilter then =
          new SetAsideFilter(
              Optional.empty(),
              Optional.empty(),
              Optional.of(Rule.UNREADABLE),
              Optional.of(T),
              Optional.of(T.plusSeconds(1)));
      gateway.unreadable(
          READING,
          new Unreadable(
              "[%s, 7, 0]".formatted(T),
              "{\"time\":\"%s\",\"nodeId\":7,\"type\":0,\"value\":\"?\"}".formatted(T),
              "value is no number: \"?\""));

      assertThat(central.ingest.setAside(gateway.id, then, 0, 9).orElseThrow()).hasSize(1);
      Ack ack = gateway.live(READING, row(T, 7, 0, 1, 20.5));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofReadingsWhoseParentIsUnknown_storesThemOnceItHasCome(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);

      Ack ack =
          gateway.live(
              READING,
              row(T, 7, 0, 1, 1.0),
              row(T, 7, 2, 3, 2.0), // location 3
              row(T, 7, 901, 1, 3.0), // sensor type 901
              row(T, 9, 0, 1, 4.0)); // node 9
      gateway.live(NODE_STATE, row(T, 9, null, null, 1, -70));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsOnly(Rule.PARENT_MISSING)
          .hasSize(3);
      assertThat(ack.position()).contains(Position.of(T, 9L, 0L));
      assertThat(central.setAside(gateway)).hasSize(4);

      gateway.whole(SENSOR_TYPE, row(901, "X", "x", "", null, null, null, null));
      assertThat(central.column(READING, "value")).containsExactly(1.0, 3.0);
      gateway.whole(LOCATION, row(3, 1, null));
      assertThat(central.column(READING, "value")).containsExactly(1.0, 2.0, 3.0);
      gateway.whole(NODE, row(9, 1, 0));

      assertThat(central.column(READING, "value")).containsExactly(1.0, 2.0, 3.0, 4.0);
      assertThat(central.rows(NODE_STATE)).hasSize(1);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  /** A row may wait for several parents, and its table at the gateway may lack a column. */
  @ParameterizedTest
  @EnumSource
  void accept_ofReadingsThatWaitForSeveralParents_losesNoneOfThem(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      List<Column> columns =
          READING.columns().stream().filter(column -> !column.name().equals("locationId")).toList();
      Rows.Builder rows = new Rows.Builder(READING, columns, 1_500);
      for (int i = 0; i < 1_500; i++) {
        rows.row(at(i), 9, i % 2 == 0 ? 901 : 0, i / 10.0);
      }
      gateway.accept(batch(rows.build()));
      assertThat(central.setAside(gateway)).hasSize(1_500);

      gateway.nodes(0, 7, 8, 10);
      assertThat(central.setAside(gateway)).hasSize(1_500);
      gateway.nodes(0, 7, 8, 9);
      assertThat(central.setAside(gateway)).hasSize(750);
      gateway.whole(SENSOR_TYPE, row(901, "X", "x", "", null, null, null, null));

      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(central.rows(READING)).hasSize(1_500);
    }
  }

  /** A row that waited and was corrected meanwhile must not come back with what it held then. */
  @ParameterizedTest
  @EnumSource
  void accept_ofARowThatWaits_withoutWhatItWaitsFor_forgetsTheOldOne(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = housed(central);
      gateway.live(READING, row(T, 7, 0, 3, 1.0)); // location 3

      gateway.accept(reading(Optional.empty(), row(T, 7, 0, null, 2.0)));
      assertThat(central.setAside(gateway)).isEmpty();
      gateway.whole(LOCATION, row(3, 1, null));

      assertThat(central.column(READING, "value")).containsExactly(2.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_thatFailsHalfWay_leavesNothing(TestEngine engine) throws Exception {
    try (Database database = OurDatabases.fresh(engine)) {
      try (Central central = new Central(database)) {
        Feed gateway = housed(central);
        central.execute("DROP TABLE tributary_position");

        assertThatThrownBy(
                () ->
                    central.ingest.accept(
                        gateway.id,
                        reading(Optional.empty(), row(T, 7, 0, 1, 1.0), row(T, 9, 0, 1, 2.0))))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("tributary_position");

        assertThat(central.rows(READING)).isEmpty();
        assertThat(central.setAside(gateway)).isEmpty();
      }
    }
  }

  private static Feed housed(Central central) throws Exception {
    Feed gateway = central.gateway("gw");
    gateway.house(0, "D", "1 High Street", 7, 8);
    return gateway;
  }

  private static Instant at(int seconds) {
    return T.plusSeconds(seconds);
  }

  private static Batch reading(Optional<Position> after, Object[]... rows) {
    return Feed.batch(READING, Lane.LIVE, after, Feed.rows(READING, rows));
  }

  private static Batch batch(Rows rows) {
    return Feed.batch(rows.table(), Lane.LIVE, Optional.empty(), rows);
  }
}
