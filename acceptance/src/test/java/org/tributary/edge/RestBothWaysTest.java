package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.MergeTerms;

/** What is edited at a server that speaks only the REST interface of old comes to the gateway. */
class RestBothWaysTest {

  private static final MergeTerms BOTH = MergeTerms.of(true, false, "central");

  @TempDir Path folder;
  OriginalServer server;
  RestGateway gateway;

  @BeforeEach
  void startBothEnds() throws Exception {
    server = new OriginalServer("/rest/");
    gateway = RestGateway.withAHouse(folder.resolve("house"), server.url());
    server.seed(gateway.connection());
    gateway.terms(BOTH).push();
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    gateway.close();
    server.close();
  }

  @Test
  void push_afterAnEditAtTheServer_bringsItHereWithTheNextPush() throws Exception {
    server.update("House", 1, "address", "12a Orchard Lane");
    server.update("House", 1, "endDate", "2027-01-01T00:00:00");
    server.update("SensorType", 2, "c1", 0.125);

    PushResult result = gateway.push();

    assertThat(result.taken().done()).hasSize(2);
    assertThat(result.taken().left()).isEmpty();
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("12a Orchard Lane");
    assertThat(gateway.column("SELECT endDate FROM House").get(0).toString())
        .contains("2027-01-01");
    assertThat(gateway.column("SELECT c1 FROM SensorType WHERE id = 2")).containsExactly(0.125);
    assertThat(gateway.conflicts()).isEmpty();
    assertThatAllIsQuiet();
  }

  /** A database of the same kind as the server's: FLOAT, whole seconds, texts of its widths. */
  @Test
  void push_ofAGatewayOnMariaDb_takesAnEditAndIsQuiet() throws Exception {
    try (RestGateway other =
        RestGateway.withAHouse(folder.resolve("maria"), server.url(), TestEngine.MARIADB)
            .sql("UPDATE House SET address = 'Mill House', startDate = '2024-01-01 10:00:00'")
            .sql("UPDATE Node SET id = 38")
            .sql("UPDATE SensorType SET c1 = 1.2345678 WHERE id = 2")
            .terms(BOTH)) {
      other.push();
      server.update("House", 2, "startDate", "2024-02-01T00:00:00");

      PushResult result = other.push();

      assertThat(result.taken().done()).singleElement().asString().contains("startDate");
      assertThat(other.column("SELECT startDate FROM House").get(0).toString())
          .startsWith("2024-02-01");
      assertThat(other.push().sent()).isZero();
      assertThat(other.restart().push().sent()).isZero();
    }
  }

  @Test
  void push_ofWhatTheServerCuts_takesNothingForAnEdit() throws Exception {
    gateway
        .sql("UPDATE House SET startDate = '2024-01-01 10:00:00.700000'")
        .sql("UPDATE SensorType SET c1 = 1.23456789 WHERE id = 2")
        .sql("INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'Conservatory, north east')")
        .sql("UPDATE NodeType SET configured = 'None' WHERE id = 0");
    gateway.push();

    PushResult result = gateway.restart().push();

    assertThat(result.taken().done()).isEmpty();
    assertThat(result.taken().left()).isEmpty();
    assertThat(gateway.column("SELECT c1 FROM SensorType WHERE id = 2"))
        .containsExactly(1.23456789);
    assertThatAllIsQuiet();
  }

  @Test
  void push_afterEditsOfTwoFieldsOfARow_givesEachToTheOther() throws Exception {
    server.update("House", 1, "endDate", "2027-01-01T00:00:00");
    gateway.sql("UPDATE House SET address = 'The Mill'");

    gateway.push();

    assertThat(server.rows("House").get(0))
        .containsEntry("address", "The Mill")
        .containsEntry("endDate", "2027-01-01T00:00:00");
    assertThat(gateway.column("SELECT endDate FROM House").get(0).toString())
        .contains("2027-01-01");
    assertThat(gateway.conflicts()).isEmpty();
    assertThatAllIsQuiet();
  }

  @Test
  void push_afterTwoEditsOfAField_letsTheRuleDecideAndKeepsBothHere() throws Exception {
    server.update("House", 1, "address", "as the server says");
    gateway.sql("UPDATE House SET address = 'as the gateway says'");

    gateway.push();

    assertThat(server.rows("House")).extracting("address").containsExactly("as the server says");
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("as the server says");
    assertThat(gateway.conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Conflict.Kind.EDITED);
              assertThat(conflict.winner()).isEqualTo(Conflict.Side.CENTRAL);
              assertThat(conflict.versions())
                  .isEqualTo(
                      new Conflict.Versions(
                          "12 Orchard Lane", "as the gateway says", "as the server says"));
            });
    assertThatAllIsQuiet();
    assertThat(gateway.conflicts()).hasSize(1);
  }

  @Test
  void push_afterTwoEditsOfAField_takesTheGatewaysWhereTheRuleSaysSo() throws Exception {
    gateway.terms(MergeTerms.of(true, false, "central House:local"));
    server.update("House", 1, "address", "as the server says");
    gateway.sql("UPDATE House SET address = 'as the gateway says'");

    gateway.push();

    assertThat(server.rows("House")).extracting("address").containsExactly("as the gateway says");
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("as the gateway says");
    assertThat(gateway.conflicts())
        .extracting(Conflict::winner)
        .containsExactly(Conflict.Side.GATEWAY);
    assertThatAllIsQuiet();
  }

  @Test
  void push_afterTwoEditsOfAField_takesTheLaterOneWhereTheRuleSaysSo() throws Exception {
    gateway.terms(MergeTerms.of(true, false, "newest"));
    gateway.sql("UPDATE NodeType SET time = '2026-01-01 00:00:00', period = 60 WHERE id = 0");
    gateway.push();
    server.update("NodeType", 0, "time", "2026-02-01T00:00:00");
    server.update("NodeType", 0, "period", 120L);
    gateway.sql("UPDATE NodeType SET time = '2026-03-01 00:00:00', period = 180 WHERE id = 0");

    gateway.push();

    assertThat(server.rows("NodeType"))
        .filteredOn("id", 0L)
        .singleElement()
        .satisfies(
            type ->
                assertThat(type)
                    .containsEntry("period", 180L)
                    .containsEntry("time", "2026-03-01T00:00:00"));
    assertThat(gateway.conflicts())
        .extracting(Conflict::winner)
        .containsOnly(Conflict.Side.GATEWAY);
    assertThatAllIsQuiet();
  }

  @Test
  void push_afterRowsWereAddedAtTheServer_addsThoseOfItsHouse() throws Exception {
    long type = server.insert("RoomType", row("name", "Cellar"));
    long room = server.insert("Room", row("roomTypeId", type, "name", "Wine Cellar"));
    long place = server.insert("Location", row("houseId", 1L, "roomId", room));
    server.insert("Node", row("id", 82L, "locationId", place, "nodeTypeId", 0L));
    server.insert("SensorType", row("id", 901L, "name", "Radon"));
    long other = server.insert("House", row("deploymentId", 1L, "address", "of other people"));
    long theirs = server.insert("Location", row("houseId", other, "roomId", room));
    server.insert("Node", row("id", 83L, "locationId", theirs, "nodeTypeId", 0L));
    server.update("Node", 37, "locationId", place);

    PushResult result = gateway.restart().push();

    assertThat(result.taken().left()).isEmpty();
    assertThat(
            gateway.column(
                "SELECT n.id FROM Node n JOIN Location l ON l.id = n.locationId AND l.houseId = 5"
                    + " JOIN Room r ON r.id = l.roomId AND r.name = 'Wine Cellar'"
                    + " JOIN RoomType t ON t.id = r.roomTypeId AND t.name = 'Cellar' ORDER BY n.id"))
        .extracting(id -> ((Number) id).longValue())
        .containsExactly(37L, 82L);
    assertThat(gateway.column("SELECT name FROM SensorType WHERE id = 901"))
        .containsExactly("Radon");
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("12 Orchard Lane");
    assertThat(gateway.column("SELECT id FROM Node WHERE id = 83")).isEmpty();
    assertThatAllIsQuiet();
    assertThat(server.rows("Node")).hasSize(3);
    assertThat(server.rows("Location")).hasSize(3);
  }

  /** Such a server can't say that there is something new, and to look costs requests. */
  @Test
  void push_looksForNewRowsOnceAnHour() throws Exception {
    SettableClock clock = SettableClock.at(Clock.systemUTC().instant());
    gateway.clock(clock).push();
    server.insert("SensorType", row("id", 901L, "name", "Radon"));

    assertThat(gateway.push().taken().done()).isEmpty();
    clock.advance(Duration.ofHours(1));

    assertThat(gateway.push().taken().done()).hasSize(1);
  }

  @Test
  void push_ofARowThatOneEndRemoved_leavesTheOtherOnes() throws Exception {
    gateway.sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 9, 0)").push();
    gateway.sql("DELETE FROM Node WHERE id = 38");
    server.delete("Node", row -> Long.valueOf(37).equals(row.get("id")));

    gateway.push();

    assertThat(gateway.column("SELECT id FROM Node"))
        .extracting(id -> ((Number) id).longValue())
        .containsExactly(37L);
    assertThat(server.rows("Node")).extracting("id").containsExactlyInAnyOrder(37L, 38L);
  }

  /** Both in one push: the table travels before the edit is seen. */
  @Test
  void push_afterWordsGotOtherNamesThere_renamesThemHereAndMakesNoneTwice() throws Exception {
    server.update("Room", 4, "name", "Parlour");
    server.update("SensorType", 2, "units", "% of all");
    gateway.sql("INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'Attic')");
    gateway.sql("INSERT INTO SensorType (id, name) VALUES (902, 'Hum')");

    PushResult result = gateway.push();

    assertThat(result.setAside()).isZero();
    assertThat(gateway.column("SELECT name FROM Room WHERE id = 4")).containsExactly("Parlour");
    assertThat(gateway.column("SELECT units FROM SensorType WHERE id = 2"))
        .containsExactly("% of all");
    assertThat(server.rows("Room")).hasSize(13);
    assertThatAllIsQuiet();
  }

  /** Of two that look alike nobody can say which one is meant. */
  @Test
  void push_whileARowHereIsNotMatched_addsNoneThatItMayBe() throws Exception {
    gateway.sql("INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'ATTIC')");
    server.insert("Room", row("roomTypeId", 4L, "name", "Attic"));

    gateway.restart().push();

    assertThat(gateway.column("SELECT id FROM Room")).hasSize(13);
  }

  @Test
  void push_ofAGatewayThatOnlySends_leavesItsDatabaseAloneAndKeepsBothVersions() throws Exception {
    gateway.terms(MergeTerms.ONE_WAY);
    server.update("House", 1, "address", "as the server says");
    gateway.push();
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("12 Orchard Lane");

    gateway.sql("UPDATE House SET address = 'as the gateway says'").push();

    assertThat(server.rows("House")).extracting("address").containsExactly("as the server says");
    assertThat(gateway.column("SELECT address FROM House")).containsExactly("as the gateway says");
    assertThat(gateway.conflicts()).hasSize(1);
  }

  private void assertThatAllIsQuiet() throws Exception {
    for (int i = 0; i < 2; i++) {
      PushResult next = gateway.push();
      assertThat(next.sent()).isZero();
      assertThat(next.taken().done()).isEmpty();
    }
    assertThat(gateway.restart().push().sent()).as("after a look at all").isZero();
  }

  private static Map<String, @Nullable Object> row(Object... namesAndValues) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
