package org.tributary.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** By which columns a table lets no row stand twice. */
public final class UniqueKeys {

  private UniqueKeys() {}

  /** The columns of the key and of each unique index that a table has, in its spelling. */
  public static List<Set<String>> of(Connection connection, String table) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    Map<String, Set<String>> uniques = new LinkedHashMap<>();
    try (ResultSet found =
        metaData.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
      while (found.next()) {
        uniques
            .computeIfAbsent("primary key", key -> new HashSet<>())
            .add(found.getString("COLUMN_NAME"));
      }
    }
    try (ResultSet found =
        metaData.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, true, true)) {
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
