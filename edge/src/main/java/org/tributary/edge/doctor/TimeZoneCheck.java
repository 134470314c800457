package org.tributary.edge.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.tributary.store.DurationWords;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.wire.Tables;

/**
 * Which zone the logger's times are taken for, and whether its newest reading looks as if they were
 * another's: about as far from this clock as that zone is from the one.
 *
 * @param machine the zone that this machine lives in, and perhaps the logger
 */
public record TimeZoneCheck(SourceDatabase database, Clock clock, ZoneId machine) implements Check {

  /** No zone is further from another than that. */
  private static final Duration FURTHEST = Duration.ofHours(27);

  // A logger writes every few minutes, and its clock is not quite ours.
  private static final Duration OLDER = Duration.ofMinutes(12);
  private static final Duration NEWER = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "time zone";
  }

  @Override
  public List<Finding> look() {
    WallClock wall = database.wallClock();
    String what =
        wall.equals(WallClock.UTC)
            ? "times are taken for UTC"
            : "times without a zone are taken for local times of " + wall.zone();
    try {
      Instant now = clock.instant();
      Page newest = database.newest(Tables.READING, now.plus(FURTHEST));
      Optional<Duration> ahead =
          newest.unreadable().isEmpty()
              ? newest.last().map(last -> Duration.between(now, (Instant) last.key().get(0)))
              : Optional.empty(); // another check says what is wrong with it
      return List.of(ahead.flatMap(by -> doubt(what, by, now)).orElseGet(() -> Finding.ok(what)));
    } catch (StoreException e) {
      return List.of(Finding.ok(what)); // what is wrong with the database, other checks say
    }
  }

  private Optional<Finding> doubt(String what, Duration ahead, Instant now) {
    ZoneId taken = database.wallClock().zone();
    if (looksLike(machine, taken, ahead, now)) {
      return Optional.of(
          finding(
              what,
              ahead,
              "if the logger writes local times of %s, say so before the first push: timezone = %s"
                      .formatted(machine, machine)
                  + " in [general]"));
    }
    if (looksLike(WallClock.UTC.zone(), taken, ahead, now)) {
      return Optional.of(
          finding(what, ahead, "if the logger writes UTC, leave timezone out of [general]"));
    }
    return Optional.empty();
  }

  private static Finding finding(String what, Duration ahead, String advice) {
    return Finding.warning(
        "%s, and the newest reading is %s %s this clock"
            .formatted(
                what, DurationWords.brief(ahead), ahead.isNegative() ? "behind" : "ahead of"),
        advice);
  }

  /** Whether a reading written just now in one zone and taken for another's would be so far off. */
  private static boolean looksLike(ZoneId written, ZoneId taken, Duration ahead, Instant now) {
    Duration between =
        Duration.ofSeconds(
            written.getRules().getOffset(now).getTotalSeconds()
                - taken.getRules().getOffset(now).getTotalSeconds());
    Duration age = between.minus(ahead);
    return !between.isZero() && age.compareTo(OLDER) <= 0 && age.compareTo(NEWER.negated()) >= 0;
  }
}
