package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Digest;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * By how much central differs from a gateway for good, window by window: rows that the gateway has
 * no longer and central keeps. Stateless: it stands in {@code tributary_kept}.
 */
final class KeptRows {

  private static final long ALL_NODES = -1;

  /** One entry: a window, or a bucket of it. */
  record Entry(Window window, Digest digest) {
    /** Whether it speaks of rows of that window only. */
    boolean isWithin(Window other) {
      Long wanted = other.node();
      return window.hour() >= other.hour()
          && window.endHour() <= other.endHour()
          && (wanted == null || wanted.equals(window.node()));
    }
  }

  /** Everything within a stretch of time. */
  List<Entry> within(Connection connection, Gateway gateway, Table table, long from, long end)
      throws SQLException {
    String sql =
        """
        SELECT node_id, first_hour, hours, row_count, row_sum
        FROM tributary_kept
        WHERE gateway_id = ? AND table_name = ? AND first_hour >= ? AND first_hour < ?
        """;
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      select.setLong(3, from);
      select.setLong(4, end);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          long node = found.getLong(1);
          entries.add(
              new Entry(
                  new Window(node == ALL_NODES ? null : node, found.getLong(2), found.getInt(3)),
                  new Digest(found.getLong(4), found.getLong(5))));
        }
      }
    }
    return entries;
  }

  /** How many rows are kept, by table. */
  Map<String, Long> counts(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT table_name, SUM(row_count)
        FROM tributary_kept
        WHERE gateway_id = ?
        GROUP BY table_name
        """;
    Map<String, Long> counts = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          counts.put(found.getString(1), found.getLong(2));
        }
      }
    }
    return counts;
  }

  /**
   * Forgets what is known of a window by other windows than itself, by the buckets of another salt,
   * or of the same salt in this one bucket.
   */
  void forget(
      Connection connection, Gateway gateway, Table table, Window window, int bucket, long salt)
      throws SQLException {
    Long node = window.node();
    // Windows overlap if they are nested: hours in days. One of all nodes covers each node's.
    String sql =
        """
        DELETE FROM tributary_kept
        WHERE gateway_id = ? AND table_name = ? AND first_hour > ? AND first_hour < ?
          AND first_hour + hours > ? %s
          AND NOT (first_hour = ? AND hours = ? AND salt = ? AND bucket <> ?)
        """
            .formatted(node == null ? "" : "AND node_id IN (?, ?)");
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int index = 1;
      delete.setInt(index++, gateway.key());
      delete.setString(index++, table.name());
      delete.setLong(index++, window.hour() - 10_000); // longer ones are not kept
      delete.setLong(index++, window.endHour());
      delete.setLong(index++, window.hour());
      if (node != null) {
        delete.setLong(index++, node);
        delete.setLong(index++, ALL_NODES);
      }
      delete.setLong(index++, window.hour());
      delete.setInt(index++, window.hours());
      delete.setLong(index++, salt);
      delete.setInt(index, bucket);
      delete.executeUpdate();
    }
  }

  /** Forgets what was noted of this very window, and nothing of windows within it. */
  void forgetWhole(Connection connection, Gateway gateway, Table table, Window window)
      throws SQLException {
    String sql =
        """
        DELETE FROM tributary_kept
        WHERE gateway_id = ? AND table_name = ? AND first_hour = ? AND hours = ? AND node_id = ?
        """;
    @Nullable Long node = window.node();
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setString(2, table.name());
      delete.setLong(3, window.hour());
      delete.setInt(4, window.hours());
      delete.setLong(5, node == null ? ALL_NODES : node);
      delete.executeUpdate();
    }
  }

  /** Notes what is kept in a bucket of a window. */
  void add(
      Connection connection,
      Gateway gateway,
      Table table,
      Window window,
      int bucket,
      long salt,
      Digest digest)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_kept
          (gateway_id, table_name, first_hour, hours, node_id, bucket, salt, row_count, row_sum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    @Nullable Long node = window.node();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setString(2, table.name());
      insert.setLong(3, window.hour());
      insert.setInt(4, window.hours());
      insert.setLong(5, node == null ? ALL_NODES : node);
      insert.setInt(6, bucket);
      insert.setLong(7, salt);
      insert.setLong(8, digest.rows());
      insert.setLong(9, digest.sum());
      insert.executeUpdate();
    }
  }
}
