package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tributary.wire.Rows;

/**
 * What a table has already under the keys of some rows. Immutable once read.
 *
 * <p>Rows are asked for by the first two columns of the key alone, {@code time IN (…) AND nodeId IN
 * (…)}: few words for many rows, which every engine answers from the index of the key, and hardly a
 * row is found that nobody looks for.
 */
final class KnownRows {

  // How long a list may be. A shorter one repeats its last value: with few lengths there are few
  // statements, and each is prepared once.
  private static final int[] LENGTHS = {1, 20, 400};
  private static final int LONGEST = LENGTHS[LENGTHS.length - 1];
  // How many pairs two lists may make: MySQL gives its index up beyond some ten thousand.
  private static final int PAIRS = 8_000;

  private final TableSql sql;
  private final Rows rows;
  private final KeyIndex index;
  private final int[] columns;

  private KnownRows(TableSql sql, Rows rows) {
    this.sql = sql;
    this.rows = rows;
    this.index = new KeyIndex(sql.table(), rows);
    this.columns = sql.table().key().stream().limit(2).mapToInt(rows::indexOf).toArray();
  }

  /** Looks for the keys of all these rows. */
  static KnownRows of(Connection connection, TableSql sql, Rows rows) throws SQLException {
    KnownRows known = new KnownRows(sql, rows);
    known.read(connection);
    return known;
  }

  /** Whether a row with the key of the first of these is there. */
  static boolean hasFirst(Connection connection, TableSql sql, Rows rows) throws SQLException {
    return of(connection, sql, rows.slice(0, 1)).find(rows, 0) >= 0;
  }

  /** The entry with the key of that row, or -1 if there was none. */
  int find(Rows wanted, int row) {
    return index.find(wanted, row);
  }

  /** How many entries there are; a table without a key may have several of one key. */
  int size() {
    return index.size();
  }

  /** The rows among which an entry stands. */
  Rows rows(int entry) {
    return index.rows(entry);
  }

  /** Which of {@link #rows} an entry is. */
  int row(int entry) {
    return index.row(entry);
  }

  private void read(Connection connection) throws SQLException {
    List<Map<Object, Integer>> values = new ArrayList<>(); // a column each: a row by its value
    for (int i = 0; i < columns.length; i++) {
      values.add(new LinkedHashMap<>());
    }
    for (int row = 0; row < rows.size(); row++) {
      int pairs = 1;
      boolean isFull = row == rows.size() - 1;
      for (int i = 0; i < columns.length; i++) {
        values.get(i).putIfAbsent(value(columns[i], row), row);
        pairs *= values.get(i).size();
        isFull |= values.get(i).size() == LONGEST;
      }
      if (isFull || pairs >= PAIRS) {
        read(connection, values);
        values.forEach(Map::clear);
      }
    }
  }

  private void read(Connection connection, List<Map<Object, Integer>> values) throws SQLException {
    StringBuilder select =
        new StringBuilder(
            "SELECT %s FROM %s%s"
                .formatted(
                    sql.names(rows.columns()),
                    sql.name(),
                    sql.guardsKey() ? sql.engine().byKey() : ""));
    for (int i = 0; i < columns.length; i++) {
      String list = String.join(", ", Collections.nCopies(length(values.get(i).size()), "?"));
      select
          .append(i == 0 ? " WHERE " : " AND ")
          .append(sql.quote(rows.columns().get(columns[i]).name()))
          .append(" IN (")
          .append(list)
          .append(')');
    }
    try (PreparedStatement statement = connection.prepareStatement(select.toString())) {
      int parameter = 1;
      for (int i = 0; i < columns.length; i++) {
        int last = 0;
        for (int row : values.get(i).values()) {
          sql.bindCell(statement, parameter++, rows, columns[i], row);
          last = row;
        }
        for (int k = values.get(i).size(); k < length(values.get(i).size()); k++) {
          sql.bindCell(statement, parameter++, rows, columns[i], last);
        }
      }
      index.add(new OwnRows(sql.engine(), sql.table(), rows.columns()).read(statement));
    }
  }

  private static int length(int values) {
    int i = 0;
    while (LENGTHS[i] < values) {
      i++;
    }
    return LENGTHS[i];
  }

  private Object value(int column, int row) {
    return switch (rows.columns().get(column).type()) {
      case INTEGER, BOOLEAN, TIME -> rows.longAt(column, row);
      case REAL -> rows.realAt(column, row);
      case TEXT -> rows.textAt(column, row);
    };
  }
}
