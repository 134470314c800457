package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/**
 * Which rows of a server that speaks only the REST interface of old are taken for which rows of a
 * gateway. The numbers are those of the ways in which the original client got it wrong.
 */
class RestMatchingTest {

  @TempDir Path folder;
  OriginalServer server;
  RestGateway gateway;

  @BeforeEach
  void startBothEnds() throws Exception {
    server = new OriginalServer("/rest/");
    gateway = RestGateway.withAHouse(folder.resolve("house"), server.url());
    server.seed(gateway.connection());
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    gateway.close();
    server.close();
  }

  /** F23. */
  @Test
  void push_whenIdsMeanOtherRowsThere_filesReadingsInTheRightPlace() throws Exception {
    for (int i = 1; i <= 9; i++) {
      server.insert("Deployment", row("name", "Other " + i));
      server.insert("House", row("deploymentId", (long) i, "address", "Elsewhere " + i));
    }
    long orchard = server.insert("Deployment", row("name", "Orchard"));
    long ours = server.insert("House", row("deploymentId", orchard, "address", "12 Orchard Lane"));

    gateway.readings(0, 3).push();

    assertThat(server.rows("Location"))
        .singleElement()
        .satisfies(place -> assertThat(place).containsEntry("houseId", ours));
    assertThat(server.rows("House")).hasSize(10);
  }

  /** F24. */
  @Test
  void push_whenARoomIsNewOnOneSide_mapsItByItsName() throws Exception {
    long attic = server.insert("Room", row("roomTypeId", 4L, "name", "Attic"));
    gateway.sql("INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'Cellar')");
    gateway.sql("INSERT INTO Room (id, roomTypeId, name) VALUES (14, 4, 'Attic')");
    gateway.sql("INSERT INTO Location (id, houseId, roomId) VALUES (10, 5, 13)");
    gateway.sql("INSERT INTO Location (id, houseId, roomId) VALUES (11, 5, 14)");

    assertThat(gateway.push().allDelivered()).isTrue();

    assertThat(server.rows("Location")).extracting("roomId").contains(attic, attic + 1);
    assertThat(server.rows("Room")).hasSize(14);
  }

  /** F22: naming both, and the readings of other types go on. */
  @Test
  void push_whenASensorTypeMeansAnotherThingThere_holdsItsReadingsUntilThatIsMended()
      throws Exception {
    server.update("SensorType", 2, "name", "Pressure");
    gateway.reading(RestGateway.minute(0), 37, 0, "9", 1);
    gateway.reading(RestGateway.minute(1), 37, 2, "9", 2);
    gateway.reading(RestGateway.minute(2), 37, 2, "9", 3);
    gateway.reading(RestGateway.minute(3), 37, 0, "9", 4);

    PushResult result = gateway.push();

    assertThat(values()).containsExactly(1.0, 4.0);
    assertThat(result.setAside()).isEqualTo(3);
    assertThat(gateway.setAside()).extracting(SetAside::rule).containsOnly(Rule.MEANING_DIFFERS);
    assertThat(gateway.setAside().get(0).reason()).contains("Humidity", "Pressure");
    assertThat(gateway.restart().push().setAside()).as("counted once").isEqualTo(3);

    server.update("SensorType", 2, "name", "Humidity");

    assertThat(gateway.push().allDelivered()).isTrue();
    assertThat(values()).containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0);
  }

  /** F19: the original never sent node types, and every row of such a node failed. */
  @Test
  void push_bringsSensorTypesAndNodeTypesThatTheServerLacks() throws Exception {
    gateway.sql("INSERT INTO NodeType (id, name, configured) VALUES (42, 'Beehive', '31,4')");
    gateway.sql("INSERT INTO SensorType (id, name, code, units) VALUES (77, 'Hum', 'H', 'Hz')");
    gateway.sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 9, 42)");
    gateway.reading(RestGateway.minute(0), 38, 77, "9", 1);

    assertThat(gateway.push().allDelivered()).isTrue();

    assertThat(values()).containsExactly(1.0);
    assertThat(server.rows("nodetype")).extracting("name").contains("Beehive");
  }

  /** F25: the ids that were matched belong to somebody else now. */
  @Test
  void push_whenTheServerWasSetUpAnew_filesNothingInSomebodyElsesHouse() throws Exception {
    gateway.readings(0, 30).state(RestGateway.minute(0), 37, 1).push();
    for (String table :
        List.of("Reading", "NodeState", "Node", "Location", "House", "Deployment")) {
      server.delete(table, row -> true);
    }
    server.insert("Deployment", row("id", 1L, "name", "Salford"));
    server.insert("House", row("id", 1L, "deploymentId", 1L, "address", "1 Salford Road"));
    server.insert("Location", row("id", 1L, "houseId", 1L, "roomId", 4L));

    assertThat(gateway.restart().push().allDelivered()).isTrue();

    assertThat(server.rows("House"))
        .extracting("address")
        .containsExactly("1 Salford Road", "12 Orchard Lane");
    assertThat(server.rows("Reading")).hasSize(30).extracting("locationId").doesNotContain(1L);
    assertThat(server.rows("NodeState")).hasSize(1);
  }

  /** F26: another gateway's house of that address has newer readings. */
  @Test
  void push_whenAnotherHouseHasTheAddress_stillSendsEveryReading() throws Exception {
    long salford = server.insert("Deployment", row("name", "Salford"));
    long other = server.insert("House", row("deploymentId", salford, "address", "12 Orchard Lane"));
    long place = server.insert("Location", row("houseId", other, "roomId", 4L));
    server.insert("Node", row("id", 99L, "locationId", place, "nodeTypeId", 0L));
    server.insert(
        "Reading",
        row("time", "2030-01-01T00:00:00", "nodeId", 99L, "type", 0L, "locationId", place));

    assertThat(gateway.readings(0, 30).push().allDelivered()).isTrue();
    gateway.readings(30, 40).push();

    assertThat(server.rows("Reading")).hasSize(41);
    assertThat(gateway.restart().push().sent()).isZero();
  }

  /** F26, as the first of two whose address answers for the other one. */
  @Test
  void push_whenTheServerHasTheHouseTwice_refusesToGuessAndHoldsItsReadings() throws Exception {
    long orchard = server.insert("Deployment", row("name", "Orchard"));
    long one = server.insert("House", row("deploymentId", orchard, "address", "12 Orchard Lane"));
    long two = server.insert("House", row("deploymentId", orchard, "address", "12 Orchard Lane"));
    gateway.readings(0, 30).reading(RestGateway.minute(0), 37, 2, "NULL", 1000);

    PushResult result = gateway.push();

    assertThat(values()).isEmpty();
    assertThat(result.setAside()).isEqualTo(31 + 3); // the house, its location, and its node
    assertThat(gateway.setAside())
        .anySatisfy(
            row -> {
              assertThat(row.rule()).isEqualTo(Rule.AMBIGUOUS);
              assertThat(row.reason()).contains("[%d, %d]".formatted(one, two));
            });

    server.delete("House", row -> Long.valueOf(two).equals(row.get("id")));

    assertThat(gateway.restart().push().allDelivered()).isTrue();
    assertThat(server.rows("Reading")).hasSize(31);
  }

  /** F27. */
  @Test
  void push_whenAnAddressHasAnUnderscore_findsItsHouseAgain() throws Exception {
    gateway.sql("UPDATE House SET address = 'Flat_2, 100% *_*'");
    gateway.readings(0, 3).push();

    gateway.forget().restart().push();

    assertThat(server.rows("House")).hasSize(1);
    assertThat(server.rows("Reading")).hasSize(3);
  }

  /** F28. */
  @Test
  void push_ofAHouseWithoutDeployment_takesNoneOfAnotherDeployment() throws Exception {
    long salford = server.insert("Deployment", row("name", "Salford"));
    server.insert("House", row("deploymentId", salford, "address", "12 Orchard Lane"));
    gateway.sql("UPDATE House SET deploymentId = NULL");

    gateway.readings(0, 3).push();

    assertThat(server.rows("House")).hasSize(2).extracting("deploymentId").contains((Object) null);
    assertThat(server.rows("Location")).extracting("houseId").containsExactly(2L);
  }

  /** F29. */
  @Test
  void push_whenAHouseIsRenamedHere_renamesItThereAndSendsNothingAgain() throws Exception {
    gateway.readings(0, 30).push();
    server.update("House", 1, "serverid", 3);
    gateway.sql("UPDATE House SET address = '12a Orchard Lane'");

    PushResult result = gateway.restart().push();

    assertThat(result.changed()).isEqualTo(1);
    assertThat(result.inserted()).isZero();
    assertThat(server.rows("House"))
        .singleElement()
        .satisfies(
            house ->
                assertThat(house)
                    .containsEntry("address", "12a Orchard Lane")
                    .containsEntry("serverid", 3L));
    assertThat(gateway.push().sent()).isZero();
  }

  @Test
  void push_whenSomethingIsRenamedThere_knowsItStill() throws Exception {
    gateway.readings(0, 3).push();
    server.update("Deployment", 1, "name", "Orchard Lane 2024");
    server.update("House", 1, "address", "Mill House");
    server.update("Room", 4, "name", "Parlour");

    gateway.readings(3, 6).restart().push();

    assertThat(server.rows("House")).extracting("address").containsExactly("Mill House");
    assertThat(server.rows("Deployment")).hasSize(1);
    assertThat(server.rows("Location")).hasSize(1);
    assertThat(server.rows("Room")).hasSize(12);
    assertThat(server.rows("Reading")).hasSize(6);
    assertThat(gateway.push().sent()).isZero();
  }

  @Test
  void push_whenANodeWasMovedHere_movesItThere() throws Exception {
    gateway.push();
    gateway.sql("INSERT INTO Location (id, houseId, roomId) VALUES (10, 5, 8)");
    gateway.sql("UPDATE Node SET locationId = 10");

    gateway.restart().push();

    assertThat(server.rows("Node"))
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node).containsEntry("locationId", 2L).containsEntry("nodeTypeId", 0L);
            });
  }

  @Test
  void push_whenANodeHangsInAnothersHouse_refusesItNamingBoth() throws Exception {
    long other = server.insert("House", row("address", "1 Salford Road"));
    long place = server.insert("Location", row("houseId", other, "roomId", 4L));
    server.insert("Node", row("id", 37L, "locationId", place, "nodeTypeId", 0L));

    PushResult result = gateway.readings(0, 3).push();

    assertThat(result.setAside()).isEqualTo(4);
    assertThat(server.rows("Reading")).isEmpty();
    assertThat(gateway.setAside().get(0).rule()).isEqualTo(Rule.CLAIMED);
    assertThat(gateway.setAside().get(0).reason()).contains("37", "1 Salford Road");

    server.update("House", other, "endDate", "2024-01-01T00:00:00");

    assertThat(gateway.push().allDelivered()).isTrue();
    assertThat(server.rows("Reading")).hasSize(3);
  }

  /** utf8_general_ci takes them for equal; which of them somebody means nobody can tell. */
  @Test
  void push_whenANameIsSpelledOtherwiseThere_isNotGuessed() throws Exception {
    long orchard = server.insert("Deployment", row("name", "Orchard"));
    server.insert("House", row("deploymentId", orchard, "address", "12 ORCHARD lane"));

    gateway.push();

    assertThat(server.rows("House")).hasSize(1);
    assertThat(gateway.setAside().get(0).reason()).contains("12 ORCHARD lane", "spell them the");
  }

  @Test
  void push_ofANameThatTheServerCuts_createsItOnce() throws Exception {
    gateway.sql(
        "INSERT INTO Room (id, roomTypeId, name) VALUES (13, 4, 'Conservatory, north east')");
    gateway.sql("INSERT INTO Location (id, houseId, roomId) VALUES (10, 5, 13)");
    gateway.push();

    assertThat(gateway.forget().restart().push().allDelivered()).isTrue();

    assertThat(server.rows("Room")).hasSize(13).extracting("name").contains("Conservatory, north ");
  }

  @Test
  void push_ofANameThatTheServerWouldSpoil_isSetAside() throws Exception {
    gateway.sql("UPDATE House SET address = 'The \uD83C\uDFE0'");

    gateway.readings(0, 3).push();

    assertThat(server.rows("House")).isEmpty();
    assertThat(gateway.setAside()).extracting(SetAside::rule).contains(Rule.VALUE_NOT_HELD);
  }

  @Test
  void push_whenTheServerFailsOnAHouse_holdsThatAndSendsTheOthers() throws Exception {
    gateway.sql("INSERT INTO House (id, deploymentId, address) VALUES (6, 7, 'Bad House')");
    gateway.sql("INSERT INTO Location (id, houseId, roomId) VALUES (10, 6, 4)");
    gateway.reading(RestGateway.minute(0), 37, 0, "9", 1);
    gateway.reading(RestGateway.minute(1), 37, 0, "10", 2);
    server.poison(row -> "Bad House".equals(row.get("address")));

    gateway.push();

    assertThat(values()).containsExactly(1.0);
    server.heal();
    assertThat(gateway.push().allDelivered()).isTrue();
    assertThat(values()).containsExactly(1.0, 2.0);
  }

  @Test
  void push_whenAHouseEndsHere_tellsTheServer() throws Exception {
    gateway.push();
    gateway.sql("UPDATE House SET endDate = '2024-06-01 00:00:00.000000'");

    gateway.push();

    assertThat(server.rows("House").get(0)).containsEntry("endDate", "2024-06-01T00:00:00");
  }

  @Test
  void push_whenACaptivePortalAnswersToAHouse_takesItForNoHouse() throws Exception {
    server.next(
        "POST house", new OriginalServer.Fault.Answer(201, "text/html", "<html>Sign in</html>"));

    org.assertj.core.api.Assertions.assertThatThrownBy(gateway.readings(0, 3)::push)
        .isInstanceOf(java.io.IOException.class);
    gateway.push();

    assertThat(server.rows("Reading")).hasSize(3);
  }

  private List<Object> values() {
    return server.rows("Reading").stream().map(row -> row.get("value")).toList();
  }

  private static Map<String, @Nullable Object> row(Object... namesAndValues) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
