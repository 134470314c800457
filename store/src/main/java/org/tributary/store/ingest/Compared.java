package org.tributary.store.ingest;

import java.util.Objects;
import java.util.Optional;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Window;
import org.tributary.wire.WireFormatException;

/**
 * A row set aside as it takes part in comparisons: its gateway has it, and hashes it so.
 *
 * @param node by the gateway's id
 */
record Compared(long node, long hash, Rows row) {

  /** Empty for rows that no comparison sees: without a time or key, or not to be read. */
  static Optional<Compared> of(Apart apart) {
    return apart.rule() == Rule.UNREADABLE || apart.time().isEmpty()
        ? Optional.empty()
        : of(apart.table(), apart.content());
  }

  /** The same from what was kept of it. */
  static Optional<Compared> of(Table table, String content) {
    if (!table.isSeries()) {
      return Optional.empty();
    }
    Rows.Builder builder = new Rows.Builder(table, table.columns(), 1);
    try {
      SyncJson.readRow(content, builder, table.columns());
    } catch (WireFormatException e) {
      return Optional.empty();
    }
    Rows row = builder.build();
    if (row.keyAt(0) == null) {
      return Optional.empty();
    }
    long hash = new RowHash(table, RowHash.allColumns(table)).of(row, 0);
    return Optional.of(new Compared(row.longAt(row.indexOf("nodeId"), 0), hash, row));
  }

  long micros() {
    return row.longAt(0, 0);
  }

  boolean isIn(Window window, Optional<Position> upTo) {
    Long wanted = window.node();
    return micros() >= window.fromMicros()
        && micros() < window.toMicros()
        && (wanted == null || wanted == node)
        && (upTo.isEmpty() || !Objects.requireNonNull(row.keyAt(0)).isAfter(upTo.get()));
  }
}
