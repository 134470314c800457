package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.ROOM;
import static org.tributary.wire.Tables.ROOM_TYPE;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/** Rows that get another name or change places at a gateway, and what that means for the others. */
class RenamingTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  /** F23: one gateway's new names are not another gateway's. */
  @ParameterizedTest
  @EnumSource
  void accept_ofNewNamesForWhatTwoGatewaysShare_leavesTheOthersAsItWas(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.house(0, "Dep", "1 High Street", 7);
      a.live(READING, row(T, 7, 0, 1, 1.0));
      Feed b = central.gateway("b");
      b.house(30, "Dep", "2 High Street", 8);
      b.live(READING, row(T, 8, 0, 31, 2.0));

      a.whole(ROOM_TYPE, row(1, "Cellar"), row(2, "Wet Room"));
      a.whole(ROOM, row(1, 1, "Attic"), row(2, 2, "Bathroom"));
      a.whole(DEPLOYMENT, row(1, "Other", null, null, null));
      a.live(READING, row(T.plusSeconds(1), 7, 0, 1, 3.0));
      b.live(READING, row(T.plusSeconds(1), 8, 0, 31, 4.0));

      for (double value : new double[] {1.0, 3.0}) {
        assertThat(placeOf(central, value)).isEqualTo("Other, 1 High Street, Cellar, Attic");
      }
      for (double value : new double[] {2.0, 4.0}) {
        assertThat(placeOf(central, value))
            .isEqualTo("Dep, 2 High Street, Living Area, Living Room");
      }
      assertThat(central.setAside(a)).isEmpty();
      assertThat(central.rows(HOUSE)).hasSize(2);
      assertThat(evidence(central, a, "Deployment")).contains("until its name changed");
    }
  }

  /** Central's word about where a house belongs stands beside the gateway's about its name. */
  @ParameterizedTest
  @EnumSource
  void accept_ofANewAddressOfASharedHouseThatCentralMoved_makesOneWhereCentralHasIt(
      TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.whole(DEPLOYMENT, row(1, "D", null, null, null), row(2, "E", null, null, null));
      a.whole(HOUSE, row(1, 1, "1 High Street", null, null));
      Feed b = central.gateway("b");
      b.whole(DEPLOYMENT, row(1, "D", null, null, null));
      b.whole(HOUSE, row(1, 1, "1 High Street", null, null));
      Object e = central.row(DEPLOYMENT, "name", "E").get("id");
      central.execute("UPDATE @House@ SET @deploymentId@ = %s".formatted(e));

      a.whole(HOUSE, row(1, 1, "1a High Street", null, null));

      assertThat(central.column(HOUSE, "address"))
          .containsExactlyInAnyOrder("1 High Street", "1a High Street");
      assertThat(central.column(HOUSE, "deploymentId")).containsOnly(e);
    }
  }

  /** Two gateways in one house: what one of them moves, the other does not follow. */
  @ParameterizedTest
  @EnumSource
  void accept_ofANewRoomForASharedLocation_takesOnlyItsOwnReadingsAlong(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.house(0, "D", "1 High Street", 7);
      Feed b = central.gateway("b");
      b.house(30, "D", "1 High Street", 8);
      a.live(READING, row(T, 7, 0, 1, 1.0));
      b.live(READING, row(T, 8, 0, 31, 2.0));

      a.whole(ROOM, row(1, 1, "Attic"), row(2, 2, "Bathroom"));

      assertThat(placeOf(central, 1.0)).isEqualTo("D, 1 High Street, Living Area, Attic");
      assertThat(placeOf(central, 2.0)).isEqualTo("D, 1 High Street, Living Area, Living Room");
      assertThat(central.row(NODE, "id", 7L).get("locationId"))
          .isEqualTo(central.row(READING, "value", 1.0).get("locationId"));
    }
  }

  /** A seeded room is everybody's, even while only one gateway uses it. */
  @ParameterizedTest
  @EnumSource
  void accept_ofANewNameForARoom_leavesTheRoomForThoseToCome(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.house(0, "D", "1 High Street", 7);
      a.whole(ROOM, row(1, 1, "Attic"), row(2, 2, "Bathroom"));
      a.whole(HOUSE, row(1, 1, "1a High Street", null, null));

      assertThat(central.column(ROOM, "name")).contains("Living Room", "Attic");
      assertThat(central.column(HOUSE, "address")).containsExactly("1a High Street");
      assertThat(central.rows(LOCATION)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAHouseInADeploymentThatAnOperatorUses_leavesTheDeployment(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.house(0, "D", "1 High Street", 7);
      central.execute(
          "INSERT INTO @House@ (@deploymentId@, @address@) SELECT @id@, 'by hand' FROM"
              + " @Deployment@");

      a.whole(DEPLOYMENT, row(1, "E", null, null, null));

      Object byHand = central.row(HOUSE, "address", "by hand").get("deploymentId");
      assertThat(central.row(DEPLOYMENT, "id", byHand).get("name")).isEqualTo("D");
      Object own = central.row(HOUSE, "address", "1 High Street").get("deploymentId");
      assertThat(central.row(DEPLOYMENT, "id", own).get("name")).isEqualTo("E");
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofNamesThatAllMoveOnByOne_renamesEachWhicheverComesFirst(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      central.gateway("b").whole(DEPLOYMENT, row(1, "H", null, null, null));
      a.whole(
          DEPLOYMENT,
          row(1, "E", null, null, null),
          row(2, "F", null, null, null),
          row(3, "G", null, null, null));
      Object first = central.row(DEPLOYMENT, "name", "E").get("id");

      Ack ack =
          a.whole(
              DEPLOYMENT,
              row(1, "F", null, null, null),
              row(2, "G", null, null, null),
              row(3, "H", null, null, null),
              row(4, "E", null, null, null));

      assertThat(ack.setAside()).isEmpty();
      assertThat(central.column(DEPLOYMENT, "name")).doesNotHaveDuplicates().hasSize(4);
      assertThat(first).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofLocationsThatChangePlaces_swapsThem(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7, 8);
      gateway.live(READING, row(T, 7, 0, 1, 1.0), row(T, 8, 0, 2, 2.0));

      Ack ack = gateway.whole(LOCATION, row(1, 1, 2), row(2, 1, 1));
      gateway.live(
          READING, row(T.plusSeconds(1), 7, 0, 1, 3.0), row(T.plusSeconds(1), 8, 0, 2, 4.0));

      assertThat(ack.changed()).isEqualTo(2);
      assertThat(central.rows(LOCATION)).hasSize(2);
      assertThat(roomOf(central, 1.0)).isEqualTo("Bathroom");
      assertThat(roomOf(central, 2.0)).isEqualTo("Living Room");
      assertThat(roomOf(central, 3.0)).isEqualTo("Bathroom");
      assertThat(roomOf(central, 4.0)).isEqualTo("Living Room");
    }
  }

  /** As above, but another gateway is in the same two rooms and stays there. */
  @ParameterizedTest
  @EnumSource
  void accept_ofSharedLocationsThatChangePlaces_swapsThemForOneGateway(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed a = central.gateway("a");
      a.house(0, "D", "1 High Street", 7, 8);
      a.live(READING, row(T, 7, 0, 1, 1.0), row(T, 8, 0, 2, 2.0));
      Feed b = central.gateway("b");
      b.house(30, "D", "1 High Street", 17, 18);
      b.live(READING, row(T, 17, 0, 31, 3.0), row(T, 18, 0, 32, 4.0));

      Ack ack = a.whole(LOCATION, row(1, 1, 2), row(2, 1, 1));

      assertThat(ack.setAside()).isEmpty();
      assertThat(central.rows(LOCATION)).hasSize(2);
      assertThat(roomOf(central, 1.0)).isEqualTo("Bathroom");
      assertThat(roomOf(central, 2.0)).isEqualTo("Living Room");
      assertThat(roomOf(central, 3.0)).isEqualTo("Living Room");
      assertThat(roomOf(central, 4.0)).isEqualTo("Bathroom");
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofALocationInTheRoomOfADeletedOne_filesItsReadingsThere(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);
      gateway.live(READING, row(T, 7, 0, 1, 1.0));

      Ack ack = gateway.whole(LOCATION, row(1, 1, 2));
      gateway.live(READING, row(T.plusSeconds(1), 7, 0, 1, 2.0));

      assertThat(ack.setAside()).isEmpty();
      assertThat(roomOf(central, 1.0)).isEqualTo("Bathroom");
      assertThat(roomOf(central, 2.0)).isEqualTo("Bathroom");
      gateway.whole(HOUSE, row(1, 1, "1a High Street", null, null));
      assertThat(central.column(HOUSE, "address")).containsExactly("1a High Street");
      gateway.live(READING, row(T.plusSeconds(2), 7, 0, 2, 3.0)); // which is there no longer
      assertThat(central.setAside(gateway))
          .extracting(SetAside::rule)
          .containsExactly(Rule.PARENT_MISSING);
    }
  }

  /** Whatever stops an update: nothing is filed under what the row was before it. */
  @ParameterizedTest
  @EnumSource
  void accept_ofALocationThatCannotFollow_letsItsReadingsWait(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      gateway.house(0, "D", "1 High Street", 7);

      Ack ack = gateway.whole(LOCATION, row(1, 1, 99), row(2, 1, 2));
      gateway.live(READING, row(T, 7, 0, 1, 1.0));
      assertThat(ack.setAside()).extracting(SetAside::rule).containsExactly(Rule.PARENT_MISSING);
      assertThat(central.rows(READING)).isEmpty();

      gateway.whole(LOCATION, row(1, 1, 1), row(2, 1, 2));
      assertThat(roomOf(central, 1.0)).isEqualTo("Living Room");
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofANewRoomAfterOneInDoubt_takesItsOwnReadingsAlong(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      Feed other = central.gateway("other");
      gateway.house(0, "D", "1 High Street", 7);
      other.house(50, "D", "1 High Street", 8);
      gateway.live(READING, row(T, 7, 0, 1, 1.0));
      other.live(READING, row(T, 8, 0, 51, 2.0));
      gateway.whole(LOCATION, row(1, 1, 99), row(2, 1, 2)); // a room that has not come

      gateway.whole(ROOM, row(1, 1, "Living Room"), row(2, 2, "Bathroom"), row(3, 1, "Study"));
      gateway.whole(LOCATION, row(1, 1, 3), row(2, 1, 2));

      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(roomOf(central, 1.0)).isEqualTo("Study");
      assertThat(roomOf(central, 2.0)).isEqualTo("Living Room");
    }
  }

  private static Object roomOf(Central central, double value) throws Exception {
    Object location = central.row(READING, "value", value).get("locationId");
    Object room = central.row(LOCATION, "id", location).get("roomId");
    return central.row(ROOM, "id", room).get("name");
  }

  private static String placeOf(Central central, double value) throws Exception {
    Object location = central.row(READING, "value", value).get("locationId");
    Map<String, Object> place = central.row(LOCATION, "id", location);
    Map<String, Object> room = central.row(ROOM, "id", place.get("roomId"));
    Map<String, Object> house = central.row(HOUSE, "id", place.get("houseId"));
    return "%s, %s, %s, %s"
        .formatted(
            central.row(DEPLOYMENT, "id", house.get("deploymentId")).get("name"),
            house.get("address"),
            central.row(ROOM_TYPE, "id", room.get("roomTypeId")).get("name"),
            room.get("name"));
  }

  private static String evidence(Central central, Feed gateway, String table) throws Exception {
    return central.database.read(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT m.evidence FROM tributary_mapping m"
                      + " JOIN tributary_gateway g ON g.id = m.gateway_id"
                      + " WHERE g.name = ? AND m.table_name = ?")) {
            select.setString(1, gateway.id.value());
            select.setString(2, table);
            try (var found = select.executeQuery()) {
              found.next();
              return found.getString(1);
            }
          }
        });
  }
}
