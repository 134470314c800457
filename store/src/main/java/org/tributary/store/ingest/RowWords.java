package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * What people call a row: a house by its address, a node by its room, found out with the rows that
 * it refers to. Not thread-safe.
 */
record RowWords(Lookup rows) {

  /** Finds rows of one side by their ids there. */
  @FunctionalInterface
  interface Lookup {
    /** The row; empty if there is none of that id. */
    Map<String, @Nullable Object> row(Table table, long id) throws SQLException;
  }

  /** What the row is called; empty if it has no name and refers to none that has one. */
  String of(Table table, long id) throws SQLException {
    Map<String, @Nullable Object> row = rows.row(table, id);
    if (table.equals(Tables.HOUSE)) {
      return text(row, "address");
    }
    if (table.equals(Tables.LOCATION)) {
      return joined(referred(row, "roomId", Tables.ROOM), referred(row, "houseId", Tables.HOUSE));
    }
    if (table.equals(Tables.NODE)) {
      return referred(row, "locationId", Tables.LOCATION);
    }
    if (table.equals(Tables.SENSOR)) {
      String node = row.get("nodeId") instanceof Number its ? "node " + its : "";
      return joined(referred(row, "sensorTypeId", Tables.SENSOR_TYPE), node);
    }
    return text(row, "name");
  }

  private String referred(Map<String, @Nullable Object> row, String column, Table table)
      throws SQLException {
    return row.get(column) instanceof Number id ? of(table, id.longValue()) : "";
  }

  private static String text(Map<String, @Nullable Object> row, String column) {
    return row.get(column) instanceof String text ? text.strip() : "";
  }

  private static String joined(String... words) {
    return Stream.of(words).filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
  }
}
