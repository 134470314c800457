package org.tributary.store.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a gateway is in touch, as far as that can be told. Of contacts central keeps the first
 * and the last; but of each day that has ended it knows when the gateway said something new of it
 * last, and that is, as a rule, the first push after midnight. A gateway that pushes every ten
 * minutes, as it is by default, says it within minutes; one that is switched on now and then, hours
 * or days later.
 */
final class Habit {

  /** Where pushes come at least every hour, or nothing is known yet. */
  static final Duration OFTEN = Duration.ofHours(2);

  private static final int ENOUGH_DAYS = 3;
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();

  private Habit() {}

  /**
   * From how long a silence on a gateway counts as silent: after two hours if the median of its
   * days was told of within an hour, otherwise after twice that median, in whole days.
   *
   * @param claims its days of the last month
   */
  static Duration silentAfter(List<ClaimedDay> claims) {
    List<Long> lags = new ArrayList<>();
    for (ClaimedDay claim : claims) {
      Instant end = claim.end();
      if (!claim.noticed().isBefore(end)) {
        lags.add(Duration.between(end, claim.noticed()).toSeconds());
      }
    }
    long usual = Median.of(lags);
    if (lags.size() < ENOUGH_DAYS || usual <= HOUR) {
      return OFTEN;
    }
    return Duration.ofDays(2 * ((usual + DAY - 1) / DAY));
  }
}
