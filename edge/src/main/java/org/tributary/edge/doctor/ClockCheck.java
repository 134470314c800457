package org.tributary.edge.doctor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.store.DurationWords;

/** How far this machine's clock is from central's, to a second. */
public record ClockCheck(Central central, Clock clock) implements Check {

  private static final Duration NOTICED = Duration.ofMinutes(1);
  // Central's own tolerance: rows stamped further ahead are set aside.
  private static final Duration TRUSTED = Duration.ofHours(1);

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> look() {
    try {
      Instant asked = clock.instant();
      Optional<Instant> there = central.health().date();
      Duration halfTheWay = Duration.between(asked, clock.instant()).dividedBy(2);
      return List.of(
          there
              .map(date -> finding(Duration.between(date, asked.plus(halfTheWay))))
              .orElseGet(() -> Finding.notChecked("central does not say what time it is")));
    } catch (IOException e) {
      return List.of(Finding.problem(String.valueOf(e.getMessage()), ""));
    }
  }

  private static Finding finding(Duration ahead) {
    Duration size = ahead.abs();
    String what =
        "%s %s central's"
            .formatted(DurationWords.brief(size), ahead.isNegative() ? "behind" : "ahead of");
    if (size.compareTo(TRUSTED) > 0) {
      return Finding.problem(
          what + (ahead.isNegative() ? "" : ": rows stamped so far ahead are set aside"),
          "set this machine's clock, and let it be kept (timedatectl set-ntp true)");
    }
    if (size.compareTo(NOTICED) > 0) {
      return Finding.warning(what, "let the clock be kept right: timedatectl set-ntp true");
    }
    return Finding.ok(size.compareTo(Duration.ofSeconds(2)) < 0 ? "agrees with central's" : what);
  }
}
