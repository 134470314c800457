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

class ClearDbCommandTest {

  @TempDir Path folder;
  Path file;
  String db;
  final List<String> asked = new ArrayList<>();

  @BeforeEach
  void fill() {
    file = folder.resolve("gateway.db");
    db = "sqlite:///" + file;
    assertThat(CommandRun.of("datagen", "--db", db, "--bulk", "200").exit()).isZero();
  }

  private CommandRun clear(String answer, String... arguments) {
    ClearDbCommand command =
        new ClearDbCommand(
            Optional.of(
                prompt -> {
                  asked.add(prompt);
                  return answer;
                }));
    return CommandRun.ofCommand(command, arguments);
  }

  private String rows(String table) throws Exception {
    return Sql.ask(file, "SELECT COUNT(*) FROM " + table);
  }

  @Test
  void cleardb_onceTheNameIsTyped_emptiesAllButTheSeededRows() throws Exception {
    Sql.run(
        file,
        "INSERT INTO tributary_gateway (id, name, machine, hostname, version, first_contact,"
            + " last_contact, clock_offset)"
            + " VALUES (1, 'g', 'm', 'h', 'v', '2024-01-01', '2024-01-01', 0)",
        "INSERT INTO tributary_boot VALUES (1, 'b', 1, 'h', '2024-01-01')",
        "INSERT INTO tributary_position VALUES (1, 'Reading', 'LIVE', '[]')",
        "INSERT INTO SensorType (id, name) VALUES (1000, 'made up')");

    CommandRun run = clear("gateway.db", "--db", db);

    assertThat(run.exit()).isZero();
    assertThat(asked).singleElement().asString().contains("(gateway.db)");
    assertThat(run.out()).contains(file.toString()).containsPattern("Reading +400 rows");
    for (String table :
        List.of(
            "Reading",
            "NodeState",
            "Sensor",
            "Node",
            "Location",
            "House",
            "Deployment",
            "tributary_gateway",
            "tributary_boot",
            "tributary_position")) {
      assertThat(rows(table)).as(table).isEqualTo("0");
    }
    assertThat(rows("SensorType")).isEqualTo("61");
    assertThat(rows("NodeType")).isEqualTo("13");
    assertThat(rows("Room")).isEqualTo("12");
  }

  @Test
  void cleardb_thenDatagen_works() throws Exception {
    clear("gateway.db", "--db", db);

    assertThat(CommandRun.of("datagen", "--db", db, "--bulk", "5").exit()).isZero();
    assertThat(rows("Reading")).isEqualTo("10");
  }

  @Test
  void cleardb_whenSomethingElseIsTyped_changesNothing() throws Exception {
    CommandRun run = clear("yes", "--db", db);

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("nothing has been changed");
    assertThat(rows("Reading")).isEqualTo("400");
  }

  @Test
  void cleardb_withNobodyToAsk_refuses() throws Exception {
    CommandRun run = CommandRun.ofCommand(new ClearDbCommand(Optional.empty()), "--db", db);

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("--yes");
    assertThat(rows("Reading")).isEqualTo("400");
  }

  @Test
  void cleardb_withYes_doesNotAsk() throws Exception {
    CommandRun run = clear("no", "--db", db, "--yes");

    assertThat(run.exit()).isZero();
    assertThat(asked).isEmpty();
    assertThat(rows("Reading")).isEqualTo("0");
  }

  @Test
  void cleardb_ofSomebodyElsesDatabase_emptiesChildrenBeforeParentsAndKeepsItsForm()
      throws Exception {
    Path foreign = folder.resolve("logger.db");
    Sql.run(
        foreign,
        "CREATE TABLE SensorType (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE Server (id INTEGER PRIMARY KEY, baseid INTEGER REFERENCES Node (id))",
        "CREATE TABLE House (id INTEGER PRIMARY KEY, serverid INTEGER REFERENCES Server (id))",
        "CREATE TABLE Location (id INTEGER PRIMARY KEY, houseId INTEGER REFERENCES House (id))",
        "CREATE TABLE Node (id INTEGER PRIMARY KEY, locationId INTEGER REFERENCES Location (id))",
        "CREATE TABLE NodeBoot (time TEXT, nodeId INTEGER REFERENCES Node (id))",
        "CREATE TABLE Reading (time TEXT, nodeId INTEGER REFERENCES Node (id), type INTEGER)",
        "CREATE TABLE User (name TEXT)",
        "INSERT INTO House VALUES (1, 1)",
        "INSERT INTO Location VALUES (1, 1)",
        "INSERT INTO Node VALUES (37, 1)",
        "INSERT INTO Server VALUES (1, 37)",
        "INSERT INTO NodeBoot VALUES ('2024-01-01 00:00:00', 37)",
        "INSERT INTO Reading VALUES ('2024-01-01 00:00:00', 37, 0)",
        "INSERT INTO User VALUES ('somebody')");

    CommandRun run = clear("logger.db", "--db", "sqlite:///" + foreign);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("not made by this program");
    for (String table : List.of("Reading", "NodeBoot", "Server", "Node", "Location", "House")) {
      assertThat(Sql.ask(foreign, "SELECT COUNT(*) FROM " + table)).as(table).isEqualTo("0");
    }
    assertThat(Sql.ask(foreign, "SELECT COUNT(*) FROM User")).isEqualTo("1");
    assertThat(Sql.ask(foreign, "SELECT COUNT(*) FROM SensorType")).isEqualTo("61");
    assertThat(Sql.ask(foreign, "PRAGMA journal_mode")).isEqualTo("delete");
  }

  @Test
  void cleardb_ofAnythingElse_refuses() throws Exception {
    Path other = folder.resolve("other.db");
    Sql.run(other, "CREATE TABLE Invoice (id)");

    CommandRun run = clear("other.db", "--db", "sqlite:///" + other);

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("nothing to empty");
  }

  @Test
  void cleardb_withAConfiguration_emptiesTheLocalDatabaseAndForgetsPushes() throws Exception {
    Path config = folder.resolve("house.conf");
    Files.writeString(
        config,
        """
        [general]
        localurl = sqlite:///gateway.db
        [locations]
        central = 1
        old = 1
        [central]
        url = http://127.0.0.1:1/
        [old]
        url = localhost
        dbstring = mysql://u:secret@127.0.0.1:1/pushTest
        """);
    Path state = Files.createDirectories(folder.resolve("push-state"));
    Files.createFile(state.resolve("house.central.last"));
    Path others = Files.createFile(state.resolve("garage.central.last"));

    CommandRun run = clear("gateway.db", "--config", config.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("central is left as it is")
        .contains("old is left as it is: it is reached through SSH")
        .doesNotContain("pushTest")
        .doesNotContain("secret");
    assertThat(rows("Reading")).isEqualTo("0");
    assertThat(state).isDirectoryContaining(others::equals);
    try (var left = Files.list(state)) {
      assertThat(left).containsExactly(others);
    }
  }
}
