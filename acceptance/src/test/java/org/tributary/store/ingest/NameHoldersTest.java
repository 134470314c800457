package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;

/** Which machine may go by a gateway's name. */
class NameHoldersTest {

  @ParameterizedTest
  @EnumSource
  void greet_byTwoLiveMachinesOfOneIdentity_stopsBothUntilSomebodyDecides(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed card = new Feed(central, "gw").booted("one");
      Feed copy = new Feed(central, "gw").booted("two");
      card.greet();
      copy.greet(); // might be the same machine, started anew

      assertThatThrownBy(card::greet)
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("Two machines go by gateway \"gw\"")
          .hasMessageContaining("tributary gateway release gw");
      assertThatThrownBy(copy::greet).hasMessageContaining("Two machines");
      assertThatThrownBy(() -> copy.whole(DEPLOYMENT, row(1, "D", null, null, null)))
          .isInstanceOf(RefusedGatewayException.class);
      assertThat(central.ingest.gateway(card.id).orElseThrow().stopped()).isPresent();

      try (GatewayDesk desk = desk(central)) {
        assertThat(desk.release(card.id, "ann")).contains(true);
      }
      card.greet();
      card.greet();
      assertThat(central.ingest.gateway(card.id).orElseThrow().stopped()).isEmpty();
      copy.greet();
      assertThatThrownBy(card::greet).as("both are still there").hasMessageContaining("Two");
    }
  }

  @Test
  void greet_afterEachRestartOfOneMachine_isAnswered() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed gateway = new Feed(central, "gw");
      for (int boot = 0; boot < 40; boot++) {
        gateway.booted("boot " + boot).greet();
        gateway.greet(); // two processes, or one from cron
        central.clock.advance(Duration.ofHours(boot % 2 == 0 ? 30 : -29)); // clocks jump
      }

      assertThat(central.ingest.gateway(gateway.id).orElseThrow().stopped()).isEmpty();
      assertThatThrownBy(() -> gateway.booted("boot 9").greet()).hasMessageContaining("Two");
    }
  }

  @Test
  void greet_byMachinesThatDontSayWhenTheyStarted_isAnswered() throws Exception {
    try (Central central = new Central(TestEngine.SQLITE)) {
      Feed old = new Feed(central, "gw");
      Feed upgraded = new Feed(central, "gw").booted("one");
      old.greet();
      upgraded.greet();
      old.greet();
      upgraded.greet();

      assertThat(central.ingest.gateway(old.id).orElseThrow().stopped()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_byAnotherMachineWithAPermission_takesTheNameAtOnceAndForGood(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed before = central.gateway("gw").booted("a");
      Feed next = new Feed(central, "gw").on("next").booted("b");
      Feed third = new Feed(central, "gw").on("third").booted("c");
      assertThatThrownBy(next::greet).hasMessageContaining("tributary gateway restore-permit gw");
      permit(central, before);

      next.greet();

      assertThatThrownBy(before::greet)
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("This machine was replaced: another (house-next)");
      assertThatThrownBy(third::greet)
          .as("it is the first one's")
          .hasMessageContaining("house-next");
      central.clock.advance(Duration.ofDays(30));
      assertThatThrownBy(before::greet).hasMessageContaining("replaced");
      next.greet();
      try (GatewayDesk desk = desk(central)) {
        assertThat(desk.release(before.id, "ann")).contains(false);
      }
      central.clock.advance(Duration.ofHours(2));
      before.greet();
    }
  }

  /** What it says is what a greeting is told; nobody is stopped or replaced by asking. */
  @ParameterizedTest
  @EnumSource
  void trial_changesNothing(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      GreetingTrial trial = new GreetingTrial(central.database, central.clock);
      Feed before = central.gateway("gw").booted("a");
      before.greet();
      Feed next = new Feed(central, "gw").on("next").booted("b");

      assertThat(trial.of(before.greeting())).isEmpty();
      assertThatThrownBy(() -> trial.of(next.greeting()))
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("Another machine or database (on house-machine)");
      permit(central, before);
      assertThat(trial.of(next.greeting()).orElseThrow().hostname()).isEqualTo("house-machine");
      before.greet();
      before.booted("c").greet();

      assertThatThrownBy(() -> trial.of(before.booted("a").greeting()))
          .hasMessageContaining("Two machines go by gateway");
      assertThat(central.ingest.gateway(before.id).orElseThrow().stopped()).isEmpty();
      next.greet();
      assertThat(trial.of(new Feed(central, "newcomer").greeting())).isEmpty();
      assertThat(central.ingest.gateway(new Feed(central, "newcomer").id)).isEmpty();
    }
  }

  static GatewayDesk desk(Central central) throws Exception {
    return GatewayDesk.open(central.database.url(), Access.WRITE, central.clock);
  }

  static void permit(Central central, Feed gateway) throws Exception {
    try (GatewayDesk desk = desk(central)) {
      desk.permit(gateway.id, Duration.ofHours(24), Optional.empty(), Optional.empty(), "operator");
    }
  }
}
