package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.cli.GatewayFolder.Ran;

/** {@code status} and {@code push --dry-run} against a real central. */
class StatusCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Central central;
  GatewayFolder gateway;
  LoggerFile logger;

  @BeforeEach
  void setUp() throws Exception {
    central = new Central(centralFolder.resolve("central.db"));
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    logger = gateway.logger();
    logger.withReading("2026-03-01 12:00:00", 37).withReading("2026-03-01 12:05:00", 37);
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void status_beforeTheFirstPush_saysThatAllWaits() {
    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .anyMatch(line -> line.matches("central: WAITING, 2 readings safe here - central does .*"))
        .contains(
            "  last contact  never, says central",
            "                Node               1 row, the whole table",
            "                Reading           2 rows from its beginning",
            "  set aside     nothing");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void status_afterAPush_saysThatAllIsSent() throws Exception {
    gateway.push();

    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .contains(
            "central: ALL SENT - nothing waits here, and central keeps nothing apart.",
            "  clock         agreed with central's at the last contact",
            "  waiting       nothing")
        .anyMatch(line -> line.startsWith("  last sample   2026-03-01 12:05:00 UTC, "));
    assertThat(ran.exit()).isZero();
  }

  @Test
  void status_whenRowsHaveComeSince_countsThemBehindTheirPosition() throws Exception {
    gateway.push();
    logger
        .withReading("2026-03-01 12:10:00", 37)
        .run("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (38, 1, 0)");

    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .contains(
            "central: WAITING, 1 reading safe here - the next push sends them.",
            "  waiting       Node              2 rows, the whole table",
            "                Reading            1 row after [2026-03-01T12:05:00Z, 37, 0]");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void status_withRowsStampedSomeMinutesAhead_saysThatTheyAreHeldBackUntilThen() throws Exception {
    gateway.push();
    Instant ahead = Instant.now().plusSeconds(1_800).truncatedTo(ChronoUnit.SECONDS);
    logger.withReading(ahead.toString().replace('T', ' ').replace("Z", ""), 37);

    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .contains(
            "central: WAITING, 1 reading safe here - stamped ahead of this machine's clock, and"
                + " sent once it is that late.")
        .anyMatch(line -> line.endsWith("; 1 of them stamped ahead of the clock, held back"));
  }

  @Test
  void status_withRowsSetAside_saysHowManyByRuleAndWhy() throws Exception {
    logger
        .withReading("2026-03-01 12:10:00", 99)
        .withReading("2026-03-01 12:15:00", 99)
        .withReading("2099-01-01 00:00:00", 37);
    gateway.push();

    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .contains(
            "central: ACTION NEEDED - central keeps 3 rows apart: most of them belong to a node, a"
                + " place or a sensor type that is not there. Register it in this gateway's"
                + " database; the next push brings it, and they are stored by themselves.",
            "  waiting       nothing",
            "  set aside     3 rows: 1 clock untrusted, 2 parent missing",
            "                parent missing, the first:",
            "                clock untrusted, the first:")
        .anyMatch(
            line -> line.startsWith("                  Reading [2026-03-01T12:10:00Z, 99, 0]: "));
    assertThat(ran.exit()).isEqualTo(ExitCode.SET_ASIDE.number());
  }

  @Test
  void status_whenSomethingWasEditedAtCentral_saysHowMuchAndWhatWouldTakeIt() throws Exception {
    gateway.push();
    Sql.run(
        centralFolder.resolve("central.db"),
        "UPDATE House SET address = 'The Mill', endDate = '2026-04-01 00:00:00'");

    assertThat(gateway.run("status").lines())
        .contains(
            "  edited there  2 fields of metadata at central, not taken: metadata = both in"
                + " [central] takes such edits");
  }

  @Test
  void status_whileCentralIsAway_saysWhatTheLastPushNoted() throws Exception {
    gateway.push();
    central.close();
    logger.withReading("2026-03-01 12:10:00", 37);

    Ran ran = gateway.run("status");

    assertThat(ran.lines())
        .anyMatch(
            line ->
                line.matches(
                    "central: WAITING FOR NETWORK, 1 reading safe here - no contact for .* nothing"
                        + " answers there"))
        .anyMatch(line -> line.startsWith("  last sample   2026-03-01 12:05:00 UTC, "))
        .contains("  waiting       Reading            1 row after [2026-03-01T12:05:00Z, 37, 0]")
        .noneMatch(line -> line.contains("ALL SENT"));
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void status_whileCentralIsAwayAndNothingWaits_isNotGreen() throws Exception {
    gateway.push();
    central.close();

    Ran ran = gateway.run("status");

    assertThat(ran.out())
        .contains("WAITING FOR NETWORK - ", "nothing waits here, as far as the last push knew")
        .doesNotContain("ALL SENT");
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }

  @Test
  void status_whenItsNotesAreGone_asksCentralAndKnowsAllTheSame() throws Exception {
    gateway.push();
    try (var notes = Files.list(gatewayFolder.resolve("push-state"))) {
      for (Path file : notes.toList()) {
        Files.delete(file);
      }
    }

    assertThat(gateway.run("status").out()).contains("ALL SENT", "2026-03-01 12:05:00 UTC");
  }

  @Test
  void status_withoutTables_namesThemAndEndsWithTheLocalDatabasesCode() throws Exception {
    logger.run("DROP TABLE NodeState");

    Ran ran = gateway.run("status");

    assertThat(ran.out()).contains("central: ACTION NEEDED - ", "lacks NodeState");
    assertThat(ran.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
  }

  @Test
  void status_withAWrongConfiguration_endsWithItsCode() throws Exception {
    gateway.configure("[general]\nlocalurl = nonsense\n");

    Ran ran = gateway.run("status");

    assertThat(ran.out()).contains("synchronise.conf:2: localurl: not a database URL");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void status_ofADatabaseBehindSshWithoutItsKey_needsAction() throws Exception {
    gateway.configure(
        """
        [general]
        localurl = sqlite:///house.db
        [locations]
        old = 1
        [old]
        url = host.example
        sshfolder = .
        sshkey = lost_key
        dbstring = mysql://user@127.0.0.1/house
        """);

    Ran ran = gateway.run("status");

    assertThat(ran.lines()).anyMatch(line -> line.matches("old: ACTION NEEDED - .*lost_key.*"));
    assertThat(ran.exit()).isEqualTo(ExitCode.REFUSED.number());
  }

  @Test
  void dryRun_saysWhatEachTableWouldSend() throws Exception {
    gateway.push();
    logger.withReading("2026-03-01 12:10:00", 37).withReading("2099-01-01 00:00:00", 37);

    Ran ran = gateway.run("push", "--dry-run");

    assertThat(ran.lines())
        .contains(
            "central: WAITING - a push would send 2 rows:",
            "  House         nothing",
            "  Reading             2 rows after [2026-03-01T12:05:00Z, 37, 0]; 1 of them stamped in"
                + " the future, to be set aside",
            "Nothing was sent, and nothing was changed.");
    assertThat(ran.exit()).isZero();
  }

  @Test
  void dryRun_afterARefusal_saysWhyAndThatItWouldGoNow() throws Exception {
    gateway.push();
    logger.withReading("2026-03-01 12:10:00", 37);
    gateway.refusedBefore("the node is another's");

    Ran ran = gateway.run("push", "--dry-run");

    assertThat(ran.lines())
        .contains(
            "central: ACTION NEEDED - central answers, and a push would try again and send 1 row;"
                + " the last one was refused: the node is another's");
  }

  @Test
  void dryRun_withRowsSetAside_saysThatTheyAreToBeLookedAt() throws Exception {
    logger.withReading("2026-03-01 12:10:00", 99);
    gateway.push();

    assertThat(gateway.run("push", "--dry-run").lines())
        .contains(
            "central: ACTION NEEDED - look at the rows that are kept apart. Of the others a push"
                + " would send nothing.",
            "  Central keeps 1 row apart; see tributary status.");
  }

  @Test
  void dryRun_changesNeitherCentralNorAFile() throws Exception {
    var before = gateway.hashes();

    gateway.run("push", "--dry-run");
    gateway.run("status");
    gateway.run("doctor");

    assertThat(gateway.hashes()).isEqualTo(before);
    assertThat(central.gateways()).isEqualTo("[]");
  }

  @Test
  void dryRun_besideALoggerWithAWriteAheadLog_changesNoFileEither() throws Exception {
    logger.run("PRAGMA journal_mode=WAL");
    try (Connection logging = logger.connect();
        Statement statement = logging.createStatement()) {
      statement.execute("INSERT INTO Reading (time, nodeId, type) VALUES ('2026-03-02', 37, 0)");
      var before = gateway.hashes();

      Ran ran = gateway.run("push", "--dry-run");

      assertThat(ran.out()).contains("Reading             3 rows from its beginning");
      assertThat(gateway.hashes()).isEqualTo(before);
    }
  }

  @Test
  void dryRun_thenAPush_sendsWhatWasSaid() throws Exception {
    gateway.push();
    logger.withReading("2026-03-01 12:10:00", 37);
    assertThat(gateway.run("push", "--dry-run").out()).contains("would send 1 row:");

    gateway.push();

    assertThat(gateway.run("push", "--dry-run").out()).contains("would send nothing.");
  }

  @Test
  void dryRun_whileCentralIsAway_goesByTheLastPush() throws Exception {
    gateway.push();
    central.close();

    Ran ran = gateway.run("push", "--dry-run");

    assertThat(ran.out()).contains("a push would not get through", "the next would send nothing.");
    assertThat(ran.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
  }
}
