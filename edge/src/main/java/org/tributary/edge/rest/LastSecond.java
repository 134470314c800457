package org.tributary.edge.rest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/**
 * The rows of a series that have been sent of the second in which its position lies: another row of
 * that second which differs from them in the fraction only would take their place.
 *
 * @param keys what tells them apart beside the time
 */
record LastSecond(Instant second, Set<String> keys) {

  static final LastSecond NONE = new LastSecond(Instant.MIN, Set.of());

  LastSecond {
    requireNonNull(second);
    keys = Set.copyOf(keys);
  }
}
