package org.tributary.edge;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.tributary.store.Page;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * Rows that no cursor leads to: without a time, from before all trusted time, or sorted where
 * another logger's spelling puts them. The same ones are sent once in the life of this process.
 *
 * <p>Not thread-safe: its {@link Pusher} owns it.
 */
final class Astray {

  private static final int ROWS = 1_000;

  // Whoever has more rows without a time has one cause for all of them, and status counts them.
  private static final int MOST = 100_000;

  private final Source source;
  private final Set<String> sent = new HashSet<>();

  Astray(Source source) {
    this.source = source;
  }

  /** Carries a batch; returns once all of it is accounted for. */
  interface Sending {
    void send(Batch batch) throws IOException, RefusedException;
  }

  /**
   * Sends them, before the position moves on; none of them moves it.
   *
   * @param live where the position is
   * @param present until when rows count
   * @param maxRows most that a batch may have
   */
  void push(
      Table table,
      Optional<Position> live,
      Instant present,
      int maxRows,
      Sending sending,
      BooleanSupplier stop)
      throws IOException, RefusedException {
    int atOnce = Math.min(ROWS, maxRows);
    boolean more = true;
    for (int offset = 0; more && offset < MOST && !stop.getAsBoolean(); offset += atOnce) {
      Page page = source.readAstray(table, live, present, offset, atOnce);
      more = page.full();
      Batch batch =
          new Batch(
              table, Lane.LIVE, Optional.empty(), Optional.empty(), page.rows(), page.unreadable());
      String content = table + BatchCodec.fingerprint(batch);
      if (!batch.isEmpty() && !sent.contains(content)) {
        sending.send(batch);
        sent.add(content);
      }
    }
  }
}
