package org.tributary.edge.rest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestCells;
import org.tributary.wire.rest.RestTable;

/**
 * A row as the server has it.
 *
 * @param id by which the server knows it
 * @param cells by the names of the table's columns
 */
record CentralRow(long id, Map<String, @Nullable Object> cells) {

  // What the original writes for a node type that is not configured.
  private static final String NONE = "None";

  /** Reads an object, if it says that it is a row of that table. */
  static CentralRow of(RestTable table, Map<String, @Nullable Object> members) throws IOException {
    Object label = members.get(RestTable.LABEL);
    if (!(label instanceof String text) || !text.equalsIgnoreCase(table.label())) {
      throw new WireFormatException("it is an object of %s".formatted(label));
    }
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      Object json = members.get(column.name());
      boolean isNone = column.type() == ColumnType.TEXT && NONE.equals(json);
      cells.put(column.name(), isNone ? null : RestCells.cell(column, json));
    }
    if (!(cells.get(Table.ID) instanceof Long id)) {
      throw new WireFormatException("its id is no number");
    }
    return new CentralRow(id, cells);
  }

  @Nullable Object cell(String column) {
    return cells.get(column);
  }
}
