package org.tributary.store.fleet.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The sums of an hour in which something came.
 *
 * @param begin the hour's, UTC
 * @param contacts greetings that were answered
 * @param refusals greetings and batches that were refused
 * @param bytes of batches, as they travelled
 * @param clock how far the gateway's clock was ahead; empty without a greeting
 */
public record HistoryHour(
    Instant begin,
    long contacts,
    long refusals,
    long batches,
    long rows,
    long inserted,
    long setAside,
    long bytes,
    Optional<Clock> clock) {

  /**
   * How far a clock was ahead of central's in an hour, in milliseconds; behind if negative.
   *
   * @param least at one greeting
   * @param most at another
   */
  public record Clock(long least, long most) {}

  public HistoryHour {
    requireNonNull(begin);
    requireNonNull(clock);
  }
}
