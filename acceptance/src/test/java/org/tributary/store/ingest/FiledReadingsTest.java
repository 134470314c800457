package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.store.ingest.HistoryLaneTest.DAY;
import static org.tributary.store.ingest.HistoryLaneTest.ROWS;
import static org.tributary.store.ingest.HistoryLaneTest.T;
import static org.tributary.wire.Tables.READING;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.rest.Outcome;
import org.tributary.store.rest.RestStore;
import org.tributary.wire.Column;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/**
 * Readings that an operator filed under another location, and a gateway that tells them once more:
 * because a comparison found that they differ, or because it forgot that it had told them.
 */
class FiledReadingsTest {

  @ParameterizedTest
  @EnumSource
  void accept_ofReadingsThatWereFiledElsewhere_leavesThemThereAndFindsNoDifferenceAgain(
      TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      long kitchen = placeOf(central, 8);
      file(central, "1 High Street", kitchen);
      assertThat(HistoryLaneTest.differences(central, gateway, false, ROWS)).isNotEmpty();

      mend(gateway, ROWS[0], ROWS[1]);

      assertThat(central.column(READING, "locationId")).containsOnly(kitchen);
      assertThat(central.ingest.corrections(gateway.id, 10).orElseThrow()).isEmpty();
      assertThat(HistoryLaneTest.differences(central, gateway, true, ROWS)).isEmpty();
      assertThat(central.ingest.gateway(gateway.id).orElseThrow().tables())
          .allMatch(table -> table.kept() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAReadingLoggedLate_filesItWhereThoseAroundItWereFiled(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      long living = placeOf(central, 7);
      long kitchen = placeOf(central, 8);
      file(central, "1 High Street", kitchen);

      HistoryLaneTest.history(
          gateway,
          Optional.empty(),
          row(T.plusSeconds(30), 7, 0, 1, 1.25),
          row(T.minusSeconds(1), 7, 0, 1, 2.25),
          row(T.plusSeconds(61), 7, 0, 1, 3.25));

      assertThat(placeOf(central, 1.25)).isEqualTo(kitchen);
      assertThat(placeOf(central, 2.25)).isEqualTo(living);
      assertThat(placeOf(central, 3.25)).isEqualTo(living);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofAReadingThatTheGatewayMovedItself_believesIt(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      file(central, "1 High Street", placeOf(central, 8));

      mend(gateway, row(T, 7, 0, null, 20.5), ROWS[1]);

      assertThat(central.row(READING, "value", 20.5)).containsEntry("locationId", null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_ofReadingsThatWereFiledTwice_leavesThemWhereTheyWereFiledLast(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      long living = placeOf(central, 7);
      file(central, "1 High Street", placeOf(central, 8));
      long other = otherHouse(central);
      file(central, "2 High Street", other);

      mend(gateway, ROWS[0], ROWS[1]);
      assertThat(placeOf(central, 20.5)).isEqualTo(other);

      file(central, "1 High Street", living);
      mend(gateway, ROWS[0], ROWS[1]);
      assertThat(placeOf(central, 20.5)).isEqualTo(living);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_afterTheirHouseWasDeleted_filesThemAsTheGatewayTells(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      long living = placeOf(central, 7);
      file(central, "2 High Street", otherHouse(central));

      Outcome outcome =
          new RestStore(central.database, central.clock)
              .delete(RestTables.HOUSE, houseAt(central, "2 High Street"));

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(central.row(READING, "value", 20.5)).containsEntry("locationId", null);
      mend(gateway, ROWS[0], ROWS[1]);
      assertThat(placeOf(central, 20.5)).isEqualTo(living);
      assertThat(central.ingest.corrections(gateway.id, 10).orElseThrow()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_afterTheGatewaysLocationsChangedPlaces_filesThemAsBefore(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = HistoryLaneTest.pushed(central);
      central.gateway("other").house(30, "D", "1 High Street", 17, 18); // stays where it is
      long living = placeOf(central, 7);
      file(central, "1 High Street", placeOf(central, 8)); // the gateway's location 2

      gateway.whole(Tables.LOCATION, row(1, 1, 2), row(2, 1, 1));
      assertThat(placeOf(central, 20.5)).isEqualTo(living); // which is its location 2 now
      mend(gateway, ROWS[0], ROWS[1]);

      assertThat(placeOf(central, 20.5)).isEqualTo(living);
      assertThat(HistoryLaneTest.differences(central, gateway, true, ROWS)).isEmpty();
    }
  }

  /** The gateway tells all that it has of node 7's day. */
  private static void mend(Feed gateway, Object[]... rows) throws Exception {
    HistoryLaneTest.history(
        gateway, Optional.of(HistoryLaneTest.contents(OptionalLong.empty(), DAY.of(7))), rows);
  }

  private static void file(Central central, String address, long location) throws Exception {
    assertThat(new NodeMoves(central.database).file(7, houseAt(central, address), location))
        .contains(2);
  }

  /** Another house, that only central knows; its location. */
  private static long otherHouse(Central central) throws Exception {
    RestStore rest = new RestStore(central.database, central.clock);
    Map<Column, Object> house = new LinkedHashMap<>();
    house.put(Tables.HOUSE.require("address"), "2 High Street");
    assertThat(rest.add(RestTables.HOUSE, house)).isInstanceOf(Outcome.Done.class);
    Map<Column, Object> location = new LinkedHashMap<>();
    location.put(Tables.LOCATION.require("houseId"), houseAt(central, "2 High Street"));
    location.put(Tables.LOCATION.require("roomId"), central.column(Tables.ROOM, "id").get(0));
    Outcome added = rest.add(RestTables.LOCATION, location);
    return (Long) ((Outcome.Done) added).rows().value("id", 0);
  }

  private static long houseAt(Central central, String address) throws Exception {
    return (Long) central.row(Tables.HOUSE, "address", address).get("id");
  }

  private static long placeOf(Central central, long node) throws Exception {
    return (Long) central.row(Tables.NODE, "id", node).get("locationId");
  }

  private static long placeOf(Central central, double value) throws Exception {
    return (Long) central.row(READING, "value", value).get("locationId");
  }
}
