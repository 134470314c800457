package org.tributary.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tributary.wire.Column;
import org.tributary.wire.Table;

/**
 * A table as a database really has it.
 *
 * @param name in the database's spelling
 * @param columns by name in lower case
 */
public record SourceTable(String name, Map<String, SourceColumn> columns) {

  public SourceTable {
    columns = Map.copyOf(columns);
  }

  public Optional<SourceColumn> column(String columnName) {
    return Optional.ofNullable(columns.get(lower(columnName)));
  }

  /**
   * Whether no two rows can have the same values in these columns: a key or unique index of them,
   * or of some of them, that allows no nulls.
   */
  boolean isUnique(Connection connection, List<String> columnNames) throws SQLException {
    Set<String> wanted = lower(columnNames);
    DatabaseMetaData metaData = connection.getMetaData();
    Set<String> notNull = new HashSet<>();
    try (ResultSet found =
        metaData.getColumns(connection.getCatalog(), connection.getSchema(), name, "%")) {
      while (found.next()) {
        if (found.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls) {
          notNull.add(lower(found.getString("COLUMN_NAME")));
        }
      }
    }
    return UniqueKeys.of(connection, name).stream()
        .map(SourceTable::lower)
        .anyMatch(key -> wanted.containsAll(key) && notNull.containsAll(key));
  }

  private static Set<String> lower(Collection<String> names) {
    return names.stream().map(SourceTable::lower).collect(Collectors.toSet());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The columns of a travelling table that are really there, in its order. */
  public List<Column> present(Table table) {
    return table.travelling().stream().filter(column -> column(column.name()).isPresent()).toList();
  }
}
