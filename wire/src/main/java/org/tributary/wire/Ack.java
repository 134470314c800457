package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Central's answer to a batch, given only after its transaction has committed. Every row of the
 * batch is in exactly one of the four counts.
 *
 * @param inserted rows that were new
 * @param changed rows that were there with other values
 * @param unchanged rows that were there already
 * @param setAside rows kept apart, each with its reason
 * @param position how far central says the batch's lane has come, if it has begun
 * @param settled what became of rows that central had besides, for a batch that was all of
 *     something
 * @param pause how long central would like the gateway to wait before it sends more; nothing in
 *     quiet times
 */
public record Ack(
    int inserted,
    int changed,
    int unchanged,
    List<SetAside> setAside,
    Optional<Position> position,
    Optional<Settled> settled,
    Duration pause) {

  /**
   * Rows that central had and the gateway had not.
   *
   * @param refused whether they were not deleted although the gateway wanted it, because of its own
   *     rows too many are gone
   */
  public record Settled(long kept, long deleted, boolean refused) {}

  public Ack {
    setAside = List.copyOf(setAside);
    requireNonNull(position);
    requireNonNull(settled);
    if (inserted < 0 || changed < 0 || unchanged < 0 || pause.isNegative()) {
      throw new IllegalArgumentException("Counts can't be negative");
    }
  }

  /** Without a wish for a pause. */
  public Ack(
      int inserted,
      int changed,
      int unchanged,
      List<SetAside> setAside,
      Optional<Position> position,
      Optional<Settled> settled) {
    this(inserted, changed, unchanged, setAside, position, settled, Duration.ZERO);
  }

  /** For a batch that is not all of anything. */
  public Ack(
      int inserted,
      int changed,
      int unchanged,
      List<SetAside> setAside,
      Optional<Position> position) {
    this(inserted, changed, unchanged, setAside, position, Optional.empty());
  }

  /** The same with a wish for a pause. */
  public Ack pausing(Duration wish) {
    return new Ack(inserted, changed, unchanged, setAside, position, settled, wish);
  }

  /** How many rows this answer speaks of. */
  public int accountedFor() {
    return inserted + changed + unchanged + setAside.size();
  }
}
