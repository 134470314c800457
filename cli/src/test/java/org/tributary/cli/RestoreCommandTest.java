package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/** {@code restore}, and what an operator does for it at central. */
class RestoreCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;
  @TempDir Path secondFolder;

  Path centralFile;
  Central central;
  GatewayFolder gateway;

  @BeforeEach
  void setUp() throws Exception {
    centralFile = centralFolder.resolve("central.db");
    central = new Central(centralFile);
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    gateway.logger().withReading("2026-03-01 12:00:00", 37).withReading("2026-03-02 12:00:00", 37);
    gateway.push();
    for (String ending : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(Path.of(gateway.house() + ending));
    }
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void restore_withoutAPermission_namesTheLineToRunAtCentral() {
    Ran ran = gateway.run("restore");

    assertThat(ran.out()).contains("tributary gateway restore-permit house12 --db URL");
    assertThat(ran.exit()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(gateway.house()).doesNotExist();
  }

  @Test
  void restore_withAPermission_bringsAllBackAndIsOnRecord() throws Exception {
    assertThat(atCentral("restore-permit", "house12", "--for", "2h", "--by", "ann").out())
        .startsWith("Gateway house12 may read its rows back until ")
        .contains("tributary restore");
    assertThat(gateway.run("restore", "--dry-run").out())
        .contains("2 rows of readings and node states", "Nothing has been changed, here or there.");
    assertThat(gateway.house()).doesNotExist();

    Ran ran = gateway.run("restore", "central");

    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("verified: all that central has is the same here, 2 rows")
        .endsWith("tributary push goes on from here.\n");
    assertThat(Sql.ask(gateway.house(), "SELECT COUNT(*) FROM Reading WHERE locationId = 1"))
        .isEqualTo("2");
    assertThat(gateway.run("verify").out()).contains("all 2 rows are the same");
    assertThat(atCentral("list").out()).contains("permitted", "by ann", "finished ");
  }

  @Test
  void restore_ofSomeDays_saysThatTheseAreTheSame() {
    atCentral("restore-permit", "house12");

    Ran ran = gateway.run("restore", "--from", "2026-03-02", "--to", "2026-03-02");

    assertThat(ran.out())
        .contains("verified: all that central has of these days is the same here, 1 row");
    assertThat(gateway.run("restore", "--from", "2026-03-02", "--to", "2026-03-01").exit())
        .isEqualTo(ExitCode.USAGE.number());
  }

  /** A database of another name is another machine's to central. */
  @Test
  void doctor_whileAnotherMachineIsTheGateway_saysWhatAPushIsToldAndTakesNothing()
      throws Exception {
    GatewayFolder second = GatewayFolder.create(secondFolder, central.url());
    second.logger();

    Ran doctor = second.run("doctor");

    assertThat(doctor.out())
        .contains("Another machine or database (on ", "restore-permit house12 --db URL");
    assertThat(doctor.exit()).isEqualTo(ExitCode.REFUSED.number());
    atCentral("restore-permit", "house12");
    assertThat(second.run("doctor").out()).contains("the next push goes on in its place");
    assertThat(second.run("restore", "--dry-run", "--local", "sqlite:///new.db").out())
        .contains("restore takes its place, and it is refused from then on");
    gateway.logger();
    gateway.push();
    assertThat(gateway.run("status").exit()).isZero();
  }

  @Test
  void permit_forNobody_orForEver_isAUsageError() {
    assertThat(atCentral("restore-permit", "house13").err())
        .contains("No gateway \"house13\" has ever greeted");
    assertThat(atCentral("restore-permit", "rest").exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(atCentral("restore-permit", "house12", "--for", "32d").err()).contains("31 days");
    assertThat(atCentral("restore-permit", "house12", "--for", "soon").err()).contains("30m");
    assertThat(atCentral("restore-permit", "house12", "--revoke").out()).contains("no permission");
  }

  @Test
  void status_ofAGatewayThatIsStopped_isThatOfARefusal() throws Exception {
    gateway.logger();
    Sql.run(
        centralFile,
        "UPDATE tributary_gateway SET stopped = '2026-03-01 12:00:00', stopped_why = 'Two machines'");

    Ran status = gateway.run("status");

    assertThat(status.out()).contains("ACTION NEEDED - Two machines");
    assertThat(status.exit()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(gateway.run("doctor").out()).contains("Two machines");
    assertThat(atCentral("list").out()).contains("STOPPED: Two machines");
    assertThat(atCentral("release", "house12").out())
        .contains("is let on again", "are stopped again");
    assertThat(gateway.run("status").out()).doesNotContain("Two machines");
  }

  private CommandRun atCentral(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "gateway";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--db";
    all[words.length + 2] = "sqlite:///" + centralFile;
    return CommandRun.of(all);
  }
}
