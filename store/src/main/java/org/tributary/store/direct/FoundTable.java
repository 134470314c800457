package org.tributary.store.direct;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
}
