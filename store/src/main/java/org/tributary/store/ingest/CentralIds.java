package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;

/** Which row of central an id means that stands in a row on its way in. */
interface CentralIds {

  /**
   * Central's ids by the ids that stand in the rows' column, as far as there are such rows at
   * central; the map may hold more.
   *
   * @param column one that refers to another table
   */
  Map<Long, Long> of(Connection connection, Gateway gateway, Column column, Rows rows)
      throws SQLException;

  /** The same for all columns of rows that refer to a table, by that table's name. */
  default Map<String, Map<Long, Long>> of(Connection connection, Gateway gateway, Rows rows)
      throws SQLException {
    Map<String, Map<Long, Long>> known = new HashMap<>();
    for (Column column : rows.columns()) {
      if (column.references().isPresent()) {
        known.put(column.references().get(), of(connection, gateway, column, rows));
      }
    }
    return known;
  }

  /** Why a row has to wait whose column has an id that is not among them. */
  String missing(Column column, long id);
}
