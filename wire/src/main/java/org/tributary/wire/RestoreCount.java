package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How many rows of a window come back to a gateway.
 *
 * @param lost rows that can't
 * @param upTo how far was counted; empty if that was all of the window
 */
public record RestoreCount(long rows, List<Unreadable> lost, Optional<Position> upTo) {
  public RestoreCount {
    lost = List.copyOf(lost);
    requireNonNull(upTo);
  }
}
