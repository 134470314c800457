package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Writes rows of one table into a database of ours. Stateless. */
public final class TableWriter {

  private static final int IDS_AT_ONCE = 500;
  private static final Changes IGNORED = (before, row) -> {};

  private final Engine engine;
  private final Table table;
  private final TableSql sql;

  public TableWriter(Engine engine, Table table) {
    this.engine = engine;
    this.table = table;
    this.sql = new TableSql(engine, table);
  }

  /** Hears of rows before they are changed. */
  @FunctionalInterface
  public interface Changes {
    /** A row as it was, and will not be any more. */
    void changing(Rows before, int row) throws SQLException;
  }

  /**
   * Stores rows by their key: new ones are inserted, known ones brought to the values given. Rows
   * may be stored twice; of two rows with one key the later counts.
   */
  public Stored upsert(Connection connection, Rows rows) throws SQLException {
    return upsert(connection, rows, IGNORED);
  }

  /** The same, and tells of rows before they are changed. */
  public Stored upsert(Connection connection, Rows rows, Changes changes) throws SQLException {
    return new Upsert(sql).store(connection, rows, false, changes);
  }

  /** As {@link #upsert}, but a null says nothing: what is there already stays. */
  public Stored upsertKeeping(Connection connection, Rows rows, Changes changes)
      throws SQLException {
    return new Upsert(sql).store(connection, rows, true, changes);
  }

  /** Deletes the rows with these keys; the other cells don't matter. */
  public void delete(Connection connection, Rows rows) throws SQLException {
    String delete = "DELETE FROM %s WHERE %s".formatted(sql.name(), sql.keyCondition());
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      for (int row = 0; row < rows.size(); row++) {
        sql.bindKey(statement, 1, rows, row);
        statement.executeUpdate();
      }
    }
    if (table.isSeries()) {
      StaleWindows.mark(connection, rows);
    }
  }

  /** Inserts the rows whose key is not there yet and leaves the others alone; how many were new. */
  public int insertNew(Connection connection, Rows rows) throws SQLException {
    return new Upsert(sql).insertNew(connection, rows);
  }

  /** Inserts one row of a table with a generated id; its new id. */
  public long insert(Connection connection, Map<Column, @Nullable Object> row) throws SQLException {
    List<Column> columns = List.copyOf(row.keySet());
    try (PreparedStatement insert =
        connection.prepareStatement(sql.insert(columns, 1), new String[] {Table.ID})) {
      int index = 1;
      for (Column column : columns) {
        bind(insert, index++, column, row.get(column));
      }
      insert.executeUpdate();
      for (Column column : columns) {
        if (column.name().equals(Table.ID)) {
          return (Long) Objects.requireNonNull(row.get(column));
        }
      }
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** Sets some columns of the row with that id; how many rows that were. */
  public int update(Connection connection, long id, Map<Column, @Nullable Object> changes)
      throws SQLException {
    List<Column> columns = List.copyOf(changes.keySet());
    String set =
        "UPDATE %s SET %s WHERE %s = ?"
            .formatted(
                sql.name(),
                columns.stream()
                    .map(column -> engine.quote(column.name()) + " = ?")
                    .collect(Collectors.joining(", ")),
                engine.quote(Table.ID));
    try (PreparedStatement update = connection.prepareStatement(set)) {
      int index = 1;
      for (Column column : columns) {
        bind(update, index++, column, changes.get(column));
      }
      update.setLong(index, id);
      return update.executeUpdate();
    }
  }

  /** Ids of the rows that have exactly these values, compared case by case, lowest id first. */
  public List<Long> find(Connection connection, Map<Column, @Nullable Object> values)
      throws SQLException {
    String condition =
        values.entrySet().stream()
            .map(
                each ->
                    engine.quote(each.getKey().name())
                        + (each.getValue() == null ? " IS NULL" : " = ?"))
            .collect(Collectors.joining(" AND "));
    String those =
        "SELECT %s, %s FROM %s WHERE %s ORDER BY %s"
            .formatted(
                engine.quote(Table.ID),
                sql.names(List.copyOf(values.keySet())),
                sql.name(),
                condition,
                engine.quote(Table.ID));
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(those)) {
      int index = 1;
      for (Map.Entry<Column, @Nullable Object> each : values.entrySet()) {
        if (each.getValue() != null) {
          bind(select, index++, each.getKey(), each.getValue());
        }
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          if (sameTexts(found, values)) {
            ids.add(found.getLong(1));
          }
        }
      }
    }
    return ids;
  }

  /**
   * The same for many, by their values, with few statements; those that no row has are left out.
   *
   * @param wanted each with the same columns, all of them integers or texts
   */
  public Map<Map<Column, @Nullable Object>, List<Long>> findAll(
      Connection connection, List<Map<Column, @Nullable Object>> wanted) throws SQLException {
    return new RowsByValues(sql).find(connection, wanted);
  }

  /** Inserts rows that have the same columns, with few statements. */
  public void insertAll(Connection connection, List<Map<Column, @Nullable Object>> rows)
      throws SQLException {
    new RowsByValues(sql).insert(connection, rows);
  }

  /** The rows with these ids, by id; those that are not there are left out. */
  public Map<Long, Map<String, @Nullable Object>> byIds(Connection connection, List<Long> ids)
      throws SQLException {
    List<Column> columns = engine.asBuilt().present(table, table.travelling());
    Map<Long, Map<String, @Nullable Object>> all = new HashMap<>();
    for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
      List<Long> some = ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE));
      String those =
          "SELECT %s FROM %s WHERE %s IN (%s)"
              .formatted(
                  sql.names(columns),
                  sql.name(),
                  engine.quote(Table.ID),
                  String.join(", ", Collections.nCopies(some.size(), "?")));
      try (PreparedStatement select = connection.prepareStatement(those)) {
        int index = 1;
        for (long id : some) {
          select.setLong(index++, id);
        }
        Rows rows = readOwn(select, columns);
        for (int row = 0; row < rows.size(); row++) {
          all.put(
              rows.longAt(rows.indexOf(Table.ID), row), Collections.unmodifiableMap(rows.row(row)));
        }
      }
    }
    return all;
  }

  /** The row with that id, by column; empty if there is none. */
  public Map<String, @Nullable Object> byId(Connection connection, long id) throws SQLException {
    List<Column> columns = engine.asBuilt().present(table, table.travelling());
    String one =
        "SELECT %s FROM %s WHERE %s = ?"
            .formatted(sql.names(columns), sql.name(), engine.quote(Table.ID));
    try (PreparedStatement select = connection.prepareStatement(one)) {
      select.setLong(1, id);
      Rows rows = readOwn(select, columns);
      return rows.isEmpty() ? Map.of() : Collections.unmodifiableMap(rows.row(0));
    }
  }

  private Rows readOwn(PreparedStatement select, List<Column> columns) throws SQLException {
    return new OwnRows(engine, table, columns).read(select);
  }

  // Collations differ in what they call equal; names are matched letter by letter.
  private boolean sameTexts(ResultSet found, Map<Column, @Nullable Object> values)
      throws SQLException {
    int index = 2;
    for (Object value : values.values()) {
      if (value instanceof String text && !text.equals(found.getString(index))) {
        return false;
      }
      index++;
    }
    return true;
  }

  private void bind(PreparedStatement statement, int index, Column column, @Nullable Object value)
      throws SQLException {
    CellWriter.bind(engine, statement, index, column, value);
  }
}
