package org.tributary.server.sync;

import org.tributary.wire.Ack;

/** Hears of every batch that was stored. Thread-safe. */
@FunctionalInterface
public interface BatchWatch {

  /**
   * A batch is stored.
   *
   * @param bytes as it travelled
   */
  void stored(Ack ack, long bytes);
}
