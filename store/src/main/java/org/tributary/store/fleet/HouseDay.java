package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A house's readings of one UTC day. All counts are of readings.
 *
 * @param house central's number of it
 * @param present those that were here when central counted them last
 * @param waiting those that gateways said last that they have beside them
 * @param setAside those that are kept apart under times of that day
 * @param usual how many its nodes have on other days around: the sum of their medians
 * @param mark changes whenever what the books say of the day does
 */
public record HouseDay(
    long house,
    LocalDate day,
    DayState state,
    long present,
    long waiting,
    long setAside,
    long usual,
    long mark) {

  public HouseDay {
    requireNonNull(day);
    requireNonNull(state);
  }

  /** How many more are usual than were recorded, as far as is known. */
  public long lost() {
    return Math.max(0, usual - present - waiting - setAside);
  }
}
