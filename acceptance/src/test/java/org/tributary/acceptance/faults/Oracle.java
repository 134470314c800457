package org.tributary.acceptance.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows what must be at central, whatever is done to the rest: a database of its own, outside of
 * all that is harmed, on the disk after each call. Thread-safe.
 */
final class Oracle implements AutoCloseable {

  /**
   * A row as it was logged.
   *
   * @param key its table and natural key
   * @param rest everything else of it, with names instead of ids
   */
  record Row(String key, String rest) {}

  private final Connection connection;

  Oracle(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE logged (row_key TEXT PRIMARY KEY, rest TEXT NOT NULL)");
      statement.execute("CREATE TABLE doubtful (row_key TEXT PRIMARY KEY)");
      statement.execute("CREATE TABLE acknowledged (row_key TEXT PRIMARY KEY)");
    }
    connection.setAutoCommit(false);
  }

  /** These rows have been committed at a gateway; a row that was there is another now. */
  synchronized void logged(Collection<Row> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO logged VALUES (?, ?)")) {
      for (Row row : rows) {
        insert.setString(1, row.key());
        insert.setString(2, row.rest());
        insert.addBatch();
      }
      int[] unused = insert.executeBatch();
    }
    connection.commit();
  }

  /** These rows can't be believed: central may keep them apart, and must not lose them. */
  synchronized void doubtful(Collection<Row> rows) throws SQLException {
    put("INSERT OR IGNORE INTO doubtful VALUES (?)", rows.stream().map(Row::key).toList());
  }

  /** The gateway was told that these are stored. */
  synchronized void acknowledged(Collection<String> keys) throws SQLException {
    put("INSERT OR IGNORE INTO acknowledged VALUES (?)", keys);
  }

  /** Somebody put an older central in place: what it had said does not hold. */
  synchronized void forgetAcknowledgements() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM acknowledged");
    }
    connection.commit();
  }

  synchronized int size() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM logged")) {
      return count.getInt(1);
    }
  }

  synchronized Map<String, String> allLogged() throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT row_key, rest FROM logged")) {
      while (row.next()) {
        rows.put(row.getString(1), row.getString(2));
      }
    }
    return rows;
  }

  synchronized Set<String> allDoubtful() throws SQLException {
    return keys("SELECT row_key FROM doubtful");
  }

  synchronized Set<String> allAcknowledged() throws SQLException {
    return keys("SELECT row_key FROM acknowledged");
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }

  private void put(String sql, Collection<String> keys) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (String key : keys) {
        insert.setString(1, key);
        insert.addBatch();
      }
      int[] unused = insert.executeBatch();
    }
    connection.commit();
  }

  private Set<String> keys(String sql) throws SQLException {
    Set<String> keys = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        keys.add(row.getString(1));
      }
    }
    return keys;
  }
}
