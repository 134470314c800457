package org.tributary.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return Optional.ofNullable(columns.get(columnName.toLowerCase(java.util.Locale.ROOT)));
  }

  /** The columns of a travelling table that are really there, in its order. */
  public List<Column> present(Table table) {
    return table.travelling().stream().filter(column -> column(column.name()).isPresent()).toList();
  }
}
