package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** Writes rows of one table into a database of ours. Stateless. */
public final class TableWriter {

  private static final int KEYS_PER_SELECT = 200;
  private static final Changes IGNORED = (before, row) -> {};

  private final Engine engine;
  private final Table table;

  public TableWriter(Engine engine, Table table) {
    this.engine = engine;
    this.table = table;
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
    return upsert(connection, rows, false, changes);
  }

  /** As {@link #upsert}, but a null says nothing: what is there already stays. */
  public Stored upsertKeeping(Connection connection, Rows rows, Changes changes)
      throws SQLException {
    return upsert(connection, rows, true, changes);
  }

  private Stored upsert(Connection connection, Rows rows, boolean nullKeeps, Changes changes)
      throws SQLException {
    int inserted = insertNew(connection, rows);
    if (inserted == rows.size()) {
      return new Stored(inserted, 0, 0);
    }
    int changed = 0;
    for (int from = 0; from < rows.size(); from += KEYS_PER_SELECT) {
      int to = Math.min(rows.size(), from + KEYS_PER_SELECT);
      changed += updateWhereDifferent(connection, rows.slice(from, to), nullKeeps, changes);
    }
    if (changed > 0 && table.isSeries()) {
      StaleWindows.mark(connection, rows);
    }
    return new Stored(inserted, changed, rows.size() - inserted - changed);
  }

  /** Deletes the rows with these keys; the other cells don't matter. */
  public void delete(Connection connection, Rows rows) throws SQLException {
    String sql = "DELETE FROM %s WHERE %s".formatted(engine.quote(table.name()), keyCondition());
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (int row = 0; row < rows.size(); row++) {
        int index = 1;
        for (String column : table.key()) {
          bindCell(delete, index++, rows, rows.indexOf(column), row);
        }
        delete.executeUpdate();
      }
    }
    if (table.isSeries()) {
      StaleWindows.mark(connection, rows);
    }
  }

  /** Inserts the rows whose key is not there yet and leaves the others alone; how many were new. */
  public int insertNew(Connection connection, Rows rows) throws SQLException {
    int inserted = insert(connection, rows);
    if (inserted > 0 && table.isSeries()) {
      StaleWindows.mark(connection, rows);
    }
    return inserted;
  }

  private int insert(Connection connection, Rows rows) throws SQLException {
    int perStatement = engine.rowsPerInsert();
    int inserted = 0;
    int from = 0;
    while (from < rows.size()) {
      int count = Math.min(perStatement, rows.size() - from);
      // One statement for all full groups of rows, one for the rest.
      int groups = count == perStatement ? (rows.size() - from) / perStatement : 1;
      try (PreparedStatement insert =
          connection.prepareStatement(insertSql(rows.columns(), count))) {
        for (int group = 0; group < groups; group++) {
          for (int row = 0; row < count; row++) {
            bindRow(insert, 1 + row * rows.columns().size(), rows, from + row);
          }
          inserted += insert.executeUpdate();
          from += count;
        }
      }
    }
    return inserted;
  }

  /** Inserts one row of a table with a generated id; its new id. */
  public long insert(Connection connection, Map<Column, @Nullable Object> row) throws SQLException {
    List<Column> columns = List.copyOf(row.keySet());
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(engine.quote(table.name()), names(columns), placeholders(columns.size()));
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
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
    String sql =
        "UPDATE %s SET %s WHERE %s = ?"
            .formatted(
                engine.quote(table.name()),
                columns.stream()
                    .map(column -> engine.quote(column.name()) + " = ?")
                    .collect(Collectors.joining(", ")),
                engine.quote(Table.ID));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
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
    String sql =
        "SELECT %s, %s FROM %s WHERE %s ORDER BY %s"
            .formatted(
                engine.quote(Table.ID),
                names(List.copyOf(values.keySet())),
                engine.quote(table.name()),
                condition,
                engine.quote(Table.ID));
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
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

  /** The row with that id, by column; empty if there is none. */
  public Map<String, @Nullable Object> byId(Connection connection, long id) throws SQLException {
    List<Column> columns = table.travelling();
    String sql =
        "SELECT %s FROM %s WHERE %s = ?"
            .formatted(names(columns), engine.quote(table.name()), engine.quote(Table.ID));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      Rows rows = readOwn(select, columns);
      return rows.isEmpty() ? Map.of() : Collections.unmodifiableMap(rows.row(0));
    }
  }

  private int updateWhereDifferent(
      Connection connection, Rows rows, boolean nullKeeps, Changes changes) throws SQLException {
    Map<Position, Integer> there = new HashMap<>();
    Rows known = selectByKey(connection, rows);
    for (int row = 0; row < known.size(); row++) {
      there.put(Objects.requireNonNull(known.keyAt(row)), row);
    }
    // Of two rows with one key the later counts, so that a batch ends as its last row says.
    Map<Position, Integer> wanted = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      wanted.put(Objects.requireNonNull(rows.keyAt(row)), row);
    }
    List<Column> values =
        rows.columns().stream().filter(column -> !table.key().contains(column.name())).toList();
    if (values.isEmpty()) {
      return 0;
    }
    String sql =
        "UPDATE %s SET %s WHERE %s"
            .formatted(
                engine.quote(table.name()),
                values.stream()
                    .map(column -> assignment(column, nullKeeps))
                    .collect(Collectors.joining(", ")),
                keyCondition());
    int changed = 0;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<Position, Integer> each : wanted.entrySet()) {
        Integer knownRow = there.get(each.getKey());
        if (knownRow != null && !same(rows, each.getValue(), known, knownRow, nullKeeps)) {
          changes.changing(known, knownRow);
          int index = 1;
          for (Column column : values) {
            bindCell(update, index++, rows, rows.indexOf(column.name()), each.getValue());
          }
          for (String column : table.key()) {
            bindCell(update, index++, rows, rows.indexOf(column), each.getValue());
          }
          update.executeUpdate();
          changed++;
        }
      }
    }
    return changed;
  }

  private String assignment(Column column, boolean nullKeeps) {
    String name = engine.quote(column.name());
    return nullKeeps ? "%s = COALESCE(?, %s)".formatted(name, name) : name + " = ?";
  }

  private static boolean same(
      Rows wanted, int wantedRow, Rows known, int knownRow, boolean nullKeeps) {
    for (int i = 0; i < wanted.columns().size(); i++) {
      int other = known.indexOf(wanted.columns().get(i).name());
      boolean saysNothing = nullKeeps && wanted.isNull(i, wantedRow);
      if (!saysNothing && !wanted.sameCell(i, wantedRow, known, other, knownRow)) {
        return false;
      }
    }
    return true;
  }

  private Rows selectByKey(Connection connection, Rows rows) throws SQLException {
    String sql =
        "SELECT %s FROM %s WHERE %s"
            .formatted(
                names(rows.columns()),
                engine.quote(table.name()),
                Collections.nCopies(rows.size(), keyCondition()).stream()
                    .collect(Collectors.joining(") OR (", "(", ")")));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (int row = 0; row < rows.size(); row++) {
        for (String column : table.key()) {
          bindCell(select, index++, rows, rows.indexOf(column), row);
        }
      }
      return readOwn(select, rows.columns());
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

  private String insertSql(List<Column> columns, int rows) {
    String one = "(" + placeholders(columns.size()) + ")";
    String insert =
        "INSERT INTO %s (%s) VALUES %s"
            .formatted(
                engine.quote(table.name()),
                names(columns),
                String.join(", ", Collections.nCopies(rows, one)));
    return engine.insertNewOnly(insert, table.hasId() ? List.of(Table.ID) : table.key());
  }

  private String keyCondition() {
    return table.key().stream()
        .map(column -> engine.quote(column) + " = ?")
        .collect(Collectors.joining(" AND "));
  }

  private String names(List<Column> columns) {
    return columns.stream()
        .map(column -> engine.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static String placeholders(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  private void bindRow(PreparedStatement statement, int index, Rows rows, int row)
      throws SQLException {
    for (int i = 0; i < rows.columns().size(); i++) {
      bindCell(statement, index + i, rows, i, row);
    }
  }

  private void bindCell(PreparedStatement statement, int index, Rows rows, int column, int row)
      throws SQLException {
    Column type = rows.columns().get(column);
    if (rows.isNull(column, row)) {
      bind(statement, index, type, null);
      return;
    }
    switch (type.type()) {
      case INTEGER -> statement.setLong(index, rows.longAt(column, row));
      case BOOLEAN -> statement.setBoolean(index, rows.longAt(column, row) != 0);
      case REAL -> statement.setDouble(index, rows.realAt(column, row));
      case TEXT -> statement.setString(index, rows.textAt(column, row));
      case TIME -> engine.setTime(statement, index, rows.longAt(column, row));
    }
  }

  private void bind(PreparedStatement statement, int index, Column column, @Nullable Object value)
      throws SQLException {
    CellWriter.bind(engine, statement, index, column, value);
  }
}
