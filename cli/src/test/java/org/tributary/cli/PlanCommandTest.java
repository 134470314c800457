package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/** {@code plan} against a real central. */
class PlanCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Central central;
  GatewayFolder gateway;
  LoggerFile logger;

  @BeforeEach
  void setUp() throws Exception {
    central = new Central(centralFolder.resolve("central.db"));
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    logger = gateway.logger().withReading("2026-03-01 12:00:00", 37);
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void plan_beforeTheFirstPush_saysWhatIsMadeAndChangesNothing() throws Exception {
    Map<String, String> before = gateway.hashes();

    Ran ran = gateway.run("plan");

    assertThat(ran.lines())
        .contains(
            "central: a push would (it has never heard of this gateway)",
            "  create 1 House",
            "    1: created: none at central with deploymentId 1, address \"1 High Street\"",
            "  1 row of readings and node states wait to be sent")
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(ran.exit()).isZero();
    assertThat(gateway.hashes()).isEqualTo(before);
    assertThat(central.gateways()).isEqualTo("[]");
  }

  @Test
  void plan_afterAPush_isQuiet() throws Exception {
    gateway.push();

    assertThat(gateway.run("plan").lines())
        .containsExactly("central: a push would match nothing anew");
  }

  @Test
  void plan_ofWhatWouldBeSetAside_saysWhyAndEndsWithFive() throws Exception {
    gateway.push();
    logger.run("UPDATE SensorType SET name = 'Another thing' WHERE id = 0");

    Ran ran = gateway.run("plan");

    assertThat(ran.out()).contains("set aside 1 row", "SensorType 0, meaning differs");
    assertThat(ran.exit()).isEqualTo(ExitCode.SET_ASIDE.number());
    assertThat(gateway.run("plan", "--json").out()).contains("\"rule\" : \"MEANING_DIFFERS\"");
  }

  @Test
  void plan_withoutCentral_saysSo() {
    central.close();

    assertThat(gateway.run("plan").exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }
}
