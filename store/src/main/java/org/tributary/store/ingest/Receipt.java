package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.tributary.store.Stored;
import org.tributary.wire.Ack;
import org.tributary.wire.Position;

/**
 * What is written down of a batch that was stored.
 *
 * @param setAside how many of its rows were kept apart
 * @param position how far its lane has come, if it has begun
 * @param settled for a batch that was all of something
 */
record Receipt(
    Arrival arrival,
    Stored stored,
    int setAside,
    Optional<Position> position,
    Optional<Ack.Settled> settled) {

  Receipt {
    requireNonNull(arrival);
    requireNonNull(stored);
    requireNonNull(position);
    requireNonNull(settled);
  }
}
