package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.wire.Rows;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Stores uploaded rows that have waited for a row which is there by now, a portion at a time:
 * whoever may, lets others write in between. Stateless.
 */
record UploadedRelease(SetAsideRows setAside, SeriesIngest series, RestRows rows) {

  private static final int ROWS_AT_ONCE = 1_000;

  /**
   * How far it has come.
   *
   * @param pass a house may wait for a server that waits for a node: once through all tables in
   *     their order is not enough
   * @param table the number of the table that is next
   * @param afterId of which entry rows are next
   * @param parents how many rows were stored in this pass that others may wait for
   * @param stored how many rows in all
   */
  record Progress(int pass, int table, long afterId, int parents, int stored) {

    boolean isDone() {
      return pass == RestTables.ALL.size();
    }

    Progress beyond(long id, int itsParents, int itsRows) {
      return new Progress(pass, table, id, parents + itsParents, stored + itsRows);
    }

    Progress nextTable() {
      if (table + 1 < RestTables.ALL.size()) {
        return new Progress(pass, table + 1, 0, parents, stored);
      }
      return new Progress(parents > 0 ? pass + 1 : RestTables.ALL.size(), 0, 0, 0, stored);
    }
  }

  /** A portion of the work. It may be run again if its transaction was rolled back. */
  interface Portion {
    Progress store(Connection connection, Gateway gateway) throws SQLException;
  }

  /** In which transaction a portion runs; the gateway is locked. */
  interface Transactions<E extends Exception> {
    Progress run(Portion portion) throws E;
  }

  /** Stores all that can be stored; how many rows. */
  <E extends Exception> int run(Transactions<E> transactions) throws E {
    Progress progress = new Progress(0, 0, 0, 0, 0);
    while (!progress.isDone()) {
      Progress from = progress;
      progress = transactions.run((connection, gateway) -> portion(connection, gateway, from));
    }
    return progress.stored();
  }

  private Progress portion(Connection connection, Gateway gateway, Progress from)
      throws SQLException {
    Progress progress = from;
    int left = ROWS_AT_ONCE;
    while (left > 0 && !progress.isDone()) {
      RestTable table = RestTables.ALL.get(progress.table());
      List<SetAsideRows.Waiting> waiting =
          setAside.waiting(connection, gateway, table.table(), progress.afterId(), left);
      if (waiting.isEmpty()) {
        progress = progress.nextTable();
      } else {
        int stored =
            table.hasId()
                ? store(connection, gateway, table, waiting)
                : series.release(connection, gateway, table.table(), waiting);
        long last = waiting.get(waiting.size() - 1).id();
        progress = progress.beyond(last, table.hasId() ? stored : 0, stored);
        left -= waiting.size();
      }
    }
    return progress;
  }

  private int store(
      Connection connection, Gateway gateway, RestTable table, List<SetAsideRows.Waiting> waiting)
      throws SQLException {
    int stored = 0;
    for (Rows some : read(table, waiting)) {
      SeriesIngest.Outcome outcome = rows.store(connection, gateway, table, some);
      setAside.put(connection, gateway, outcome.apart());
      stored += some.size() - outcome.apart().size();
    }
    return stored;
  }

  private static List<Rows> read(RestTable table, List<SetAsideRows.Waiting> waiting)
      throws SQLException {
    UploadedTable uploaded = new UploadedTable(table);
    List<Apart> unreadable = new ArrayList<>();
    for (SetAsideRows.Waiting row : waiting) {
      try {
        uploaded.addKept(row.content(), unreadable);
      } catch (IOException e) {
        throw new SQLException("tributary_setaside holds no row of " + table, e);
      }
    }
    if (!unreadable.isEmpty()) {
      throw new SQLException("tributary_setaside holds no row of " + table + ": " + unreadable);
    }
    return uploaded.rows();
  }
}
