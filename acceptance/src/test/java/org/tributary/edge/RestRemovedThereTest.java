package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.MergeTerms;

/**
 * What somebody removed at a server of the REST interface a mirroring gateway removes, too; what
 * such a server lost it gets again.
 */
class RestRemovedThereTest {

  private static final MergeTerms MIRROR = MergeTerms.of(true, true, "central");

  @TempDir Path folder;
  OriginalServer server;
  RestGateway gateway;

  /** A second place, and a second node that hangs there; all has been there for two pushes. */
  @BeforeEach
  void startBothEnds() throws Exception {
    server = new OriginalServer("/rest/");
    gateway =
        RestGateway.withAHouse(folder.resolve("house"), server.url())
            .sql("INSERT INTO Location (id, houseId, roomId) VALUES (10, 5, 5)")
            .sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 10, 0)")
            .readings(0, 3);
    server.seed(gateway.connection());
    gateway.terms(MIRROR).push();
    gateway.push();
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    gateway.close();
    server.close();
  }

  @Test
  void push_ofAMirror_removesHereWhatWasRemovedThere() throws Exception {
    removeThere("Node", 38);
    server.delete("Location", row -> Long.valueOf(2).equals(row.get("id")));

    PushResult result = gateway.restart().push();

    assertThat(result.taken().done()).containsExactly("Node 38 removed", "Location 10 removed");
    assertThat(ids("Node")).containsExactly(37L);
    assertThat(ids("Location")).containsExactly(9L);
    assertThat(gateway.conflicts()).isEmpty();
    assertThatBothHaveNodes(37L);
  }

  @Test
  void push_afterItWasEditedHere_createsItThereAgainOnRecord() throws Exception {
    removeThere("Node", 38);
    gateway.sql("UPDATE Node SET nodeTypeId = 1 WHERE id = 38");

    PushResult result = gateway.push();

    assertThat(result.taken().done()).isEmpty();
    assertThat(server.rows("Node"))
        .filteredOn("id", 38L)
        .extracting("nodeTypeId")
        .containsExactly(1L);
    assertThat(gateway.conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Conflict.Kind.REMOVED_HERE);
              assertThat(conflict.winner()).isEqualTo(Conflict.Side.GATEWAY);
              assertThat(String.valueOf(conflict.versions().gateway()))
                  .contains("\"nodeTypeId\":1");
              assertThat(conflict.versions().central()).isNull();
            });
    assertThatBothHaveNodes(37L, 38L);
  }

  /**
   * The backup is from before the last push: that lacks the rows of the last push's report, too.
   */
  @Test
  void push_toAServerThatWasRolledBack_createsThereAgainWhatItLacks() throws Exception {
    List<Map<String, @Nullable Object>> reports = server.rows("Pushstatus");
    Object last = reports.get(reports.size() - 1).get("id");
    removeThere("Node", 38);
    server.delete("Pushstatus", row -> row.get("id").equals(last));

    PushResult result = gateway.push();

    assertThat(result.taken().done()).isEmpty();
    assertThatBothHaveNodes(37L, 38L);
  }

  /** Somebody else's report may have got the number of one that was lost. */
  @Test
  void push_toAServerThatWasRolledBackAndUsedSince_createsThereAgainWhatItLacks() throws Exception {
    List<Map<String, @Nullable Object>> reports = server.rows("Pushstatus");
    Object last = reports.get(reports.size() - 1).get("id");
    removeThere("Node", 38);
    server.update("Pushstatus", (Long) last, "hostname", "another gateway");

    gateway.push();

    assertThatBothHaveNodes(37L, 38L);
  }

  /**
   * A row that was created after a push's report may be missing in a backup that has the report.
   */
  @Test
  void push_toAServerThatWasRolledBackToTheMiddleOfAPush_createsThereAgainWhatItLacks()
      throws Exception {
    gateway.sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (39, 10, 0)").push();
    removeThere("Node", 39);

    gateway.push();

    assertThatBothHaveNodes(37L, 38L, 39L);
    removeThere("Node", 39); // a report was made since it is there
    gateway.push();
    assertThatBothHaveNodes(37L, 38L);
  }

  @Test
  void push_toAServerThatLostReadings_createsThereAgainWhatItLacks() throws Exception {
    removeThere("Node", 38);
    server.delete("Reading", row -> String.valueOf(row.get("time")).contains("08:02"));

    gateway.push();

    assertThat(server.rows("Reading")).hasSize(3);
    assertThatBothHaveNodes(37L, 38L);
  }

  @Test
  void push_toAServerWhoseTableWasEmptied_createsThereAgainWhatItLacks() throws Exception {
    server.delete("Node", row -> true);

    gateway.push();

    assertThatBothHaveNodes(37L, 38L);
  }

  @Test
  void push_ofAKeeper_createsThereAgainWhatWasRemovedThere() throws Exception {
    gateway.terms(MergeTerms.of(true, false, "central")).push();
    removeThere("Node", 38);

    gateway.push();

    assertThatBothHaveNodes(37L, 38L);
  }

  /** Nor is a reading lost that comes while it is missing there. */
  @Test
  void push_whileReadingsHereAreOfIt_keepsItAndCreatesItThereAgain() throws Exception {
    server.delete("Reading", row -> true);
    removeThere("Node", 37);
    server.insert(
        "Reading",
        Map.of("time", "2030-01-01T00:00:00", "nodeId", 38L, "type", 0L, "locationId", 1L));
    gateway.readings(3, 5);

    PushResult result = gateway.push();

    assertThat(result.taken().done()).isEmpty();
    assertThat(result.taken().left()).isEmpty();
    assertThat(result.setAside()).isZero();
    assertThat(server.rows("Reading"))
        .filteredOn("nodeId", 37L)
        .extracting("value")
        .containsExactly(3.0, 4.0);
    assertThatBothHaveNodes(37L, 38L);
  }

  /** Tables that somebody made by hand: the database itself would let the node go. */
  @Test
  void push_ofADatabaseWithoutForeignKeys_keepsAllTheSameWhatReadingsAreOf() throws Exception {
    gateway
        .reading(RestGateway.minute(3), 38, 0, "10", 20.0)
        .sql("ALTER TABLE Reading RENAME TO Before")
        .sql(
            "CREATE TABLE Reading (time DATETIME NOT NULL, nodeId INTEGER NOT NULL,"
                + " type INTEGER NOT NULL, locationId INTEGER, value FLOAT,"
                + " PRIMARY KEY (time, nodeId, type))")
        .sql("INSERT INTO Reading SELECT time, nodeId, type, locationId, value FROM Before")
        .sql("DROP TABLE Before")
        .restart()
        .push();
    removeThere("Node", 38);
    server.insert("NodeState", Map.of("time", "2030-01-01T00:00:00", "nodeId", 37L, "seq_num", 1L));

    gateway.push();

    assertThatBothHaveNodes(37L, 38L);
  }

  /** A new node here hangs in a place that somebody removed there. */
  @Test
  void push_whileAnEditHereNeedsIt_createsItThereAgain() throws Exception {
    removeThere("Node", 38);
    server.delete("Location", row -> Long.valueOf(2).equals(row.get("id")));
    gateway.sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (39, 10, 0)");

    PushResult result = gateway.push();

    assertThat(result.setAside()).isZero();
    assertThat(server.rows("Location")).hasSize(2);
    assertThat(ids("Location")).containsExactly(9L, 10L);
    assertThatBothHaveNodes(37L, 39L);
  }

  /** It got another number there, which says nothing to anybody here. */
  @Test
  void push_afterItWasRemovedAndAddedThereAgain_matchesItAnew() throws Exception {
    removeThere("Node", 38);
    server.delete("Location", row -> Long.valueOf(2).equals(row.get("id")));
    long again = server.insert("Location", Map.of("houseId", 1L, "roomId", 5L));

    gateway.restart().push();

    assertThat(ids("Location")).containsExactly(9L, 10L);
    assertThat(server.rows("Location")).extracting("id").contains(again).hasSize(2);
  }

  private void removeThere(String table, long id) {
    Predicate<Map<String, @Nullable Object>> which = row -> Long.valueOf(id).equals(row.get("id"));
    server.delete(table, which);
  }

  private List<Long> ids(String table) throws Exception {
    return gateway.column("SELECT id FROM " + table + " ORDER BY id").stream()
        .map(id -> ((Number) id).longValue())
        .toList();
  }

  private void assertThatBothHaveNodes(Long... nodes) throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(ids("Node")).as("here, turn " + i).containsExactly(nodes);
      assertThat(server.rows("Node"))
          .as("there, turn " + i)
          .extracting("id")
          .containsExactlyInAnyOrder((Object[]) nodes);
      if (i == 0) {
        PushResult next = gateway.restart().push();
        assertThat(next.taken().done()).isEmpty();
        assertThat(next.setAside()).isZero();
      }
    }
  }
}
