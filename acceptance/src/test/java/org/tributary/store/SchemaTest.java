package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Tables;

class SchemaTest {

  @ParameterizedTest
  @EnumSource
  void upgrade_ofAnEmptyDatabase_makesItsTablesAndSeedsThem(TestEngine engine) throws IOException {
    try (Database database = OurDatabases.fresh(engine)) {
      assertThat(database.reflect().missing()).isEmpty();
      assertThat(Schema.isOurs(database.reflect())).isTrue();
      assertSeeded(database);
      assertThat(one(database, "SELECT COUNT(*) FROM @SensorType@ WHERE c1 IS NULL")).isEqualTo(1);
      assertThat(one(database, "SELECT COUNT(*) FROM @SensorType@ WHERE units = ''")).isEqualTo(2);
      for (String table : List.of("Deployment", "House", "Node", "Reading", "tributary_gateway")) {
        assertThat(one(database, "SELECT COUNT(*) FROM @" + table + "@")).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void upgrade_again_changesNothing(TestEngine engine) throws IOException {
    try (Database database = OurDatabases.fresh(engine)) {
      execute(database, "UPDATE @Room@ SET @name@ = 'Parlour' WHERE id = 4");
      execute(database, "INSERT INTO @Room@ (@roomTypeId@, @name@) VALUES (1, 'Nursery')");

      Schema.upgrade(database);

      assertThat(one(database, "SELECT COUNT(*) FROM @Room@")).isEqualTo(13);
      assertThat(one(database, "SELECT COUNT(*) FROM @Room@ WHERE @name@ = 'Parlour'"))
          .isEqualTo(1);
      execute(database, "INSERT INTO @Room@ (@roomTypeId@, @name@) VALUES (1, 'Study too')");
      assertThat(one(database, "SELECT COUNT(*) FROM @Room@")).isEqualTo(14);
    }
  }

  @ParameterizedTest
  @EnumSource
  void upgrade_bringsADeletedSeedRowBack(TestEngine engine) throws IOException {
    try (Database database = OurDatabases.fresh(engine)) {
      execute(database, "DELETE FROM @SensorType@ WHERE id IN (0, 2)");
      execute(database, "DELETE FROM @Room@ WHERE id = 12");

      Schema.upgrade(database);

      assertSeeded(database);
    }
  }

  @ParameterizedTest
  @EnumSource
  void upgrade_whereSeedRowsHaveOtherIds_leavesThem(TestEngine engine) throws IOException {
    try (Database database = OurDatabases.fresh(engine)) {
      execute(database, "DELETE FROM @Room@");
      execute(database, "DELETE FROM @RoomType@");
      execute(database, "INSERT INTO @RoomType@ (id, @name@) VALUES (77, 'Bedroom')");
      execute(database, "INSERT INTO @Room@ (@roomTypeId@, @name@) VALUES (77, 'Master Bedroom')");

      Schema.upgrade(database);

      assertThat(one(database, "SELECT COUNT(*) FROM @RoomType@ WHERE @name@ = 'Bedroom'"))
          .isEqualTo(1);
      assertThat(one(database, "SELECT COUNT(*) FROM @Room@ WHERE @name@ = 'Master Bedroom'"))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void upgrade_ofSomebodyElsesDatabase_isRefusedAndSaysWhatToDo(TestEngine engine)
      throws IOException, SQLException {
    String url = engine.freshDatabase();
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, engine);
    }
    try (Database database = Database.openPooled(DatabaseUrl.parse(url, Path.of("/")), 2)) {

      assertThatThrownBy(() -> Schema.upgrade(database))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(database.url().printable())
          .hasMessageContaining("SensorType, NodeType")
          .hasMessageContaining("Give central a database of its own");
      assertThat(Schema.isOurs(database.reflect())).isFalse();
      assertThat(one(database, "SELECT COUNT(*) FROM @SensorType@")).isEqualTo(61);
    }
  }

  @ParameterizedTest
  @EnumSource
  void upgrade_besideOtherTables_leavesThemAlone(TestEngine engine) throws IOException {
    try (Database database = Database.openPooled(OurDatabases.blank(engine), 2)) {
      execute(database, "CREATE TABLE other_program (id INTEGER)");
      execute(database, "INSERT INTO other_program VALUES (1)");

      Schema.upgrade(database);

      assertThat(one(database, "SELECT COUNT(*) FROM other_program")).isEqualTo(1);
      assertSeeded(database);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reflect_seesOnlyItsOwnDatabase(TestEngine engine) throws IOException {
    try (Database other = OurDatabases.fresh(engine);
        Database database = Database.openPooled(OurDatabases.blank(engine), 1)) {
      assertThat(other.reflect().tableNames()).contains("Reading");
      assertThat(database.reflect().missing())
          .containsExactlyElementsOf(Tables.ALL.stream().map(table -> table.name()).toList());
    }
  }

  private static void assertSeeded(Database database) throws IOException {
    assertThat(
            List.of(
                one(database, "SELECT COUNT(*) FROM @SensorType@"),
                one(database, "SELECT COUNT(*) FROM @NodeType@"),
                one(database, "SELECT COUNT(*) FROM @RoomType@"),
                one(database, "SELECT COUNT(*) FROM @Room@")))
        .containsExactly(61L, 13L, 4L, 12L);
  }

  private static void execute(Database database, String sql) throws IOException {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(quoted(database, sql));
          }
        });
  }

  private static long one(Database database, String sql) throws IOException {
    List<Long> found =
        database.read(
            connection -> {
              List<Long> rows = new ArrayList<>();
              try (Statement statement = connection.createStatement();
                  ResultSet rowsFound = statement.executeQuery(quoted(database, sql))) {
                while (rowsFound.next()) {
                  rows.add(rowsFound.getLong(1));
                }
              }
              return rows;
            });
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String quoted(Database database, String sql) {
    return sql.replace("@", database.engine().quote("").substring(1));
  }
}
