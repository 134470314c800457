package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
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

  /** Why a row has to wait whose column has an id that is not among them. */
  String missing(Column column, long id);
}
