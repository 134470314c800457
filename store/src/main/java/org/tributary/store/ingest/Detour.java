package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.Trouble;
import org.tributary.wire.Rows;

/**
 * Stores rows around those that the database refuses: the stretch with such a row is halved until
 * the row is found, and all its neighbours are stored. Stateless; runs in its caller's transaction.
 */
record Detour(Engine engine) {

  /** Stores a stretch of the rows. */
  interface Storing {
    Stored store(Rows some) throws SQLException;
  }

  /** Hears of a row that is left out, by its place among all of them. */
  interface Refusals {
    void refused(int row, String reason);
  }

  /** Stores all rows but those refused. */
  Stored store(Connection connection, Rows rows, Storing storing, Refusals refusals)
      throws SQLException {
    return store(connection, rows, 0, rows.size(), storing, refusals);
  }

  private Stored store(
      Connection connection, Rows rows, int from, int to, Storing storing, Refusals refusals)
      throws SQLException {
    if (from == to) {
      return Stored.NOTHING;
    }
    Savepoint before = connection.setSavepoint();
    try {
      boolean isAll = from == 0 && to == rows.size();
      Stored stored = storing.store(isAll ? rows : rows.slice(from, to));
      if (!isAll) { // the one of all rows ends with the transaction
        connection.releaseSavepoint(before);
      }
      return stored;
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      if (to - from == 1) {
        refusals.refused(from, DatabaseUrl.redact(String.valueOf(e.getMessage())));
        return Stored.NOTHING;
      }
    }
    int middle = (from + to) / 2;
    return store(connection, rows, from, middle, storing, refusals)
        .plus(store(connection, rows, middle, to, storing, refusals));
  }
}
