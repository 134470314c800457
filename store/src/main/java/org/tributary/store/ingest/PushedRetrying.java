package org.tributary.store.ingest;

import java.sql.Connection;
import java.util.Optional;
import org.tributary.wire.Rows;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/** Rows that gateways push: of these only series are tried again, the rest comes by itself. */
record PushedRetrying(SeriesIngest series) implements Retrying {

  @Override
  public Rows read(SetAsideRow row) throws WireFormatException {
    return Retrying.readSeries(Tables.named(row.what().table()).orElseThrow(), row);
  }

  @Override
  public Optional<Apart> storeWhole(
      Connection connection, Gateway gateway, SetAsideRow entry, Rows row) {
    throw new IllegalStateException(row.table() + " travels whole"); // Remedy says so
  }

  @Override
  public void release(Connection connection, Gateway gateway) {
    // Nothing waits for a reading.
  }
}
