package org.tributary.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.tributary.store.report.Span;
import org.tributary.wire.Window;

/** Whole days that the command line speaks of, UTC, the last one included. */
record Days(LocalDate first, LocalDate last) {

  /** The days from one to another. */
  static Days of(LocalDate from, LocalDate to) throws UsageException {
    if (to.isBefore(from)) {
      throw new UsageException("--to is before --from");
    }
    return new Days(from, to);
  }

  Span span() {
    return Span.ofDays(Optional.of(begin(first)), Optional.of(begin(last)));
  }

  Window window() {
    return Window.days(begin(first), (int) ChronoUnit.DAYS.between(first, last) + 1);
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
