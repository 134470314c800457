package org.tributary.store.completeness;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A stretch of time in which a node should have measured more than is here.
 *
 * @param from when its last reading before was taken, or when the stretch that was asked for begins
 * @param until when the next one was, or when that stretch ends
 * @param rows how many readings that would be at the node's usual rhythm
 * @param evidence by what the cause can be told, in words
 */
public record Gap(long node, Instant from, Instant until, long rows, Cause cause, String evidence) {
  public Gap {
    requireNonNull(from);
    requireNonNull(until);
    requireNonNull(cause);
    requireNonNull(evidence);
  }
}
