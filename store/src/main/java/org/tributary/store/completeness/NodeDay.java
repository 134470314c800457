package org.tributary.store.completeness;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.tributary.wire.Digest;
import org.tributary.wire.Rule;

/**
 * How complete one node's readings of one UTC day are. All counts are of readings.
 *
 * @param present those that are here
 * @param digest of those, all columns and central's own ids counted
 * @param waiting those that the gateway said last that it has beside them
 * @param setAside those kept apart, by rule
 * @param lost those that a node would have sent besides at its usual rhythm, by the cause of the
 *     gap
 */
public record NodeDay(
    LocalDate day,
    long node,
    long present,
    Digest digest,
    long waiting,
    Map<Rule, Long> setAside,
    Map<Cause, Long> lost) {

  public NodeDay {
    requireNonNull(day);
    requireNonNull(digest);
    setAside = ordered(setAside, Rule.class);
    lost = ordered(lost, Cause.class);
  }

  /**
   * How many readings there should be: those that are known of, or those that the node's rhythm
   * leads to expect, whichever is more.
   */
  public long expected() {
    long known = present + waiting + sum(setAside);
    return Math.max(known, present + sum(lost));
  }

  /** Those that the gateway recorded, as far as is known. */
  public long recorded() {
    return present + waiting + sum(setAside);
  }

  /** Whether nothing is missing. */
  public boolean isComplete() {
    return expected() == present;
  }

  static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <K extends Enum<K>> Map<K, Long> ordered(Map<K, Long> counts, Class<K> keys) {
    Map<K, Long> ordered = new EnumMap<>(keys);
    ordered.putAll(counts);
    return Collections.unmodifiableMap(ordered);
  }
}
