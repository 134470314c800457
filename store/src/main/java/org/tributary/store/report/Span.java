package org.tributary.store.report;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param from its first moment
 * @param until the first moment after it
 */
public record Span(Instant from, Instant until) {

  private static final Instant ALWAYS = Instant.parse("1000-01-01T00:00:00Z");
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  public Span {
    requireNonNull(from);
    requireNonNull(until);
  }

  /** From the first day up to the end of the last; without one of them, as far as there is any. */
  public static Span ofDays(Optional<Instant> first, Optional<Instant> last) {
    return new Span(
        first.orElse(ALWAYS),
        last.filter(day -> day.isBefore(NEVER.minus(Duration.ofDays(1))))
            .map(day -> day.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)))
            .orElse(NEVER));
  }

  /** From a moment up to another; without one of them, as far as there is any. */
  public static Span between(Optional<Instant> from, Optional<Instant> until) {
    return new Span(from.orElse(ALWAYS), until.orElse(NEVER));
  }

  /** The beginning of the UTC hour or day that a moment is in. */
  static Instant beginOf(Instant moment, ChronoUnit unit) {
    return moment.atOffset(ZoneOffset.UTC).truncatedTo(unit).toInstant();
  }
}
