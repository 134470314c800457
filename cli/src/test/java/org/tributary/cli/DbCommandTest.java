package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbCommandTest {

  @TempDir Path folder;
  Path file;
  String url;
  final List<String> asked = new ArrayList<>();

  @BeforeEach
  void create() throws Exception {
    file = folder.resolve("house.db");
    url = "sqlite:///" + file;
    Sql.run(
        file,
        "CREATE TABLE House (id INTEGER NOT NULL PRIMARY KEY, address VARCHAR(255))",
        "CREATE TABLE Room (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20))",
        "CREATE TABLE Node (id INTEGER NOT NULL PRIMARY KEY, houseId INTEGER, roomId INTEGER)",
        "CREATE TABLE Reading (id INTEGER NOT NULL PRIMARY KEY, time DATETIME, nodeId INTEGER,"
            + " type INTEGER, value FLOAT)",
        "INSERT INTO House VALUES (1, '1 Mill Lane')",
        "INSERT INTO Room VALUES (1, 'Attic')",
        "INSERT INTO Node VALUES (37, 1, 1)",
        "INSERT INTO Reading VALUES (1, '2012-01-01 00:00:00.000000', 37, 20, 1.5)");
  }

  private CommandRun upgrade(String answer, String... arguments) {
    return CommandRun.ofCommand(
        new DbUpgradeCommand(
            Optional.of(
                prompt -> {
                  asked.add(prompt);
                  return answer;
                })),
        arguments);
  }

  @Test
  void info_ofAnOriginalDatabase_saysRevisionRowsAndWhatIsMissing() {
    CommandRun run = CommandRun.of("db", "info", "--url", url);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("is an original Cogent-house database")
        .contains("does not say its revision")
        .contains("By its tables it is of revision before the first revision to 4a90237e5674 (1 of")
        .containsPattern("(?m)Reading +1 row$")
        .contains("table Location is missing")
        .contains("column Node.locationId is missing")
        .contains("Push from it: not as it stands, it lacks ")
        .contains("Push to it: with its own web interface before it (transport = rest), which")
        .doesNotContain("SSH");
  }

  @Test
  void info_ofOthers_saysWhatTheyAre() throws Exception {
    Path other = folder.resolve("other.db");
    Sql.run(other, "CREATE TABLE Invoice (id)");
    Path ours = folder.resolve("ours.db");
    LoggerFile.create(ours);
    Path empty = Files.createFile(folder.resolve("empty.db"));

    assertThat(CommandRun.of("db", "info", "--url", "sqlite:///" + other).out())
        .contains("has no tables of a sensor database");
    assertThat(CommandRun.of("db", "info", "--url", "sqlite:///" + ours).out())
        .contains("is a database of this program, of revision")
        .contains("the newest")
        .contains("Push from it: as it stands");
    assertThat(CommandRun.of("db", "info", "--url", "sqlite:///" + empty).out())
        .contains("is empty");
    assertThat(CommandRun.of("db", "info", "--url", "sqlite:///" + folder + "/none.db").exit())
        .isEqualTo(ExitCode.LOCAL_DATABASE.number());
  }

  @Test
  void upgrade_onceTheNameIsTyped_bringsItToTheLatestRevision() throws Exception {
    Path saved = folder.resolve("before.sql");

    CommandRun run = upgrade("house.db", "--url", url, "--save", saved.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(asked).singleElement().asString().contains("(house.db)");
    assertThat(run.out())
        .contains("CREATE TABLE Reading")
        .contains("is at the latest revision now");
    assertThat(Files.readString(saved))
        .contains("CREATE TABLE Node (")
        .contains("-- Reading: 1 row\n");
    assertThat(Sql.ask(file, "SELECT type || ' ' || value || ' ' || locationId FROM Reading"))
        .isEqualTo("40 1.5 1");
    assertThat(Sql.ask(file, "SELECT version_num FROM alembic_version")).isEqualTo("b90c0470e9da");
    assertThat(CommandRun.of("db", "info", "--url", url).out()).contains("Push from it: as it");
    assertThat(upgrade("", "--url", url).out()).contains("is at the latest revision,");
  }

  @Test
  void upgrade_thatAsksForTheSensorTypes_keepsTheDefinitionsFirst() throws Exception {
    Path saved = folder.resolve("before.sql");
    Sql.run(
        file,
        "ALTER TABLE Node ADD COLUMN locationId INTEGER",
        "CREATE TABLE NodeState (time DATETIME, nodeId INTEGER, seq_num INTEGER, rssi FLOAT)");

    CommandRun run = upgrade("house.db", "--url", url, "--save", saved.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.LOCAL_DATABASE.number());
    assertThat(run.err()).contains("--sensor-types old");
    assertThat(Files.readString(saved)).contains("CREATE TABLE Node (");
  }

  @Test
  void upgrade_asDryRunOrWithAnotherAnswer_changesNothing() throws Exception {
    CommandRun dry = upgrade("", "--url", url, "--dry-run");
    CommandRun refused = upgrade("yes", "--url", url);
    CommandRun nobody = CommandRun.ofCommand(new DbUpgradeCommand(Optional.empty()), "--url", url);

    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("31851b4865f1").contains("Nothing has been changed.");
    assertThat(refused.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(refused.err()).contains("nothing has been changed");
    assertThat(nobody.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(Sql.ask(file, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'"))
        .isEqualTo("4");
  }

  @Test
  void upgrade_ofOurs_saysThatItIsAtTheNewestRevision() throws Exception {
    Path ours = folder.resolve("ours.db");
    LoggerFile.create(ours);

    CommandRun run = upgrade("", "--url", "sqlite:///" + ours, "--yes");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("is at the newest revision");
  }

  @Test
  void upgrade_ofAnythingElse_refuses() throws Exception {
    Path other = folder.resolve("other.db");
    Sql.run(other, "CREATE TABLE Invoice (id)");

    CommandRun run = upgrade("", "--url", "sqlite:///" + other, "--yes");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("nothing to upgrade");
  }
}
