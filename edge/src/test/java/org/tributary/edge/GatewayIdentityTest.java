package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;

class GatewayIdentityTest {

  static final Path FOLDER = Path.of("/var/lib/house");

  @Test
  void of_withTheSameConfiguration_isTheSameEachTime() {
    assertThat(GatewayIdentity.of(config("sqlite:///house.db", Optional.empty()), "1"))
        .isEqualTo(GatewayIdentity.of(config("sqlite:///house.db", Optional.empty()), "1"));
  }

  @Test
  void of_whenUpgraded_isStillTheSameGateway() {
    EdgeConfig config = config("sqlite:///house.db", Optional.empty());

    GatewayIdentity before = GatewayIdentity.of(config, "1");
    GatewayIdentity after = GatewayIdentity.of(config, "2");

    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.machine()).isEqualTo(before.machine());
  }

  @Test
  void of_withAnotherDatabase_isAnotherGateway() {
    GatewayIdentity one = identity("sqlite:///house.db", "pi", "m1");
    GatewayIdentity other = identity("sqlite:///garden.db", "pi", "m1");

    assertThat(other.id()).isNotEqualTo(one.id());
    assertThat(other.machine()).isNotEqualTo(one.machine());
  }

  @Test
  void of_onAnotherMachineOfTheSameName_isAnotherGateway() {
    GatewayIdentity one = identity("sqlite:///house.db", "raspberrypi", "m1");
    GatewayIdentity other = identity("sqlite:///house.db", "raspberrypi", "m2");

    assertThat(other.id()).isNotEqualTo(one.id());
  }

  @Test
  void of_whenOnlyThePasswordChanges_isTheSameGateway() {
    GatewayIdentity before = identity("mysql://u:canary1@127.0.0.1/ch", "pi", "m1");
    GatewayIdentity after = identity("mysql://u:canary2@127.0.0.1/ch", "pi", "m1");

    assertThat(after).isEqualTo(before);
  }

  @Test
  void of_whenANameIsConfigured_takesItAndStillTellsMachinesApart() {
    GatewayIdentity one =
        GatewayIdentity.of(config("sqlite:///h.db", Optional.of("house-17")), "1", "pi", "m1");
    GatewayIdentity other =
        GatewayIdentity.of(config("sqlite:///h.db", Optional.of("house-17")), "1", "pi", "m2");

    assertThat(one.id().value()).isEqualTo("house-17");
    assertThat(other.id()).isEqualTo(one.id());
    assertThat(other.machine()).isNotEqualTo(one.machine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pi",
        "RaspberryPi",
        "",
        ".",
        "..",
        "my_host",
        "Büro",
        "хаус",
        "家",
        "🏠",
        "a b\tc",
        "x/../y",
        "host.example.org.",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void of_whateverTheHostIsCalled_isAGatewaysName(String hostname) {
    GatewayIdentity identity = identity("sqlite:///house.db", hostname, "m1");

    assertThat(identity.id().value())
        .matches("[A-Za-z0-9._-]{1,64}")
        .endsWith("-" + identity.machine().substring(0, 6));
    assertThat(identity.hostname()).isEqualTo(hostname);
  }

  @Test
  void of_whenTwoHostsDifferInOddLettersOnly_tellsThemApartByTheirMachines() {
    assertThat(identity("sqlite:///house.db", "家", "m1").id())
        .isNotEqualTo(identity("sqlite:///house.db", "室", "m2").id());
  }

  private static GatewayIdentity identity(String local, String hostname, String machineId) {
    return GatewayIdentity.of(config(local, Optional.empty()), "1", hostname, machineId);
  }

  private static EdgeConfig config(String local, Optional<String> gateway) {
    return new EdgeConfig(
        FOLDER.resolve("synchronise.conf"),
        DatabaseUrl.parse(local, FOLDER),
        WallClock.UTC,
        gateway,
        10,
        Duration.ofMinutes(10),
        List.of(),
        List.of(),
        HistoryConfig.DEFAULT);
  }
}
