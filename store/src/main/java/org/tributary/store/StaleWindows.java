package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private static final int MOST_AT_ONCE = 100;

  private StaleWindows() {}

  /** Marks the days of these rows. */
  static void mark(Connection connection, Rows rows) throws SQLException {
    int time = rows.indexOf(rows.table().key().get(0));
    int node = rows.indexOf("nodeId");
    Set<Long> days = new TreeSet<>();
    Set<Long> nodes = new TreeSet<>();
    long lastDay = Long.MIN_VALUE;
    long lastNode = Long.MIN_VALUE;
    for (int row = 0; row < rows.size(); row++) {
      long day = Window.dayOfHour(Window.hourOfMicros(rows.longAt(time, row)));
      long itsNode = rows.longAt(node, row);
      if (day != lastDay || itsNode != lastNode) {
        days.add(day);
        nodes.add(itsNode);
        lastDay = day;
        lastNode = itsNode;
      }
    }
    List<Long> allNodes = List.copyOf(nodes);
    List<Long> allDays = List.copyOf(days);
    for (int from = 0; from < allDays.size(); from += MOST_AT_ONCE) {
      List<Long> some = allDays.subList(from, Math.min(allDays.size(), from + MOST_AT_ONCE));
      for (int at = 0; at < allNodes.size(); at += MOST_AT_ONCE) {
        mark(
            connection,
            rows.table(),
            some,
            allNodes.subList(at, Math.min(allNodes.size(), at + MOST_AT_ONCE)));
      }
    }
  }

  /** All of it in one statement: behind a slow link each takes its time. It may mark too much. */
  private static void mark(Connection connection, Table table, List<Long> days, List<Long> nodes)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_digest
        SET stale = TRUE
        WHERE table_name = ? AND first_hour IN (%s) AND node_id IN (%s) AND NOT stale
        """
            .formatted(
                String.join(", ", Collections.nCopies(days.size(), "?")),
                String.join(", ", Collections.nCopies(nodes.size(), "?")));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, table.name());
      int index = 2;
      for (long day : days) {
        update.setLong(index++, day);
      }
      for (long node : nodes) {
        update.setLong(index++, node);
      }
      update.executeUpdate();
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
