package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/** {@code verify} and {@code resend} against a real central. */
class VerifyCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Path centralFile;
  Central central;
  GatewayFolder gateway;
  LoggerFile logger;

  @BeforeEach
  void setUp() throws Exception {
    centralFile = centralFolder.resolve("central.db");
    central = new Central(centralFile);
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    logger =
        gateway
            .logger()
            .withReading("2026-03-01 12:00:00", 37)
            .withReading("2026-03-01 12:05:00", 37)
            .withReading("2026-03-02 12:00:00", 37)
            .run(
                "INSERT INTO NodeState (time, nodeId, seq_num) VALUES ('2026-03-01 12:00:00', 37, 1)");
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void verify_beforeTheFirstPush_saysToPushFirst() {
    Ran ran = gateway.run("verify");

    assertThat(ran.out()).contains("central: ", "\"house12\": push first");
    assertThat(ran.exit()).isEqualTo(ExitCode.REFUSED.number());
  }

  @Test
  void verify_afterAPush_saysThatAllIsTheSame() throws Exception {
    gateway.push();

    Ran ran = gateway.run("verify");

    assertThat(ran.lines()).containsExactly("central: all 4 rows are the same at both ends");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void verify_withRowsThatWaitForTheNextPush_countsThemApart() throws Exception {
    gateway.push();
    logger.withReading("2026-03-03 12:00:00", 37);

    Ran ran = gateway.run("verify");

    assertThat(ran.lines())
        .containsExactly(
            "central: all 4 rows are the same at both ends",
            "1 row here not compared besides: waiting for the next push, without a time that is"
                + " trusted, or there twice");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void verify_whenCentralLacksRowsOrHasOthers_namesTheDaysAndChangesNothing() throws Exception {
    gateway.push();
    Sql.run(
        centralFile,
        "DELETE FROM Reading WHERE time LIKE '2026-03-01 12:05%'",
        "UPDATE Reading SET value = 1.5 WHERE time LIKE '2026-03-02%'",
        "DELETE FROM NodeState");

    Ran ran = gateway.run("verify");

    assertThat(ran.lines())
        .containsExactlyInAnyOrder(
            "central: 4 rows compared; not the same:",
            "table      day            node    rows here   rows there",
            "NodeState  2026-03-01       37            1            0",
            "Reading    2026-03-01       37            2            1",
            "Reading    2026-03-02       37            1            1",
            "tributary verify --repair sends what differs.");
    assertThat(ran.exit()).isEqualTo(ExitCode.DIFFERENT.number());
    assertThat(readings()).isEqualTo("2");
  }

  @Test
  void verifyWithRepair_sendsWhatDiffersAndNothingElse() throws Exception {
    gateway.push();
    Sql.run(
        centralFile,
        "DELETE FROM Reading WHERE time LIKE '2026-03-01 12:05%'",
        "UPDATE Reading SET value = 1.5 WHERE time LIKE '2026-03-02%'",
        "DELETE FROM NodeState");

    Ran ran = gateway.run("verify", "--repair");

    assertThat(ran.lines())
        .contains("Now both ends are the same.")
        .anyMatch(
            line ->
                line.matches(
                    "[34] rows sent; 3 were missing or others there; 0 kept there that are not"
                        + " here; 0 deleted there"));
    assertThat(ran.exit()).isZero();
    assertThat(gateway.run("verify").out()).contains("all 4 rows are the same");
    assertThat(readings()).isEqualTo("3");
    assertThat(Sql.ask(centralFile, "SELECT COUNT(*) FROM Reading WHERE value = 20.5"))
        .isEqualTo("3");
  }

  @Test
  void verifyWithRepair_whenTheGatewayHasFewerRows_keepsThemAndSaysSo() throws Exception {
    gateway.push();
    logger.run("DELETE FROM Reading WHERE time LIKE '2026-03-01 12:05%'");

    Ran ran = gateway.run("verify", "--repair");

    assertThat(ran.out()).contains("1 kept there that are not here; 0 deleted there");
    assertThat(ran.exit()).isZero();
    assertThat(readings()).isEqualTo("3");
    assertThat(gateway.run("verify").out()).contains("are the same at both ends");
  }

  @Test
  void verifyWithRepair_ofAGatewayThatIsMirrored_deletesThemThere() throws Exception {
    gateway.push();
    gateway.configure(
        """
        [general]
        localurl = sqlite:///house.db
        gateway = house12
        deletes = mirror
        [locations]
        central = 1
        [central]
        url = %s
        """
            .formatted(central.url()));
    logger.run("DELETE FROM Reading WHERE time LIKE '2026-03-01 12:05%'");

    Ran ran = gateway.run("verify", "--repair");

    assertThat(ran.out()).contains("0 kept there that are not here; 1 deleted there");
    assertThat(ran.exit()).isZero();
    assertThat(readings()).isEqualTo("2");
    assertThat(Sql.ask(centralFile, "SELECT kind FROM tributary_correction")).isEqualTo("DELETED");
  }

  @Test
  void verify_withRowsOfThePastThatCannotBeRead_namesThemAndRepairSetsThemAside() throws Exception {
    gateway.push();
    logger
        .run("INSERT INTO Reading VALUES ('2026-02-27 09:00:00', 37, 0, 1, 'abc')")
        .run("INSERT INTO Reading VALUES ('2026-03-01T25:00:00', 37, 0, 1, 1.5)")
        .run("INSERT INTO Reading VALUES ('2026-01', 37, 0, 1, 1.5)");

    Ran ran = gateway.run("verify");
    Ran repaired = gateway.run("verify", "--repair");

    assertThat(ran.lines())
        .containsExactlyInAnyOrder(
            "central: all 4 rows are the same at both ends",
            "3 rows here can't be read, so not compared; tributary verify --repair sets aside at"
                + " central what is not so yet:",
            "  Reading [2026-01, 37, 0]: time is no time: \"2026-01\"",
            "  Reading [2026-02-27T09:00:00Z, 37, 0]: value is no number: \"abc\"",
            "  Reading [2026-03-01T25:00:00, 37, 0]: time is no time: \"2026-03-01T25:00:00\"");
    assertThat(ran.exit()).isEqualTo(ExitCode.SET_ASIDE.number());
    assertThat(repaired.lines())
        .containsExactly(
            "central: all 4 rows are the same at both ends",
            "3 rows here can't be read, so not compared; set aside at central: tributary status");
    assertThat(repaired.exit()).isEqualTo(ExitCode.SET_ASIDE.number());
    assertThat(setAside()).isEqualTo("3");
  }

  @Test
  void verify_afterAValueWasMadeUnreadable_keepsTheOneThatCentralHas() throws Exception {
    gateway.push();
    logger.run("UPDATE Reading SET value = 'xyz' WHERE time LIKE '2026-03-02%'");

    Ran ran = gateway.run("verify");
    Ran repaired = gateway.run("verify", "--repair");
    Ran after = gateway.run("verify");
    logger.run("UPDATE Reading SET value = 21.5 WHERE time LIKE '2026-03-02%'");
    Ran mended = gateway.run("verify", "--repair");

    assertThat(ran.out()).contains("central: 3 rows compared; not the same:", "1 row here can't");
    assertThat(ran.exit()).isEqualTo(ExitCode.DIFFERENT.number());
    assertThat(repaired.out())
        .contains("Now both ends are the same, but for those that can't be read.");
    assertThat(after.out()).contains("all 3 rows are the same", "1 row here can't be read");
    assertThat(after.exit()).isEqualTo(ExitCode.SET_ASIDE.number());
    assertThat(mended.exit()).isZero();
    assertThat(setAside()).isEqualTo("0");
    assertThat(readings()).isEqualTo("3");
    assertThat(Sql.ask(centralFile, "SELECT value FROM Reading WHERE time LIKE '2026-03-02%'"))
        .isEqualTo("21.5");
  }

  @Test
  void verify_whileCentralIsAway_saysSo() throws Exception {
    gateway.push();
    central.close();

    Ran ran = gateway.run("verify");

    assertThat(ran.out()).startsWith("central: ");
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void verify_ofARemoteThatIsNotThere_saysSo() {
    Ran ran = gateway.run("verify", "--remote", "elsewhere");

    assertThat(ran.out()).contains("There is no remote elsewhere switched on");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void resend_ofAHouseAndADay_sendsAllOfItOnceMoreAndNothingOfAnother() throws Exception {
    logger
        .run("INSERT INTO House (id, deploymentId, address) VALUES (2, 1, '2 High Street')")
        .run("INSERT INTO Location (id, houseId, roomId) VALUES (2, 2, 1)")
        .run("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 2, 0)")
        .run(
            "INSERT INTO Reading (time, nodeId, type, locationId, value)"
                + " VALUES ('2026-03-01 12:01:00', 38, 0, 2, 20.5)");
    gateway.push();
    Sql.run(centralFile, "DELETE FROM Reading");

    Ran ran =
        gateway.run(
            "resend", "--house", "1 High Street", "--from", "2026-03-01", "--to", "2026-03-01");

    assertThat(ran.lines()).containsExactly("central: 3 rows sent; 2 were missing or others there");
    assertThat(ran.exit()).isZero();
    assertThat(Sql.ask(centralFile, "SELECT GROUP_CONCAT(DISTINCT nodeId) FROM Reading"))
        .isEqualTo("37");
    assertThat(readings()).isEqualTo("2");
  }

  @Test
  void resend_ofWhatCentralHas_changesNothing() throws Exception {
    gateway.push();

    Ran ran =
        gateway.run(
            "resend", "--house", "1 High Street", "--from", "2026-02-27", "--to", "2026-03-04");

    assertThat(ran.lines()).containsExactly("central: 4 rows sent; 0 were missing or others there");
    assertThat(gateway.run("verify").out()).contains("all 4 rows are the same at both ends");
  }

  @Test
  void resend_ofAHouseThatIsNotThere_namesThoseThatAre() throws Exception {
    gateway.push();

    Ran ran =
        gateway.run("resend", "--house", "Nowhere", "--from", "2026-03-01", "--to", "2026-03-01");

    assertThat(ran.out()).contains("There is no house \"Nowhere\" here; there is: 1 High Street");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void resend_ofADayThatIsNone_saysInOneLineWhatIsExpected() {
    Ran ran =
        gateway.run(
            "resend", "--house", "1 High Street", "--from", "2026-02-30", "--to", "2026-03-01");

    assertThat(ran.lines())
        .containsExactly(
            "Invalid value for option '--from': \"2026-02-30\" is no day; expected one such"
                + " as 2024-05-01",
            "See tributary resend --help");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void resend_fromADayThatIsLater_isRefused() {
    Ran ran =
        gateway.run(
            "resend", "--house", "1 High Street", "--from", "2026-03-02", "--to", "2026-03-01");

    assertThat(ran.out()).contains("--to is before --from");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  private String setAside() throws Exception {
    return Sql.ask(centralFile, "SELECT COUNT(*) FROM tributary_setaside");
  }

  private String readings() throws Exception {
    return Sql.ask(centralFile, "SELECT COUNT(*) FROM Reading");
  }
}
