package org.tributary.edge.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.DurationWords;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;

/** Whether the logger is alive: how old its newest reading is, and none from the future. */
public record NewestReadingCheck(SourceDatabase database, Clock clock) implements Check {

  private static final Duration OLD = Duration.ofHours(1);
  // Central's own tolerance for a gateway's clock.
  private static final Duration AHEAD = Duration.ofHours(1);

  @Override
  public String name() {
    return "newest reading";
  }

  @Override
  public List<Finding> look() {
    Instant now = clock.instant();
    Instant future = now.plus(AHEAD).truncatedTo(ChronoUnit.MICROS);
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(age(now, database.newest(Tables.READING, future)));
      long ahead =
          database.countAfter(
              Tables.READING, Optional.of(Position.of(future, Long.MAX_VALUE, Long.MAX_VALUE)));
      if (ahead > 0) {
        findings.add(
            Finding.warning(
                ahead == 1
                    ? "1 reading is stamped in the future; central sets it aside"
                    : "%,d readings are stamped in the future; central sets them aside"
                        .formatted(ahead),
                "was the clock wrong for a while? `date -u` says what it is now"));
      }
    } catch (StoreException e) {
      findings.add(
          e.trouble() == Trouble.MISSING
              ? Finding.notChecked("because of tables")
              : Finding.problem(String.valueOf(e.getMessage()), ""));
    }
    return findings;
  }

  private static Finding age(Instant now, Page page) {
    if (!page.unreadable().isEmpty()) {
      Unreadable row = page.unreadable().get(0);
      return Finding.warning(
          "the newest one can't be read: %s; the row is %s".formatted(row.reason(), row.row()),
          "correct that row or delete it; until then central keeps it apart, and the others"
              + " arrive");
    }
    if (page.last().isEmpty()) {
      return Finding.warning("there are no readings yet", "is the logger running?");
    }
    Instant newest = (Instant) page.last().get().key().get(0);
    Duration age = Duration.between(newest, now);
    String what =
        "%s UTC, %s"
            .formatted(
                newest.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[TZ]", " ").strip(),
                age.isNegative()
                    ? DurationWords.brief(age) + " ahead of this clock"
                    : DurationWords.brief(age) + " ago");
    return age.compareTo(OLD) > 0
        ? Finding.warning(what, "is the logger running?")
        : Finding.ok(what);
  }
}
