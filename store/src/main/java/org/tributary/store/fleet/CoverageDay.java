package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A gateway's readings of one UTC day. All counts are of readings.
 *
 * @param present those that are here
 * @param waiting those that the gateway said last that it has beside them; 0 where it only left the
 *     day behind, and nobody has counted
 * @param setAside those that are kept apart under times of that day
 * @param usual how many it had on the median of the days before; 0 if too few are known
 */
public record CoverageDay(
    LocalDate day, CoverageState state, long present, long waiting, long setAside, long usual) {
  public CoverageDay {
    requireNonNull(day);
    requireNonNull(state);
  }
}
