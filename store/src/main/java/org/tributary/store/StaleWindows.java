package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * Marks the days stale that a writer of readings or node states touches, in the writer's own
 * transaction: what {@code tributary_digest} says of them is not believed any more. {@link
 * TableWriter} does it for all that it writes; whoever moves readings between places by a statement
 * of its own calls it. Stateless.
 */
public final class StaleWindows {

  private StaleWindows() {}

  /** Marks the days of these rows. */
  static void mark(Connection connection, Rows rows) throws SQLException {
    int time = rows.indexOf(rows.table().key().get(0));
    int node = rows.indexOf("nodeId");
    Map<Long, Set<Long>> nodesByDay = new HashMap<>();
    long lastDay = Long.MIN_VALUE;
    long lastNode = Long.MIN_VALUE;
    for (int row = 0; row < rows.size(); row++) {
      long hour = Window.hourOfMicros(rows.longAt(time, row));
      long day = hour - Math.floorMod(hour, Window.DAY);
      long itsNode = rows.longAt(node, row);
      if (day != lastDay || itsNode != lastNode) {
        nodesByDay.computeIfAbsent(day, each -> new HashSet<>()).add(itsNode);
        lastDay = day;
        lastNode = itsNode;
      }
    }
    String sql =
        """
        UPDATE tributary_digest
        SET stale = TRUE
        WHERE table_name = ? AND first_hour = ? AND node_id = ? AND NOT stale
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, Set<Long>> day : nodesByDay.entrySet()) {
        for (long each : day.getValue()) {
          update.setString(1, rows.table().name());
          update.setLong(2, day.getKey());
          update.setLong(3, each);
          update.executeUpdate();
        }
      }
    }
  }

  /** Marks all days of a node. */
  public static void markNode(Connection connection, Table table, long node) throws SQLException {
    markAll(connection, table, "node_id", node);
  }

  /** Marks all days on which a table has rows of a place. */
  public static void markPlace(Connection connection, Table table, long place) throws SQLException {
    // Other places of the same node and day share the fate of theirs: a day is known or it isn't.
    markAll(connection, table, "place", place);
  }

  private static void markAll(Connection connection, Table table, String column, long id)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_digest
        SET stale = TRUE
        WHERE table_name = ? AND %s = ?
        """
            .formatted(column);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, table.name());
      update.setLong(2, id);
      update.executeUpdate();
    }
  }
}
