package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Table;

/**
 * Finds and inserts many rows of a table with a generated id by few statements: behind a slow link
 * each takes its time. Stateless.
 */
record RowsByValues(TableSql sql) {

  private static final int FOUND_AT_ONCE = 500;
  private static final int INSERTED_AT_ONCE = 200;

  /**
   * Ids of the rows that have exactly these values, texts compared letter by letter, lowest id
   * first; those that are nobody's are left out.
   *
   * @param wanted each with the same columns, all of them integers or texts
   */
  Map<Map<Column, @Nullable Object>, List<Long>> find(
      Connection connection, List<Map<Column, @Nullable Object>> wanted) throws SQLException {
    Map<Map<Column, @Nullable Object>, List<Long>> found = new HashMap<>();
    for (int from = 0; from < wanted.size(); from += FOUND_AT_ONCE) {
      find(connection, wanted.subList(from, Math.min(wanted.size(), from + FOUND_AT_ONCE)), found);
    }
    return found;
  }

  /** Of each column any of its values: few words for many rows, and hardly a row too many. */
  private void find(
      Connection connection,
      List<Map<Column, @Nullable Object>> some,
      Map<Map<Column, @Nullable Object>, List<Long>> into)
      throws SQLException {
    List<Column> columns = List.copyOf(some.get(0).keySet());
    List<Set<Object>> values = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (Column column : columns) {
      Set<Object> its = new LinkedHashSet<>();
      some.stream().map(row -> row.get(column)).filter(Objects::nonNull).forEach(its::add);
      boolean hasNull = some.stream().anyMatch(row -> row.get(column) == null);
      values.add(its);
      conditions.add(condition(column, its.size(), hasNull));
    }
    String those =
        "SELECT %s, %s FROM %s WHERE %s ORDER BY %s"
            .formatted(
                sql.quote(Table.ID),
                sql.names(columns),
                sql.name(),
                String.join(" AND ", conditions),
                sql.quote(Table.ID));
    Set<Map<Column, @Nullable Object>> asked = Set.copyOf(some);
    try (PreparedStatement select = connection.prepareStatement(those)) {
      int index = 1;
      for (int i = 0; i < columns.size(); i++) {
        for (Object value : values.get(i)) {
          CellWriter.bind(sql.engine(), select, index++, columns.get(i), value);
        }
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Map<Column, @Nullable Object> row = read(found, columns);
          if (asked.contains(row)) {
            into.computeIfAbsent(row, key -> new ArrayList<>()).add(found.getLong(1));
          }
        }
      }
    }
  }

  private String condition(Column column, int values, boolean hasNull) {
    List<String> either = new ArrayList<>();
    if (values > 0) {
      either.add(
          "%s IN (%s)".formatted(sql.quote(column.name()), String.join(", ", questions(values))));
    }
    if (hasNull) {
      either.add(sql.quote(column.name()) + " IS NULL");
    }
    return either.stream().collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static List<String> questions(int count) {
    return Collections.nCopies(count, "?");
  }

  private static Map<Column, @Nullable Object> read(ResultSet found, List<Column> columns)
      throws SQLException {
    Map<Column, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Object cell =
          columns.get(i).type() == ColumnType.TEXT
              ? found.getString(i + 2)
              : (Object) found.getLong(i + 2);
      row.put(columns.get(i), found.wasNull() ? null : cell);
    }
    return row;
  }

  /** Inserts rows; each has the same columns. */
  void insert(Connection connection, List<Map<Column, @Nullable Object>> rows) throws SQLException {
    for (int from = 0; from < rows.size(); from += INSERTED_AT_ONCE) {
      List<Map<Column, @Nullable Object>> some =
          rows.subList(from, Math.min(rows.size(), from + INSERTED_AT_ONCE));
      List<Column> columns = List.copyOf(some.get(0).keySet());
      try (PreparedStatement insert =
          connection.prepareStatement(sql.insert(columns, some.size()))) {
        int index = 1;
        for (Map<Column, @Nullable Object> row : some) {
          for (Column column : columns) {
            CellWriter.bind(sql.engine(), insert, index++, column, row.get(column));
          }
        }
        insert.executeUpdate();
      }
    }
  }
}
