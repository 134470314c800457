package org.tributary.store.direct;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table as a database really has it. A picture of one moment.
 *
 * @param columns by name
 */
record FoundTable(String name, Map<String, FoundColumn> columns) {

  /** All tables of the connection's own catalog and schema, by name. */
  static Map<String, FoundTable> all(Connection connection) throws SQLException {
    Map<String, FoundTable> tables = new LinkedHashMap<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (found.next()) {
        FoundColumn column = FoundColumn.of(found);
        tables
            .computeIfAbsent(
                found.getString("TABLE_NAME"), name -> new FoundTable(name, new LinkedHashMap<>()))
            .columns()
            .put(column.name(), column);
      }
    }
    return tables;
  }

  Optional<FoundColumn> column(String columnName) {
    return Optional.ofNullable(columns.get(columnName));
  }

  /** The columns of each key and unique index that it has. */
  Collection<Set<String>> uniques(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    Map<String, Set<String>> uniques = new LinkedHashMap<>();
    try (ResultSet found =
        metaData.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), name)) {
      while (found.next()) {
        uniques
            .computeIfAbsent("primary key", key -> new HashSet<>())
            .add(found.getString("COLUMN_NAME"));
      }
    }
    try (ResultSet found =
        metaData.getIndexInfo(connection.getCatalog(), connection.getSchema(), name, true, true)) {
      while (found.next()) {
        String column = found.getString("COLUMN_NAME");
        // SQLite's driver tells of all indexes, whatever it was asked for.
        if (column != null && !found.getBoolean("NON_UNIQUE")) {
          uniques
              .computeIfAbsent("index " + found.getString("INDEX_NAME"), index -> new HashSet<>())
              .add(unquoted(column));
        }
      }
    }
    return List.copyOf(uniques.values());
  }

  // PostgreSQL's driver tells them as they stand in the index's definition.
  private static String unquoted(String column) {
    return column.startsWith("\"") && column.endsWith("\"")
        ? column.substring(1, column.length() - 1)
        : column;
  }
}
