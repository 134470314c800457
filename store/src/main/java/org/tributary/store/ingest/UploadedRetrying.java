package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.wire.Rows;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.WireFormatException;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** Rows of any table that clients of the REST interface upload in bulk. */
record UploadedRetrying(SeriesIngest series, RestRows rows, UploadedRelease released)
    implements Retrying {

  @Override
  public Rows read(SetAsideRow row) throws WireFormatException {
    RestTable table = RestTables.named(row.what().table()).orElseThrow();
    if (!table.hasId()) {
      return Retrying.readSeries(table.table(), row);
    }
    UploadedTable uploaded = new UploadedTable(table);
    List<Apart> unreadable = new ArrayList<>();
    try {
      uploaded.addKept(row.content(), unreadable);
    } catch (IOException e) {
      throw new WireFormatException("what was kept of it can't be read", e);
    }
    if (!unreadable.isEmpty()) {
      throw new WireFormatException(unreadable.get(0).reason());
    }
    return uploaded.rows().get(0);
  }

  @Override
  public Optional<Apart> storeWhole(
      Connection connection, Gateway gateway, SetAsideRow entry, Rows row) throws SQLException {
    RestTable table = RestTables.named(entry.what().table()).orElseThrow();
    return rows.store(connection, gateway, table, row).apart().stream().findFirst();
  }

  @Override
  public void release(Connection connection, Gateway gateway) throws SQLException {
    released.run(portion -> portion.store(connection, gateway));
  }
}
