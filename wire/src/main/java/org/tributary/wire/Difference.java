package org.tributary.wire;

import static java.util.Objects.requireNonNull;

/**
 * A window that is not the same on both sides, rows set aside and rows that central keeps for
 * itself not counted.
 *
 * @param there how many rows central has in it
 */
public record Difference(Window window, long there) {
  public Difference {
    requireNonNull(window);
  }
}
