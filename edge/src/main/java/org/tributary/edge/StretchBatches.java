package org.tributary.edge;

import java.util.Optional;
import org.tributary.store.Page;
import org.tributary.wire.Batch;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/** What a lane has still to send, in the order of the key; each batch moves its position. */
final class StretchBatches implements Batches {

  private final Source source;
  private final Table table;
  private final Stretch stretch;
  private Optional<Position> after;
  private Optional<Position> cursor;
  private boolean more = true;

  StretchBatches(Source source, Table table, Stretch stretch) {
    this.source = source;
    this.table = table;
    this.stretch = stretch;
    this.after = stretch.position();
    this.cursor = stretch.cursor();
  }

  @Override
  public Table table() {
    return table;
  }

  @Override
  public Optional<Batch> next(int maxRows) throws LocalDatabaseException {
    if (!more) {
      return Optional.empty();
    }
    Page page = source.readAfter(table, cursor, stretch.until(), maxRows);
    Optional<Position> upTo = page.last();
    Batch batch = new Batch(table, stretch.lane(), after, upTo, page.rows(), page.unreadable());
    after = upTo.or(batch::after);
    cursor = page.cursor();
    more = page.full() && cursor.isPresent();
    return Optional.of(batch);
  }
}
