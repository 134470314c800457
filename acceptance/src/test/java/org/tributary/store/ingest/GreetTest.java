package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.READING;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Welcome;

class GreetTest {

  @ParameterizedTest
  @EnumSource
  void greet_tellsWhatCentralHasAndTakes(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = new Feed(central, "gw");

      Welcome first = gateway.greet();
      gateway.whole(
          DEPLOYMENT, row(1, "D", null, null, null), row(2, "x".repeat(256), null, null, null));
      gateway.whole(DEPLOYMENT, row(1, "D", null, null, null));
      Welcome second = gateway.greet();

      assertThat(first.positions()).isEmpty();
      assertThat(first.untrusted()).isEmpty();
      assertThat(first.setAside()).isZero();
      assertThat(first.now()).isEqualTo(Central.NOW);
      assertThat(first.trustedUntil()).isEqualTo(Central.NOW.plus(Rule.AHEAD_TRUSTED));
      assertThat(first.maxRows()).isEqualTo(10_000);
      assertThat(second.positions())
          .containsOnlyKeys("Deployment")
          .containsValue(Position.fingerprint("fingerprint 1"));
      assertThat(second.setAside()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_notesTheGatewaysClock(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      GatewayId id = new GatewayId("slow");
      central.ingest.greet(
          new Greeting(id, "m", "pi", "0.1.0", 1, Central.NOW.minusMillis(90_500)), "0.1.0");
      central.clock.advance(Duration.ofMinutes(5));
      central.ingest.greet(
          new Greeting(id, "m", "pi-2", "0.2.0", 1, central.clock.instant().plusMillis(7)),
          "0.1.0");

      GatewayStatus status = central.ingest.gateway(id).orElseThrow();
      assertThat(status.clockOffsetMillis()).isEqualTo(7);
      assertThat(status.hostname()).isEqualTo("pi-2");
      assertThat(status.version()).isEqualTo("0.2.0");
      assertThat(status.firstContact()).isEqualTo(Central.NOW);
      assertThat(status.lastContact()).isEqualTo(Central.NOW.plusSeconds(300));
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_byATwinWithTheSameName_isRefusedForAnHour(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      central.clock.advance(Duration.ofMinutes(20));
      gateway.greet();
      central.clock.advance(Duration.ofMinutes(59));
      Feed twin = new Feed(central, "gw").on("another machine");

      assertThatThrownBy(twin::greet)
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("\"gw\"")
          .hasMessageContaining("house-machine")
          .hasMessageContaining("2016-06-01T13:20:00Z");
      gateway.greet();
      central.clock.advance(Duration.ofHours(1));
      twin.greet();

      assertThatThrownBy(gateway::greet).isInstanceOf(RefusedGatewayException.class);
      assertThat(central.ingest.gateways()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accept_fromAGatewayThatNeverGreeted_isRefused(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = new Feed(central, "stranger");

      assertThatThrownBy(() -> gateway.whole(DEPLOYMENT, row(1, "D", null, null, null)))
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("greet");
      Batch readings =
          Feed.batch(
              READING,
              Lane.LIVE,
              Optional.empty(),
              Feed.rows(READING, row(Central.NOW, 7, 0, 1, 1.0)));
      assertThatThrownBy(() -> gateway.accept(readings))
          .isInstanceOf(RefusedGatewayException.class)
          .hasMessageContaining("greet");
      assertThat(central.rows(DEPLOYMENT)).isEmpty();
      assertThat(central.rows(READING)).isEmpty();
      assertThat(central.ingest.gateway(gateway.id)).isEmpty();
      assertThat(central.ingest.setAside(gateway.id, SetAsideFilter.ALL, 0, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void greet_underNamesThatDifferInCase_isByTwoGateways(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      central.gateway("gw");
      new Feed(central, "GW").on("another machine").greet();

      assertThat(central.ingest.gateways()).hasSize(2);
    }
  }
}
