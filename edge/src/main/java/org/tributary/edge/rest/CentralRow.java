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
 * @param cells by the names of the table's columns, as far as the server has them
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
      if (!members.containsKey(column.name())) {
        continue; // an older server has no such column, which is not the same as nothing in it
      }
      Object json = members.get(column.name());
      boolean isText = column.type() == ColumnType.TEXT;
      cells.put(column.name(), RestCells.cell(column, isText ? plain(json) : json));
    }
    if (!(cells.get(Table.ID) instanceof Long id)) {
      throw new WireFormatException("its id is no number");
    }
    return new CentralRow(id, cells);
  }

  /** A text that says something, or null. */
  static @Nullable Object plain(@Nullable Object text) {
    return NONE.equals(text) ? null : text;
  }

  @Nullable Object cell(String column) {
    return cells.get(column);
  }
}
