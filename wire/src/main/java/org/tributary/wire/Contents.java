package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a batch of the history lane says beyond its rows: that they are all that the gateway has of
 * some parts of windows. What central has there besides, it keeps for itself or deletes.
 *
 * @param columns which columns the gateway has, as {@link RowHash} numbers them
 * @param upTo the last key that counts, if there is one
 * @param salt by which keys fall into buckets
 * @param mirrored how many rows the gateway's table has in all, if central is to delete what the
 *     gateway no longer has; empty if it is to keep it
 */
public record Contents(
    int columns, Optional<Position> upTo, long salt, OptionalLong mirrored, List<Part> parts) {

  public Contents {
    requireNonNull(upTo);
    requireNonNull(mirrored);
    parts = List.copyOf(parts);
  }
}
