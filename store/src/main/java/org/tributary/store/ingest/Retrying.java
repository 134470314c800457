package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tributary.wire.Rows;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;

/** What {@link Replay} has to know of those who sent the rows: how theirs are read and stored. */
interface Retrying {

  /** Where their readings and node states go. */
  SeriesIngest series();

  /**
   * A row, by itself, from what was kept of it.
   *
   * @throws WireFormatException if it can't be read, with the reason for a person
   */
  Rows read(SetAsideRow row) throws WireFormatException;

  /** Stores a row of no series; why not, if not. */
  Optional<Apart> storeWhole(Connection connection, Gateway gateway, SetAsideRow entry, Rows row)
      throws SQLException;

  /** Once rows have been tried: stores what has waited for them. */
  void release(Connection connection, Gateway gateway) throws SQLException;

  /** A row of a series, which is kept alike whoever sent it. */
  static Rows readSeries(Table table, SetAsideRow row) throws WireFormatException {
    Rows.Builder rows = new Rows.Builder(table, table.columns(), 1);
    try {
      SyncJson.readRow(row.content(), rows, table.columns());
    } catch (WireFormatException e) {
      throw new WireFormatException("what was kept of it can't be read", e);
    }
    return rows.build();
  }
}
