package org.tributary.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.tributary.wire.Rows;

/** Reads one column's cells; chosen once a query, so that the loop over rows decides nothing. */
@FunctionalInterface
interface CellReader {
  void read(ResultSet from, int index, Rows.Builder into, int column)
      throws SQLException, UnreadableCell;
}
