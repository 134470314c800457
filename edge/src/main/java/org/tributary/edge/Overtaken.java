package org.tributary.edge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Page;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/**
 * Rows stamped in the future that were logged after others, stamped still further in the future,
 * had been sent: a clock that was wrong twice. They lie behind the position of their lane, so they
 * are looked for, and each is sent once in the life of this process.
 *
 * <p>Not thread-safe: its {@link Pusher} owns it.
 */
final class Overtaken {

  /** Keys that are remembered, and rows that are looked through in each push. */
  private static final int MOST = 10_000;

  private final Source source;
  private final Map<Table, Position> begin = new HashMap<>();
  private final Map<Table, Set<Position>> sent = new HashMap<>();

  Overtaken(Source source) {
    this.source = source;
  }

  /** Remembers rows that need not be sent again. */
  void sent(Batch batch) {
    Set<Position> keys = sent.computeIfAbsent(batch.table(), table -> new HashSet<>());
    for (int row = 0; row < batch.rows().size() && keys.size() < MOST; row++) {
      keys.add(Objects.requireNonNull(batch.rows().keyAt(row)));
    }
  }

  /** The next rows that were overtaken; an empty batch if there are no more. */
  Batch next(Table table, Welcome welcome, int maxRows) throws LocalDatabaseException {
    Position from =
        begin.computeIfAbsent(table, any -> Stretch.endOf(table, welcome.trustedUntil()));
    Optional<Position> cursor = Optional.of(from);
    Optional<Position> reached =
        welcome.position(table, Lane.UNTRUSTED).filter(position -> position.isAfter(from));
    Set<Position> known = sent.computeIfAbsent(table, any -> new HashSet<>());
    for (int looked = 0; reached.isPresent() && cursor.isPresent() && looked < MOST; ) {
      Page page = source.readAfter(table, cursor, Optional.empty(), maxRows);
      Rows rows = page.rows();
      Position end = reached.get();
      Rows overtaken = rows.where(row -> isOvertaken(rows.keyAt(row), end, known));
      if (!overtaken.isEmpty() && known.size() < MOST) {
        return batch(table, overtaken);
      }
      looked += rows.size() + page.unreadable().size();
      boolean more = page.full() && page.last().filter(last -> end.isAfter(last)).isPresent();
      cursor = more ? page.cursor() : Optional.empty();
    }
    return batch(table, Rows.none(table));
  }

  private static boolean isOvertaken(@Nullable Position key, Position end, Set<Position> known) {
    return key != null && !key.isAfter(end) && !known.contains(key);
  }

  /** Moves no position. */
  private static Batch batch(Table table, Rows rows) {
    return new Batch(table, Lane.UNTRUSTED, Optional.empty(), Optional.empty(), rows, List.of());
  }
}
