package org.tributary.edge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;

class NodesHeardTest {

  static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  @TempDir Path folder;
  Connection logger;
  SourceDatabase database;
  NodesHeard nodes;

  @BeforeEach
  void setUp() throws Exception {
    logger = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("house.db"));
    run(
        "CREATE TABLE Node (id INTEGER, locationId INTEGER, nodeTypeId INTEGER)",
        "CREATE TABLE Location (id INTEGER, houseId INTEGER, roomId INTEGER)",
        "CREATE TABLE Room (id INTEGER, roomTypeId INTEGER, name TEXT)",
        "CREATE TABLE SensorType (id INTEGER, name TEXT, code TEXT, units TEXT)",
        "CREATE TABLE Reading (time DATETIME, nodeId INTEGER, type INTEGER, locationId INTEGER,"
            + " value FLOAT, PRIMARY KEY (time, nodeId, type))",
        "INSERT INTO Room VALUES (7, 1, 'Kitchen')",
        "INSERT INTO Location VALUES (3, 1, 7)",
        "INSERT INTO SensorType VALUES (0, 'Temperature', 'TMP', 'deg.C'), (2, 'Humidity', 'H', '%')",
        "INSERT INTO Node VALUES (37, 3, 0), (38, NULL, 0)");
    database = new SourceDatabase(DatabaseUrl.parse("sqlite:///house.db", folder));
    nodes = new NodesHeard(database);
  }

  @AfterEach
  void tearDown() throws Exception {
    database.close();
    logger.close();
  }

  @Test
  void look_tellsWhatEachNodeSaidLastOfEachKind() throws Exception {
    reading("2026-03-10 11:40:00", 37, 0, 20.0);
    reading("2026-03-10 11:40:00", 37, 2, 55.0);
    reading("2026-03-10 11:45:00", 37, 0, 21.5);

    assertThat(look())
        .containsExactly(
            new NodesHeard.Node(
                37,
                Optional.of("Kitchen"),
                Optional.of(Instant.parse("2026-03-10T11:45:00Z")),
                List.of(
                    new NodesHeard.Value("Temperature", "deg.C", 21.5),
                    new NodesHeard.Value("Humidity", "%", 55.0)),
                false));
  }

  @Test
  void look_seesWhatWasLoggedSinceEvenIfItCameLate() throws Exception {
    reading("2026-03-10 11:45:00", 37, 0, 21.5);
    assertThat(look()).hasSize(1);
    reading("2026-03-10 11:50:00", 37, 0, 22.0);
    reading("2026-03-10 11:44:00", 99, 0, 5.0);

    assertThat(look()).extracting(NodesHeard.Node::id).containsExactly(37L, 99L);
    assertThat(look().get(0).values()).extracting(NodesHeard.Value::value).containsExactly(22.0);
  }

  @Test
  void look_putsSilentNodesFirstAndFindsThemDayByDay() throws Exception {
    reading("2026-03-10 11:55:00", 12, 0, 20.0);
    reading("2026-03-07 08:00:00", 37, 0, 19.0);

    List<NodesHeard.Node> first = look();
    assertThat(first).extracting(NodesHeard.Node::id).containsExactly(37L, 12L);
    assertThat(first.get(0).isSilent()).isTrue();
    look();
    look();

    assertThat(look().get(0).last()).contains(Instant.parse("2026-03-07T08:00:00Z"));
    assertThat(nodes.look(NOW).lookedAt()).isEqualTo(Duration.ofDays(4));
  }

  private List<NodesHeard.Node> look() throws Exception {
    return nodes.look(NOW).nodes();
  }

  private void reading(String time, int node, int type, double value) throws Exception {
    run(
        "INSERT INTO Reading VALUES ('%s', %d, %d, 3, %s)"
            .formatted(time, node, type, Double.toString(value)));
  }

  private void run(String... statements) throws Exception {
    try (Statement statement = logger.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
