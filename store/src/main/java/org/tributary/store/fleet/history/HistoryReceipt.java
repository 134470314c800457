package org.tributary.store.fleet.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;

/**
 * A batch and its acknowledgement.
 *
 * @param rows how many it had, each of which is in one of the four counts
 * @param settled what became of rows that central had besides, for a batch that was all of
 *     something
 * @param bytes as it travelled, where they were counted
 * @param position how far its lane had come then, if it had begun
 * @param took from when it was unpacked until just before the commit
 */
public record HistoryReceipt(
    Instant at,
    String table,
    Lane lane,
    long rows,
    long inserted,
    long changed,
    long unchanged,
    long setAside,
    Optional<Settled> settled,
    Optional<Long> bytes,
    Optional<Position> position,
    Duration took) {

  /** Rows that central had and the gateway had not. */
  public record Settled(long kept, long deleted) {}

  public HistoryReceipt {
    requireNonNull(at);
    requireNonNull(table);
    requireNonNull(lane);
    requireNonNull(settled);
    requireNonNull(bytes);
    requireNonNull(position);
    requireNonNull(took);
  }
}
