package org.tributary.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.tributary.wire.Micros;

/**
 * The clock that a database's times without a zone were read from.
 *
 * <p>What it shows stands for one instant, and for the same one whatever rows there are beside it:
 * in the hour that it shows twice, for the first of the two. So a row has one time, whoever reads
 * it, its readings lie in the order of the instants that they stand for, and none of them is later
 * than it was taken. Immutable.
 */
public record WallClock(ZoneId zone) {

  /** The clock of whoever writes UTC. */
  public static final WallClock UTC = new WallClock(ZoneOffset.UTC);

  public WallClock {
    // Whatever UTC is called, it is one zone.
    zone = requireNonNull(zone).normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
  }

  /**
   * The instant that it shows so, in microseconds since 1970 UTC.
   *
   * @throws ArithmeticException if microseconds don't count so far
   */
  long micros(LocalDateTime shown) throws UnreadableCell {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset;
    if (rules.isFixedOffset()) {
      offset = rules.getOffset(Instant.EPOCH);
    } else {
      ZoneOffsetTransition change = rules.getTransition(shown);
      if (change != null && change.isGap()) {
        throw new UnreadableCell(
            "is a time that there never was in %s, where clocks went from %s to %s: %s"
                .formatted(zone, change.getDateTimeBefore(), change.getDateTimeAfter(), shown),
            shown);
      }
      offset = change == null ? rules.getOffset(shown) : change.getOffsetBefore();
    }
    return Math.subtractExact(JdbcCells.micros(shown), offset.getTotalSeconds() * 1_000_000L);
  }

  /**
   * The last that it shows up to an instant: of all that stands for that instant or an earlier one,
   * the highest.
   */
  LocalDateTime shownAt(long micros) {
    ZoneRules rules = zone.getRules();
    Instant instant = Micros.toInstant(micros);
    LocalDateTime shown =
        JdbcCells.time(micros).plusSeconds(rules.getOffset(instant).getTotalSeconds());
    ZoneOffsetTransition change = rules.getTransition(shown); // none in a fixed zone
    if (change == null || change.isGap() || instant.isBefore(change.getInstant())) {
      return shown;
    }
    return change.getDateTimeBefore().minus(1, ChronoUnit.MICROS); // it is shown a second time
  }

  /**
   * Until when no row will be written any more that stands for an earlier instant, given the
   * present: that is the present, save while the clock goes through an hour that it shows twice.
   * What is written the second time stands among what was written the first time, so all of it
   * waits until both are over.
   */
  public Instant settledAt(Instant present) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      return present;
    }
    ZoneOffsetTransition before = rules.previousTransition(present.plusNanos(1));
    if (before != null
        && before.isOverlap()
        && present.isBefore(before.getInstant().minus(before.getDuration()))) {
      return beforeFirstTime(before);
    }
    ZoneOffsetTransition next = rules.nextTransition(present);
    if (next != null
        && next.isOverlap()
        && !present.isBefore(next.getInstant().plus(next.getDuration()))) {
      return beforeFirstTime(next);
    }
    return present;
  }

  // An overlap's duration is negative.
  private static Instant beforeFirstTime(ZoneOffsetTransition overlap) {
    return overlap.getInstant().plus(overlap.getDuration()).minus(1, ChronoUnit.MICROS);
  }
}
