package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * What a table has already under the keys of some rows.
 *
 * <p>Rows of a series are mostly neighbours: a node's stretch of time is read at once, by the index
 * that both series have of it. What stands alone, and stretches in which the table has much more
 * than is looked for, are read key by key. Immutable once read.
 */
final class KnownRows {

  private static final int KEYS_PER_SELECT = 200;
  private static final int STRETCH = 50;
  private static final long GAP = 3_600_000_000L;

  private final KeyIndex index;

  private KnownRows(KeyIndex index) {
    this.index = index;
  }

  /** Looks for the keys of all these rows. */
  static KnownRows of(Connection connection, TableSql sql, Rows rows) throws SQLException {
    KnownRows known = new KnownRows(new KeyIndex(sql.table(), rows));
    List<Integer> alone = new ArrayList<>();
    if (sql.table().isSeries()) {
      known.addStretches(connection, sql, rows, alone);
    } else {
      for (int row = 0; row < rows.size(); row++) {
        alone.add(row);
      }
    }
    for (int from = 0; from < alone.size(); from += KEYS_PER_SELECT) {
      int to = Math.min(alone.size(), from + KEYS_PER_SELECT);
      known.addByKey(connection, sql, rows, alone.subList(from, to));
    }
    return known;
  }

  /** Whether a row with the key of that one is there. */
  static boolean has(Connection connection, TableSql sql, Rows rows, int row) throws SQLException {
    KnownRows known = new KnownRows(new KeyIndex(sql.table(), rows));
    known.addByKey(connection, sql, rows, List.of(row));
    return known.index.size() > 0;
  }

  /** The entry with the key of that row, or -1 if there was none. */
  int find(Rows rows, int row) {
    return index.find(rows, row);
  }

  /** The rows among which an entry stands. */
  Rows rows(int entry) {
    return index.rows(entry);
  }

  /** Which of {@link #rows} an entry is. */
  int row(int entry) {
    return index.row(entry);
  }

  private void addStretches(Connection connection, TableSql sql, Rows rows, List<Integer> alone)
      throws SQLException {
    Table table = sql.table();
    int time = rows.indexOf(table.key().get(0));
    int node = rows.indexOf(table.key().get(1));
    Map<Long, List<Integer>> byNode = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      byNode.computeIfAbsent(rows.longAt(node, row), each -> new ArrayList<>()).add(row);
    }
    String select =
        "SELECT %s FROM %s WHERE %s = ? AND %s >= ? AND %s <= ? LIMIT ?"
            .formatted(
                sql.names(rows.columns()),
                sql.name(),
                sql.quote(table.key().get(1)),
                sql.quote(table.key().get(0)),
                sql.quote(table.key().get(0)));
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      for (Map.Entry<Long, List<Integer>> each : byNode.entrySet()) {
        List<Integer> its = each.getValue();
        its.sort(Comparator.comparingLong(row -> rows.longAt(time, row)));
        int from = 0;
        for (int to = 1; to <= its.size(); to++) {
          if (to == its.size()
              || rows.longAt(time, its.get(to)) - rows.longAt(time, its.get(to - 1)) > GAP) {
            List<Integer> stretch = its.subList(from, to);
            if (stretch.size() < STRETCH
                || !addStretch(statement, sql, rows, each.getKey(), time, stretch)) {
              alone.addAll(stretch);
            }
            from = to;
          }
        }
      }
    }
  }

  /** Reads a node's stretch of time; nothing if the table has much more in it. */
  private boolean addStretch(
      PreparedStatement select, TableSql sql, Rows rows, long node, int time, List<Integer> stretch)
      throws SQLException {
    int most = 2 * stretch.size() + 100;
    select.setLong(1, node);
    sql.engine().setTime(select, 2, rows.longAt(time, stretch.get(0)));
    sql.engine().setTime(select, 3, rows.longAt(time, stretch.get(stretch.size() - 1)));
    select.setInt(4, most);
    Rows found = new OwnRows(sql.engine(), sql.table(), rows.columns()).read(select);
    if (found.size() == most) {
      return false;
    }
    index.add(found);
    return true;
  }

  private void addByKey(Connection connection, TableSql sql, Rows rows, List<Integer> some)
      throws SQLException {
    List<Column> columns = rows.columns();
    String select =
        "SELECT %s FROM %s WHERE %s"
            .formatted(
                sql.names(columns),
                sql.name(),
                String.join(") OR (", Collections.nCopies(some.size(), sql.keyCondition()))
                    .transform(all -> "(" + all + ")"));
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      int next = 1;
      for (int row : some) {
        next = sql.bindKey(statement, next, rows, row);
      }
      index.add(new OwnRows(sql.engine(), sql.table(), columns).read(statement));
    }
  }
}
