package org.tributary.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.tributary.wire.Rows;

/**
 * Reads whole rows of one query, where an engine can do that quicker than cell by cell. It takes
 * what is as it should be and leaves all else to {@link CellReader}s, which say what is wrong. Not
 * thread-safe.
 */
@FunctionalInterface
interface RowReader {

  /** Leaves every row to the readers of cells. */
  RowReader NONE = (found, into) -> false;

  /**
   * Reads the row in hand.
   *
   * @return whether it was; if not, none of its cells have been added
   */
  boolean read(ResultSet found, Rows.Builder into) throws SQLException;
}
