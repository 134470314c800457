package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.NODE_TYPE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.ROOM;
import static org.tributary.wire.Tables.ROOM_TYPE;
import static org.tributary.wire.Tables.SENSOR;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.StoreException;
import org.tributary.wire.Ack;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Unreadable;

/** What a gateway knows of its house comes to central, and each change of it, and no more. */
class MetadataIngestTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void accept_storesEveryTable(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");

      assertThat(gateway.whole(SENSOR_TYPE, row(950, "Wind", "W", "m/s", 0.5, 1.0, -0.0, 1e308)))
          .returns(1, Ack::inserted);
      assertThat(gateway.whole(NODE_TYPE, row(950, "Anemometer", T, 1, 2, 3, true, "1,2")))
          .returns(1, Ack::inserted);
      assertThat(gateway.whole(ROOM_TYPE, row(50, "Roof"))).returns(1, Ack::inserted);
      assertThat(gateway.whole(ROOM, row(60, 50, "Chimney"))).returns(1, Ack::inserted);
      assertThat(gateway.whole(DEPLOYMENT, row(70, "D", "d", T, null))).returns(1, Ack::inserted);
      assertThat(gateway.whole(HOUSE, row(80, 70, "1 High Street", T, T.plusSeconds(1))))
          .returns(1, Ack::inserted);
      assertThat(gateway.whole(LOCATION, row(90, 80, 60))).returns(1, Ack::inserted);
      assertThat(gateway.whole(NODE, row(1007, 90, 950))).returns(1, Ack::inserted);
      assertThat(gateway.whole(SENSOR, row(1, 950, 1007, 1.06, -12.5))).returns(1, Ack::inserted);

      Map<String, Object> roof = central.row(ROOM_TYPE, "name", "Roof");
      Map<String, Object> chimney = central.row(ROOM, "name", "Chimney");
      Map<String, Object> house = central.row(HOUSE, "address", "1 High Street");
      assertThat(central.row(SENSOR_TYPE, "id", 950L).values())
          .containsExactly(950L, "Wind", "W", "m/s", 0.5, 1.0, 0.0, 1e308);
      assertThat(central.row(NODE_TYPE, "id", 950L).values())
          .containsExactly(950L, "Anemometer", T, 1L, 2L, 3L, true, "1,2");
      assertThat(chimney.get("roomTypeId")).isEqualTo(roof.get("id"));
      assertThat(house.get("deploymentId"))
          .isEqualTo(central.row(DEPLOYMENT, "name", "D").get("id"));
      assertThat(house.get("endDate")).isEqualTo(T.plusSeconds(1));
      Map<String, Object> place = central.row(LOCATION, "houseId", house.get("id"));
      assertThat(place.get("roomId")).isEqualTo(chimney.get("id"));
      assertThat(central.row(NODE, "id", 1007L).get("locationId")).isEqualTo(place.get("id"));
      assertThat(central.row(SENSOR, "nodeId", 1007L).get("calibrationSlope")).isEqualTo(1.06);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofATableTwice_changesNothingAndKeepsItsFingerprint(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", "d", null, null), row(2, "E", "e", T, T));

      Ack again = gateway.whole(DEPLOYMENT, row(1, "D", "d", null, null), row(2, "E", "e", T, T));

      assertThat(again.unchanged()).isEqualTo(2);
      assertThat(central.rows(DEPLOYMENT)).hasSize(2);
      assertThat(gateway.position(DEPLOYMENT)).contains(Position.fingerprint("fingerprint 2"));
    }
  }

  /** F29: the history of a renamed house must not be filed under a second one. */
  @ParameterizedTest
  @EnumSource
  void accept_ofARenamedHouse_renamesItAtCentral(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      Object before = central.row(HOUSE, "address", "1 High Street").get("id");

      Ack ack = gateway.whole(HOUSE, row(1, 1, "1a High Street", null, T));

      assertThat(ack.changed()).isEqualTo(1);
      assertThat(central.rows(HOUSE)).hasSize(1);
      assertThat(central.row(HOUSE, "id", before).get("address")).isEqualTo("1a High Street");
      assertThat(central.row(HOUSE, "id", before).get("endDate")).isEqualTo(T);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAChangedCalibration_bringsItOver(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      gateway.whole(SENSOR, row(1, 0, 7, 1.0, 0.0), row(2, 2, 7, 1.0, null));

      Ack ack = gateway.whole(SENSOR, row(1, 0, 7, 1.06, -0.5), row(2, 2, 7, null, 4.25));

      assertThat(ack.changed()).isEqualTo(2);
      assertThat(central.column(SENSOR, "calibrationSlope")).containsExactly(1.06, null);
      assertThat(central.column(SENSOR, "calibrationOffset")).containsExactly(-0.5, 4.25);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAMovedNode_movesIt(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      Object kitchen = central.row(NODE, "id", 8L).get("locationId");

      gateway.whole(NODE, row(7, 2, 0), row(8, 2, 0));
      assertThat(central.row(NODE, "id", 7L).get("locationId")).isEqualTo(kitchen);
      gateway.whole(NODE, row(7, null, 0), row(8, 2, 0));
      assertThat(central.row(NODE, "id", 7L).get("locationId")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowThatWasEditedAtCentral_leavesTheEdit(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      central.execute("UPDATE @Deployment@ SET @description@ = 'ours', @name@ = 'D (2016)'");

      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));
      assertThat(central.column(DEPLOYMENT, "description")).containsExactly("ours");
      gateway.whole(DEPLOYMENT, row(1, "D", null, T, null));

      assertThat(central.rows(DEPLOYMENT).get(0)).endsWith("D (2016)", "ours", T, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_onFirstMeeting_fillsWhatCentralLacksAndLeavesTheRest(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("a").whole(DEPLOYMENT, row(1, "D", "from a", null, null));

      Ack ack = central.gateway("b").whole(DEPLOYMENT, row(9, "D", "from b", T, null));

      assertThat(ack.changed()).isEqualTo(1);
      assertThat(central.rows(DEPLOYMENT)).hasSize(1);
      assertThat(central.rows(DEPLOYMENT).get(0)).endsWith("D", "from a", T, null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowThatCentralDeleted_matchesItAnew(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));
      central.execute("DELETE FROM @Deployment@");

      assertThat(gateway.whole(DEPLOYMENT, row(1, "D", null, null, null)).inserted()).isEqualTo(1);
      assertThat(central.rows(DEPLOYMENT)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowThatCannotBeHeld_setsItAsideUntilItCan(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      Instant far = Instant.parse("+12015-01-01T00:00:00Z");

      Ack ack =
          gateway.whole(
              DEPLOYMENT,
              row(1, "x".repeat(256), null, null, null),
              row(2, "D", null, far, null),
              row(3, "E", null, null, null),
              row(null, "F", null, null, null));

      assertThat(ack.setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.VALUE_NOT_HELD, Rule.VALUE_NOT_HELD, Rule.KEY_MISSING);
      assertThat(central.column(DEPLOYMENT, "name")).containsExactly("E");
      assertThat(gateway.position(DEPLOYMENT)).isEmpty();

      gateway.unreadable(DEPLOYMENT, new Unreadable("4", "{}", "startDate is no time"));
      gateway.whole(
          DEPLOYMENT,
          row(1, "C", null, null, null),
          row(2, "D", null, null, null),
          row(4, "G", null, null, null));
      assertThat(central.setAside(gateway)).extracting(SetAside::key).containsExactly("null");
      assertThat(gateway.position(DEPLOYMENT)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofARowWithoutItsParent_setsItAsideUntilThatHasCome(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");

      Ack ack = gateway.whole(HOUSE, row(1, 1, "1 High Street", null, null));
      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.PARENT_MISSING);
      assertThat(central.rows(HOUSE)).isEmpty();

      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));
      gateway.whole(HOUSE, row(1, 1, "1 High Street", null, null));
      assertThat(central.rows(HOUSE)).hasSize(1);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_thatFailsHalfWay_leavesNothing(TestEngine engine) throws Exception {
    try (Database database = OurDatabases.fresh(engine);
        Central central = new Central(database)) {
      Feed gateway = central.gateway("gw");
      central.execute("DROP TABLE tributary_position");

      assertThatThrownBy(() -> gateway.whole(DEPLOYMENT, row(1, "D", null, null, null)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("tributary_position");

      assertThat(central.rows(DEPLOYMENT)).isEmpty();
    }
  }

  /** F22: one type in dispute stops its own readings, and nothing else. */
  @ParameterizedTest
  @EnumSource
  void accept_ofASensorTypeWithAnotherMeaning_letsOnlyItsReadingsWait(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);

      Ack ack =
          gateway.whole(
              SENSOR_TYPE,
              row(0, "Temperature", "T", "deg.C", 0.0, 1.0, 0.0, 0.0),
              row(2, "Rainfall", "R", "mm", 0.0, 1.0, 0.0, 0.0));
      gateway.live(READING, row(T, 7, 0, 1, 20.5), row(T, 7, 2, 1, 3.0));

      assertThat(ack.setAside()).hasSize(1);
      assertThat(ack.setAside().get(0).rule()).isEqualTo(Rule.MEANING_DIFFERS);
      assertThat(ack.setAside().get(0).reason()).contains("\"Rainfall\"", "\"Humidity\"", "2");
      assertThat(central.row(SENSOR_TYPE, "id", 2L).get("name")).isEqualTo("Humidity");
      assertThat(central.column(READING, "value")).containsExactly(20.5);
      assertThat(central.setAside(gateway)).hasSize(2);

      gateway.rooms(0); // and the sensor types as they were
      assertThat(central.column(READING, "value")).containsExactly(20.5, 3.0);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  /** A type that came to mean something else at central, whoever changed it. */
  @ParameterizedTest
  @EnumSource
  void accept_ofASensorTypeThatMeansSomethingElseAtCentralByNow_letsItsReadingsWait(
      TestEngine engine) throws Exception {
    try (Database database = OurDatabases.fresh(engine);
        Central central = new Central(database)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      central.execute(
          "UPDATE @SensorType@ SET @name@ = 'Pressure', @code@ = 'P', @units@ = 'hPa'"
              + " WHERE @id@ = 0");

      gateway.rooms(0);
      gateway.live(READING, row(T, 7, 0, 1, 20.5), row(T, 7, 2, 1, 55.0));

      assertThat(central.setAside(gateway))
          .extracting(SetAside::rule)
          .containsExactly(Rule.MEANING_DIFFERS, Rule.PARENT_MISSING);
      assertThat(central.setAside(gateway).get(0).reason())
          .contains("\"Temperature\"", "\"Pressure\"");
      assertThat(central.column(READING, "value")).containsExactly(55.0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofATableWithADoubt_isToldAnewWhenItIsAsItWasBefore(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.whole(DEPLOYMENT, row(1, "D", "d", null, null));
      gateway.whole(DEPLOYMENT, row(1, "D", "x".repeat(256), null, null));

      assertThat(gateway.position(DEPLOYMENT)).isEmpty(); // so the gateway sends it again
      gateway.whole(DEPLOYMENT, row(1, "D", "d", null, null));

      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(gateway.position(DEPLOYMENT)).isPresent();
    }
  }

  /** A description that can't be held says nothing about whose the readings are. */
  @ParameterizedTest
  @EnumSource
  void accept_ofAHouseWithADateThatCannotBeHeld_goesOnFilingItsReadings(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);

      gateway.whole(
          HOUSE, row(1, 1, "1 High Street", null, Instant.parse("+12015-01-01T00:00:00Z")));
      Ack ack = gateway.live(READING, row(T, 7, 0, 1, 20.5));

      assertThat(ack.inserted()).isEqualTo(1);
      assertThat(central.setAside(gateway)).hasSize(1);
    }
  }

  /**
   * A new name that can't be taken must not leave readings under the old one, nor a second house.
   */
  @ParameterizedTest
  @EnumSource
  void accept_ofAHouseWhoseNewNameCannotBeHeld_letsItsReadingsWaitUntilItCan(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);

      gateway.whole(HOUSE, row(1, 1, "x".repeat(256), null, null));
      gateway.live(READING, row(T, 7, 0, 1, 20.5));
      assertThat(central.rows(READING)).isEmpty();
      assertThat(gateway.position(LOCATION)).isEmpty();

      gateway.whole(HOUSE, row(1, 1, "1a High Street", null, null));
      gateway.whole(LOCATION, row(1, 1, 1), row(2, 1, 2));
      assertThat(central.column(HOUSE, "address")).containsExactly("1a High Street");
      assertThat(central.rows(LOCATION)).hasSize(2);
      assertThat(central.column(READING, "value")).containsExactly(20.5);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void gateways_tellHowFarEachTableHasCome(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      gateway.live(READING, row(T, 7, 0, 1, 20.5), row(T, 9, 0, 1, 3.0));
      central.gateway("another");

      assertThat(central.ingest.gateways())
          .extracting(status -> status.gateway().value())
          .isEqualTo(List.of("another", "gw"));
      assertThat(central.ingest.gateway(gateway.id).orElseThrow().tables())
          .filteredOn(table -> table.table().equals("Reading"))
          .singleElement()
          .satisfies(
              table -> {
                assertThat(table.position()).contains(Position.of(T, 9L, 0L));
                assertThat(table.setAside()).isEqualTo(1);
              });
    }
  }
}
