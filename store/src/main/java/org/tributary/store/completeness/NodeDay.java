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
 * @param apartInGaps those of them that fill a gap, so that they are among the lost as well
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
    long apartInGaps,
    Map<Cause, Long> lost) {

  public NodeDay {
    requireNonNull(day);
    requireNonNull(digest);
    setAside = ordered(setAside, Rule.class);
    lost = ordered(lost, Cause.class);
  }

  /**
   * How many readings there should be: those that are here, those set aside of sensors that have no
   * gap, and what fills the gaps, as far as that is known of, or as the sensors' rhythm leads to
   * expect, whichever is more.
   */
  public long expected() {
    long besideGaps = sum(setAside) - apartInGaps;
    return present + besideGaps + Math.max(waiting + apartInGaps, sum(lost));
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
