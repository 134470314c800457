package org.tributary.wire;

import static java.util.Objects.requireNonNull;

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
 */
public record Ack(
    int inserted,
    int changed,
    int unchanged,
    List<SetAside> setAside,
    Optional<Position> position) {

  public Ack {
    setAside = List.copyOf(setAside);
    requireNonNull(position);
    if (inserted < 0 || changed < 0 || unchanged < 0) {
      throw new IllegalArgumentException("Counts can't be negative");
    }
  }

  /** How many rows this answer speaks of. */
  public int accountedFor() {
    return inserted + changed + unchanged + setAside.size();
  }
}
