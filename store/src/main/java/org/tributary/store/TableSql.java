package org.tributary.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** The words of SQL for one table of ours, and how its cells are bound. Immutable. */
record TableSql(Engine engine, Table table) {

  String quote(String name) {
    return engine.quote(name);
  }

  String name() {
    return quote(table.name());
  }

  String names(List<Column> columns) {
    return columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
  }

  /** Whether the table itself keeps a key from standing twice. */
  boolean guardsKey() {
    return engine.asBuilt().guardsKey(table);
  }

  /** That all columns of the key have the values to be bound. */
  String keyCondition() {
    return table.key().stream()
        .map(column -> quote(column) + " = ?")
        .collect(Collectors.joining(" AND "));
  }

  /** An INSERT of so many rows that fails where a key is known. */
  String insert(List<Column> columns, int rows) {
    String one = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    return "INSERT INTO %s (%s) VALUES %s"
        .formatted(name(), names(columns), String.join(", ", Collections.nCopies(rows, one)));
  }

  /** An INSERT of so many rows that leaves known ones alone. */
  String insertNew(List<Column> columns, int rows) {
    if (!guardsKey()) {
      return insert(columns, rows);
    }
    return engine.insertNewOnly(
        insert(columns, rows), table.hasId() ? List.of(Table.ID) : table.key());
  }

  /** Binds all cells of a row. */
  int bindRow(PreparedStatement statement, int index, Rows rows, int row) throws SQLException {
    int next = index;
    for (int i = 0; i < rows.columns().size(); i++) {
      bindCell(statement, next++, rows, i, row);
    }
    return next;
  }

  /** Binds the cells of a row's key; the index that comes next. */
  int bindKey(PreparedStatement statement, int index, Rows rows, int row) throws SQLException {
    int next = index;
    for (String column : table.key()) {
      bindCell(statement, next++, rows, rows.indexOf(column), row);
    }
    return next;
  }

  void bindCell(PreparedStatement statement, int index, Rows rows, int column, int row)
      throws SQLException {
    Column type = rows.columns().get(column);
    if (rows.isNull(column, row)) {
      CellWriter.bind(engine, statement, index, type, null);
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
}
