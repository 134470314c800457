package org.tributary.store.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Digest;
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
    return row.keyAt(0) == null ? Optional.empty() : Optional.of(of(row));
  }

  private static Compared of(Rows row) {
    long hash = new RowHash(row.table(), RowHash.allColumns(row.table())).of(row, 0);
    return new Compared(row.longAt(row.indexOf("nodeId"), 0), hash, row);
  }

  /** The same row with another time. */
  Compared at(Instant time) {
    Map<String, @Nullable Object> cells = row.row(0);
    cells.put(row.table().key().get(0), time);
    return of(
        new Rows.Builder(row.table(), row.columns(), 1).row(cells.values().toArray()).build());
  }

  /** All of them together. */
  static Digest sum(List<Compared> rows) {
    return rows.stream().map(Compared::digest).reduce(Digest.NONE, Digest::plus);
  }

  /** It alone. */
  Digest digest() {
    return new Digest(1, hash);
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
