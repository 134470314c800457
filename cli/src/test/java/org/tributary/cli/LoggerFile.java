package org.tributary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;

/** A gateway's SQLite file, as a logger writes it: without a write-ahead log unless asked for. */
final class LoggerFile {

  private final DatabaseUrl url;

  private LoggerFile(DatabaseUrl url) {
    this.url = url;
  }

  /** With all tables, the usual types, and one house with node 37. */
  static LoggerFile create(Path file) throws IOException, SQLException {
    LoggerFile created = new LoggerFile(DatabaseUrl.parse("sqlite:///" + file, Path.of("")));
    try (Database database = Database.open(created.url, Access.WRITE)) {
      Schema.upgrade(database);
    }
    return created
        .run("PRAGMA journal_mode=DELETE")
        .run("INSERT INTO Deployment (id, name) VALUES (1, 'Trial')")
        .run("INSERT INTO House (id, deploymentId, address) VALUES (1, 1, '1 High Street')")
        .run("INSERT INTO Location (id, houseId, roomId) VALUES (1, 1, 1)")
        .run("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (37, 1, 0)");
  }

  /** A temperature. */
  LoggerFile withReading(String time, int node) throws SQLException {
    return run(
        "INSERT INTO Reading (time, nodeId, type, locationId, value) VALUES ('%s', %d, 0, 1, 20.5)"
            .formatted(time, node));
  }

  LoggerFile run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return this;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url.jdbc());
  }
}
