package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tributary.store.DigestSums.Cell;
import org.tributary.wire.Digest;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * What central noted of each node's days when it last looked at their rows, place by place.
 * Stateless: it stands in {@code tributary_digest}. A node's day is known when there is an entry of
 * it and none that is stale.
 */
final class NotedDigests {

  private static final long NO_PLACE = -1;

  /** What is known of a day, and of which nodes. */
  record Day(Map<Cell, Digest> sums, Set<Long> known) {}

  /** What is noted of a day. */
  Day day(Connection connection, Table table, int columns, long hour) throws SQLException {
    String sql =
        """
        SELECT node_id, place, row_count, row_sum, stale
        FROM tributary_digest
        WHERE table_name = ? AND first_hour = ? AND column_set = ?
        """;
    Map<Cell, Digest> sums = new HashMap<>();
    Set<Long> known = new HashSet<>();
    Set<Long> stale = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table.name());
      select.setLong(2, hour);
      select.setInt(3, columns);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          long node = found.getLong(1);
          long place = found.getLong(2);
          known.add(node);
          if (found.getBoolean(5)) {
            stale.add(node);
          }
          Digest digest = new Digest(found.getLong(3), found.getLong(4));
          if (digest.rows() != 0) {
            sums.put(new Cell(node, 0, place == NO_PLACE ? null : place), digest);
          }
        }
      }
    }
    known.removeAll(stale);
    sums.keySet().removeIf(cell -> stale.contains(cell.node()));
    return new Day(sums, known);
  }

  /** Forgets what was noted in a gateway's own ids: they may be others now. */
  void forget(Connection connection, Gateway gateway) throws SQLException {
    String sql = "DELETE FROM tributary_digest WHERE column_set >= ? AND column_set < ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, GatewayView.firstNoted(gateway.key()));
      delete.setInt(2, GatewayView.firstNoted(gateway.key() + 1));
      delete.executeUpdate();
    }
  }

  /** Notes what these nodes have of a day: all of them, those without rows as well. */
  void note(
      Connection connection,
      Table table,
      int columns,
      long hour,
      Set<Long> nodes,
      Map<Cell, Digest> sums)
      throws SQLException {
    String delete =
        """
        DELETE FROM tributary_digest
        WHERE table_name = ? AND first_hour = ? AND node_id = ? AND column_set = ?
        """;
    String insert =
        """
        INSERT INTO tributary_digest
          (table_name, first_hour, node_id, column_set, place, row_count, row_sum, stale)
        VALUES (?, ?, ?, ?, ?, ?, ?, FALSE)
        """;
    Map<Long, Map<Cell, Digest>> byNode = new HashMap<>();
    nodes.forEach(node -> byNode.put(node, new HashMap<>()));
    sums.forEach(
        (cell, digest) -> {
          Map<Cell, Digest> its = byNode.get(cell.node());
          if (its != null) {
            its.put(cell, digest);
          }
        });
    try (PreparedStatement old = connection.prepareStatement(delete);
        PreparedStatement fresh = connection.prepareStatement(insert)) {
      // Together: behind a slow link each by itself would take its time.
      for (Map.Entry<Long, Map<Cell, Digest>> each : byNode.entrySet()) {
        bind(old, table, hour, each.getKey(), columns);
        old.addBatch();
        Map<Cell, Digest> its =
            each.getValue().isEmpty()
                ? Map.of(new Cell(each.getKey(), 0, null), Digest.NONE)
                : each.getValue();
        for (Map.Entry<Cell, Digest> sum : its.entrySet()) {
          Long place = sum.getKey().place();
          bind(fresh, table, hour, each.getKey(), columns);
          fresh.setLong(5, place == null ? NO_PLACE : place);
          fresh.setLong(6, sum.getValue().rows());
          fresh.setLong(7, sum.getValue().sum());
          fresh.addBatch();
        }
      }
      old.executeBatch();
      fresh.executeBatch();
    }
  }

  private static void bind(
      PreparedStatement statement, Table table, long hour, long node, int columns)
      throws SQLException {
    statement.setString(1, table.name());
    statement.setLong(2, Window.dayOfHour(hour));
    statement.setLong(3, node);
    statement.setInt(4, columns);
  }
}
