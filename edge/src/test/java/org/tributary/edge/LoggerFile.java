package org.tributary.edge;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A gateway's SQLite file, as a logger writes it: without a write-ahead log unless asked for. */
public final class LoggerFile {

  private final Path file;

  private LoggerFile(Path file) {
    this.file = file;
  }

  /** With all tables and none of their rows. */
  public static LoggerFile create(Path file) throws SQLException {
    return create(file, Tables.ALL);
  }

  public static LoggerFile create(Path file, List<Table> tables) throws SQLException {
    LoggerFile created = new LoggerFile(file);
    for (Table table : tables) {
      created.run(ddl(table));
    }
    return created;
  }

  public LoggerFile withReading(String time, int node) throws SQLException {
    return run(
        "INSERT INTO Reading (time, nodeId, type, locationId, value) VALUES ('%s', %d, 0, 1, 20.5)"
            .formatted(time, node));
  }

  public LoggerFile run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return this;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url().jdbc());
  }

  public DatabaseUrl url() {
    return DatabaseUrl.parse("sqlite:///" + file.toAbsolutePath(), Path.of(""));
  }

  private static String ddl(Table table) {
    List<String> parts = new ArrayList<>();
    for (Column column : table.travelling()) {
      String type =
          switch (column.type()) {
            case INTEGER -> "INTEGER";
            case REAL -> "FLOAT";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR(255)";
            case TIME -> "DATETIME";
          };
      parts.add(column.name() + " " + type);
    }
    String key = table.hasId() ? Table.ID : String.join(", ", table.key());
    return "CREATE TABLE %s (%s, PRIMARY KEY (%s))"
        .formatted(table.name(), String.join(", ", parts), key);
  }
}
