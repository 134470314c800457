package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** On every engine, for they differ in what they tell of foreign keys. */
class EmptyTablesTest {

  static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  /** Tables of existing gateways that do not travel, besides those that the schema has. */
  static final List<String> MORE_TABLES =
      List.of(
          "CREATE TABLE @NodeBoot@ (@nodeId@ INTEGER,"
              + " FOREIGN KEY (@nodeId@) REFERENCES @Node@ (@id@))",
          "CREATE TABLE @Occupier@ (@id@ INTEGER PRIMARY KEY, @houseId@ INTEGER,"
              + " FOREIGN KEY (@houseId@) REFERENCES @House@ (@id@))",
          "CREATE TABLE @LastReport@ (@name@ VARCHAR(40) PRIMARY KEY, @value@ VARCHAR(40))");

  @ParameterizedTest
  @EnumSource
  void run_inOurDatabase_leavesWhatItWasBornWith(TestEngine engine) throws IOException {
    DatabaseUrl url = OurDatabases.blank(engine);
    try (TargetDatabase database = new TargetDatabase(url)) {
      database.upgrade();
      fill(database, 25);
    }

    empty(url);

    try (EmptyTables left = EmptyTables.of(url)) {
      assertThat(left.isOurs()).isTrue();
      assertThat(left.rowCounts())
          .containsOnly(
              Map.entry("SensorType", 61L),
              Map.entry("NodeType", 13L),
              Map.entry("RoomType", 4L),
              Map.entry("Room", 12L));
    }
    try (TargetDatabase database = new TargetDatabase(url)) {
      database.upgrade();
      fill(database, 3); // generated ids go on
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_inTheOriginalSchema_emptiesAllThatRefersToIt(TestEngine engine) throws Exception {
    String given = engine.freshDatabase();
    try (Connection connection = TestEngine.connect(given)) {
      OriginalSchema.create(connection, engine);
      try (Statement statement = connection.createStatement()) {
        for (String table : MORE_TABLES) {
          statement.execute(quoted(engine, table));
        }
      }
      insert(connection, engine, "@Deployment@ (@id@, @name@) VALUES (1, 'd')");
      insert(connection, engine, "@Server@ (@id@, @hostname@) VALUES (1, 's')");
      insert(connection, engine, "@House@ (@id@, @deploymentId@, @serverid@) VALUES (1, 1, 1)");
      insert(connection, engine, "@Location@ (@id@, @houseId@, @roomId@) VALUES (1, 1, 1)");
      insert(connection, engine, "@Node@ (@id@, @locationId@) VALUES (37, 1)");
      insert(connection, engine, "@NodeBoot@ (@nodeId@) VALUES (37)");
      insert(connection, engine, "@Occupier@ (@id@, @houseId@) VALUES (1, 1)");
      insert(
          connection,
          engine,
          "@Reading@ (@time@, @nodeId@, @type@, @locationId@, @value@)"
              + " VALUES ('2024-01-01', 37, 0, 1, 20)");
      insert(connection, engine, "@LastReport@ (@name@, @value@) VALUES ('kept', 'kept')");
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(quoted(engine, "UPDATE @Server@ SET @baseid@ = 37"));
      }
    }
    DatabaseUrl url = DatabaseUrl.parse(given, Path.of("/"));

    empty(url);

    try (EmptyTables left = EmptyTables.of(url)) {
      assertThat(left.isOurs()).isFalse();
      assertThat(left.rowCounts().keySet())
          .containsExactlyInAnyOrder("SensorType", "NodeType", "RoomType", "Room");
    }
    try (Connection connection = TestEngine.connect(given);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(quoted(engine, "UPDATE @LastReport@ SET @value@ = 'x'")))
          .isEqualTo(1);
      insert(connection, engine, "@Room@ (@name@) VALUES ('Attic')");
    }
  }

  private static void empty(DatabaseUrl url) throws StoreException {
    try (EmptyTables tables = EmptyTables.of(url)) {
      assertThat(tables.rowCounts()).containsKey("Reading");
      tables.run(10);
    }
  }

  private static void fill(TargetDatabase database, int readings) throws StoreException {
    long deployment = database.idOf(Tables.DEPLOYMENT, Map.of("name", "d"));
    long house =
        database.idOf(Tables.HOUSE, Map.of("deploymentId", deployment, "address", "1 Mill Lane"));
    long room = database.idOf(Tables.ROOM, Map.of("roomTypeId", 1L, "name", "Attic"));
    long location = database.idOf(Tables.LOCATION, Map.of("houseId", house, "roomId", room));
    database.idOf(Tables.NODE, Map.of("id", 37L, "locationId", location, "nodeTypeId", 0L));
    assertThat(database.idOf(Tables.ROOM, Map.of("roomTypeId", 1L, "name", "Attic")))
        .isEqualTo(room);
    assertThat(database.has(Tables.NODE, 37)).isTrue();
    Rows.Builder rows = new Rows.Builder(Tables.READING, Tables.READING.columns(), readings);
    for (int i = 0; i < readings; i++) {
      rows.row(NOON.plusSeconds(i), 37L, 0L, location, 20.0);
    }
    database.add(List.of(rows.build()));
  }

  private static void insert(Connection connection, TestEngine engine, String into)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(quoted(engine, "INSERT INTO " + into));
    }
  }

  private static String quoted(TestEngine engine, String sql) {
    StringBuilder quoted = new StringBuilder();
    String[] parts = sql.split("@", -1);
    for (int i = 0; i < parts.length; i++) {
      quoted.append(i % 2 == 0 ? parts[i] : engine.quoted(parts[i]));
    }
    return quoted.toString();
  }
}
