package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk.Outcome;
import org.tributary.wire.MergeTerms;

/** What a person chooses of a conflict that only the gateway has on record counts at both ends. */
class RestConflictsTest {

  private static final MergeTerms BOTH = MergeTerms.of(true, false, "central");
  private static final MergeTerms LOCAL = MergeTerms.of(true, false, "local");

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
  void resolve_forTheGateway_writesItsVersionAtTheServerAndHereWithTheNextPush() throws Exception {
    Conflict conflict = conflict(BOTH);

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.CHANGED);

    assertThat(address()).isEqualTo("as the gateway says");
    assertThat(gateway.restart().push().taken().done()).hasSize(1);
    assertThatBothHave("as the gateway says");
    assertThat(gateway.conflicts())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.versions()).isEqualTo(conflict.versions());
              assertThat(kept.winner()).isEqualTo(Conflict.Side.CENTRAL);
              Conflict.Choice choice = kept.chosen().orElseThrow();
              assertThat(choice.side()).isEqualTo(Conflict.Side.GATEWAY);
              assertThat(choice.by()).isEqualTo("ann");
            });
  }

  @Test
  void resolve_forCentral_bringsItsVersionBackAndHere() throws Exception {
    Conflict conflict = conflict(LOCAL);
    assertThat(address()).isEqualTo("as the gateway says");

    assertThat(gateway.resolve(conflict, Conflict.Side.CENTRAL)).isEqualTo(Outcome.CHANGED);

    gateway.push();
    assertThatBothHave("as the server says");
  }

  @Test
  void resolve_forTheSideThatCounts_notesThatOnly() throws Exception {
    Conflict conflict = conflict(BOTH);

    assertThat(gateway.resolve(conflict, Conflict.Side.CENTRAL)).isEqualTo(Outcome.STANDS);

    assertThatBothHave("as the server says");
    assertThat(gateway.conflicts().get(0).chosen()).isPresent();
  }

  @Test
  void resolve_ofAGatewayThatOnlySends_writesItsVersionAtTheServer() throws Exception {
    Conflict conflict = conflict(MergeTerms.ONE_WAY);

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.CHANGED);

    assertThatBothHave("as the gateway says");
  }

  @Test
  void resolve_afterTheFieldWasChangedAtTheServer_doesNothing() throws Exception {
    Conflict conflict = conflict(BOTH);
    server.update("House", 1, "address", "something else");

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.CHANGED_SINCE);

    assertThat(address()).isEqualTo("something else");
    assertThat(gateway.conflicts().get(0).chosen()).isEmpty();
  }

  /** What was edited here and not sent yet would overrule what is chosen now. */
  @Test
  void resolve_afterTheFieldWasChangedHere_doesNothing() throws Exception {
    Conflict conflict = conflict(BOTH);
    gateway.sql("UPDATE House SET address = 'something else'");

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.CHANGED_SINCE);

    assertThat(address()).isEqualTo("as the server says");
  }

  @Test
  void resolve_afterTheServerWasSetUpAnew_leavesTheRowThatHasTheIdNow() throws Exception {
    Conflict conflict = conflictOfTheEnd();
    server.update("House", 1, "address", "of other people");

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.CHANGED_SINCE);
  }

  @Test
  void resolve_whoseRequestOrAnswerIsLost_canBeTriedAgain() throws Exception {
    Conflict conflict = conflict(BOTH);
    server.next("PUT", new OriginalServer.Fault.LoseRequest());
    assertThatThrownBy(() -> gateway.resolve(conflict, Conflict.Side.GATEWAY))
        .isInstanceOf(IOException.class);
    assertThat(gateway.conflicts().get(0).chosen()).isEmpty();
    server.next("PUT", new OriginalServer.Fault.LoseAnswer());
    assertThatThrownBy(() -> gateway.resolve(conflict, Conflict.Side.GATEWAY))
        .isInstanceOf(IOException.class);

    assertThat(gateway.resolve(conflict, Conflict.Side.GATEWAY)).isEqualTo(Outcome.STANDS);

    gateway.push();
    assertThatBothHave("as the gateway says");
  }

  private Conflict conflict(MergeTerms terms) throws Exception {
    gateway.terms(terms);
    server.update("House", 1, "address", "as the server says");
    gateway.sql("UPDATE House SET address = 'as the gateway says'").push();
    gateway.push();
    return gateway.conflicts().get(0);
  }

  private Conflict conflictOfTheEnd() throws Exception {
    server.update("House", 1, "endDate", "2027-01-01T00:00:00");
    gateway.sql("UPDATE House SET endDate = '2028-01-01 00:00:00'").push();
    gateway.push();
    return gateway.conflicts().get(0);
  }

  private Object address() {
    return String.valueOf(server.rows("House").get(0).get("address"));
  }

  private void assertThatBothHave(String address) throws Exception {
    assertThat(gateway.push().taken().done()).isEmpty();
    assertThat(server.rows("House")).extracting("address").containsExactly(address);
    assertThat(gateway.column("SELECT address FROM House")).containsExactly(address);
  }
}
