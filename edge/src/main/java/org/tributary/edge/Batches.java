package org.tributary.edge;

import java.util.Optional;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Table;

/** Batches of a series, each read when it is asked for. Not thread-safe. */
interface Batches {

  Table table();

  /**
   * The next one, which may be without rows; empty if there are no more.
   *
   * @param maxRows most rows that it may have
   */
  Optional<Batch> next(int maxRows) throws LocalDatabaseException;

  /** Hears of each batch with rows, in the order of sending, that it was accounted for. */
  default void answered(Batch batch, Ack ack) {}
}
