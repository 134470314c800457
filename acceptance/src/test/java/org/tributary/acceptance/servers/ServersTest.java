package org.tributary.acceptance.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.OriginalHouse.Loaded;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

class ServersTest {
  /** Enough to reach the samples that the radio has spoilt. */
  static final int SAMPLES = 26_000;

  @ParameterizedTest
  @EnumSource
  void load_fillsTheOriginalSchemaWithRealReadings(TestEngine engine) throws SQLException {
    try (Connection connection = TestEngine.connect(engine.freshDatabase())) {
      OriginalSchema.create(connection, engine);

      Loaded loaded = OriginalHouse.load(connection, engine, SAMPLES);

      assertThat(loaded.readings()).isBetween(6L * (SAMPLES - 100), 6L * SAMPLES);
      assertThat(loaded.nodeStates()).isBetween(SAMPLES - 100L, (long) SAMPLES);
      assertThat(count(connection, engine, "Reading", "1 = 1")).isEqualTo(loaded.readings());
      assertThat(count(connection, engine, "NodeState", "1 = 1")).isEqualTo(loaded.nodeStates());
      String withoutLocation = engine.quoted("locationId") + " IS NULL";
      assertThat(count(connection, engine, "Reading", withoutLocation)).isPositive();
      assertThat(count(connection, engine, "Reading", "value > 1.4e38")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void create_seedsTheTypesAndRooms(TestEngine engine) throws SQLException {
    try (Connection connection = TestEngine.connect(engine.freshDatabase())) {
      OriginalSchema.create(connection, engine);

      assertThat(count(connection, engine, "SensorType", "1 = 1")).isEqualTo(61);
      assertThat(count(connection, engine, "SensorType", "c1 IS NULL")).isEqualTo(1);
      assertThat(count(connection, engine, "SensorType", "units = ''")).isEqualTo(2);
      assertThat(count(connection, engine, "NodeType", "1 = 1")).isEqualTo(13);
      assertThat(count(connection, engine, "RoomType", "1 = 1")).isEqualTo(4);
      assertThat(count(connection, engine, "Room", "1 = 1")).isEqualTo(12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void freshDatabase_isEmptyAndItsOwn(TestEngine engine) throws SQLException {
    String first = engine.freshDatabase();
    String second = engine.freshDatabase();

    assertThat(first).isNotEqualTo(second);
    try (Connection connection = TestEngine.connect(first)) {
      OriginalSchema.create(connection, engine);
    }
    try (Connection connection = TestEngine.connect(second)) {
      assertThatThrownBy(() -> count(connection, engine, "Room", "1 = 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  static List<Supplier<DatabaseServer>> servers() {
    return List.of(MariaDbServer::start, PostgresServer::start);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void restart_afterAKill_findsWhatWasCommitted(Supplier<DatabaseServer> starting)
      throws SQLException {
    try (DatabaseServer server = starting.get()) {
      String url = server.freshDatabase();
      try (Connection connection = TestEngine.connect(url);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY)");
        statement.execute("INSERT INTO kept VALUES (1)");
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO kept VALUES (2)");

        server.kill();

        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      } catch (SQLException e) {
        // closing a connection to a dead server may fail
      }
      assertThatThrownBy(() -> TestEngine.connect(url)).isInstanceOf(SQLException.class);

      server.restart();

      try (Connection connection = TestEngine.connect(url);
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void sqliteFiles_giveAbsoluteUrls(@TempDir Path directory) {
    assertThat(SqliteFiles.freshDatabase(directory)).startsWith("sqlite:////");
  }

  private static long count(
      Connection connection, TestEngine engine, String table, String condition)
      throws SQLException {
    String sql = "SELECT COUNT(*) FROM %s WHERE %s".formatted(engine.quoted(table), condition);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
