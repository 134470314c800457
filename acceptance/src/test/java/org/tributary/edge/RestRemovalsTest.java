package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.store.ingest.Conflict;
import org.tributary.wire.MergeTerms;

/** What a mirroring gateway removed is removed at a server of the REST interface, or on record. */
class RestRemovalsTest {

  private static final MergeTerms MIRROR = MergeTerms.of(true, true, "central");

  @TempDir Path folder;
  OriginalServer server;
  RestGateway gateway;

  /** A second place, and a second node that hangs there. */
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
  }

  @AfterEach
  void stopBothEnds() throws Exception {
    gateway.close();
    server.close();
  }

  @Test
  void push_ofAMirror_removesThereWhatWasRemovedHere() throws Exception {
    gateway.sql("DELETE FROM Node WHERE id = 38").sql("DELETE FROM Location WHERE id = 10");

    gateway.push();

    assertThat(nodes()).containsExactly(37L);
    assertThat(server.rows("Location")).hasSize(1);
    assertThat(gateway.conflicts()).isEmpty();
    assertThatAllIsQuiet();
  }

  @Test
  void push_ofAKeeper_removesNothing() throws Exception {
    gateway.terms(MergeTerms.of(true, false, "central"));
    removed();

    assertThat(nodes()).containsExactly(37L, 38L);
  }

  @Test
  void push_afterItWasEditedThere_leavesItThereOnRecord() throws Exception {
    long other = server.insert("NodeType", Map.of("id", 99L, "name", "other"));
    server.update("Node", 38, "nodeTypeId", other);
    removed();
    gateway.restart().push();

    assertThat(nodes()).containsExactly(37L, 38L);
    assertThat(gateway.conflicts())
        .filteredOn(conflict -> conflict.column().isEmpty())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Conflict.Kind.REMOVED_THERE);
              assertThat(conflict.versions().gateway()).isNull();
              assertThat(String.valueOf(conflict.versions().central()))
                  .contains("\"nodeTypeId\":99");
            });
  }

  @Test
  void push_whileReadingsThereAreOfIt_leavesIt() throws Exception {
    gateway.reading(RestGateway.minute(3), 38, 0, "10", 20.0).readings(4, 5).push();
    gateway.sql("DELETE FROM Reading WHERE nodeId = 38").sql("DELETE FROM Node WHERE id = 38");
    server.requests();

    gateway.push();

    assertThat(nodes()).containsExactly(37L, 38L);
    assertThat(server.rows("Reading")).hasSize(5);
    assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
  }

  /** A node that hangs in it now, of whichever gateway. */
  @Test
  void push_whileANodeThereHangsInIt_leavesThePlace() throws Exception {
    server.insert("Node", Map.of("id", 90L, "locationId", serversPlace(), "nodeTypeId", 0L));
    gateway.sql("DELETE FROM Node WHERE id = 38").sql("DELETE FROM Location WHERE id = 10");

    gateway.push();

    assertThat(server.rows("Location")).hasSize(2);
  }

  @Test
  void push_whoseRequestOrAnswerIsLost_removesItWithTheNext() throws Exception {
    server.next("DELETE", new OriginalServer.Fault.LoseRequest());
    gateway.sql("DELETE FROM Node WHERE id = 38");
    assertThatThrownBy(gateway::push).isInstanceOf(IOException.class);
    assertThat(nodes()).containsExactly(37L, 38L);
    server.next("DELETE", new OriginalServer.Fault.LoseAnswer());
    assertThatThrownBy(() -> gateway.restart().push()).isInstanceOf(IOException.class);

    gateway.restart().push();

    assertThat(nodes()).containsExactly(37L);
    assertThatAllIsQuiet();
  }

  /** 200 means that nothing went away, whatever it says otherwise. */
  @Test
  void push_toAServerThatAnswersOtherwise_takesItForNotDone() throws Exception {
    server.each("DELETE", new OriginalServer.Fault.Answer(200, "application/json", "null"));
    removed();
    assertThat(nodes()).containsExactly(37L, 38L);
    server.heal();

    gateway.restart().push();

    assertThat(nodes()).containsExactly(37L);
  }

  @Test
  void push_ofADatabaseThatLostItsRows_removesNothing() throws Exception {
    gateway
        .sql("DELETE FROM Reading WHERE time >= '%s'".formatted(RestGateway.minute(2)))
        .sql("DELETE FROM Node WHERE id = 38");
    gateway.push();
    gateway.sql("DELETE FROM Node").restart().push();

    assertThat(nodes()).containsExactly(37L, 38L);
  }

  @Test
  void push_afterTheHouseWasRemovedHere_leavesWhatIsInItThere() throws Exception {
    gateway
        .sql("DELETE FROM Node WHERE id = 38")
        .sql("UPDATE Location SET houseId = NULL")
        .sql("DELETE FROM House");

    gateway.push();

    assertThat(nodes()).containsExactly(37L, 38L);
  }

  private void removed() throws Exception {
    gateway.sql("DELETE FROM Node WHERE id = 38").push();
  }

  private Long serversPlace() {
    return (Long)
        Objects.requireNonNull(
            server.rows("Node").stream()
                .filter(row -> Long.valueOf(38).equals(row.get("id")))
                .findFirst()
                .orElseThrow()
                .get("locationId"));
  }

  private List<Object> nodes() {
    return server.rows("Node").stream().<Object>map(row -> row.get("id")).sorted().toList();
  }

  private void assertThatAllIsQuiet() throws Exception {
    for (int i = 0; i < 2; i++) {
      PushResult next = gateway.restart().push();
      assertThat(next.sent()).isZero();
      assertThat(next.taken().done()).isEmpty();
    }
  }
}
