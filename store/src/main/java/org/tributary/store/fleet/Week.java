package org.tributary.store.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tributary.wire.Backlog;
import org.tributary.wire.Window;

/**
 * Judges a gateway's last days.
 *
 * @param claims what it said last of its days of the last month
 * @param present readings of its nodes that are here, by first hour of the day
 * @param setAside by day
 * @param backlog what it left behind and is still sending
 * @param known since when it is known
 * @param heard when it was in touch last
 */
record Week(
    List<ClaimedDay> claims,
    Map<Long, Long> present,
    Map<LocalDate, Long> setAside,
    Backlog backlog,
    Instant known,
    Instant heard) {

  static final int DAYS = 7;

  private static final int ENOUGH_FOR_USUAL = 3;

  List<CoverageDay> upTo(Instant now, boolean isSilent) {
    Map<Long, ClaimedDay> byHour = new HashMap<>();
    claims.forEach(claim -> byHour.put(claim.hour(), claim));
    List<CoverageDay> days = new ArrayList<>();
    for (int back = DAYS - 1; back >= 0; back--) {
      Window day = Window.dayOf(now.minus(Duration.ofDays(back)));
      days.add(day(day, byHour, !day.to().isAfter(now), isSilent));
    }
    return days;
  }

  private CoverageDay day(
      Window day, Map<Long, ClaimedDay> byHour, boolean isOver, boolean isSilent) {
    ClaimedDay claim = byHour.get(day.hour());
    LocalDate date = LocalDate.ofInstant(day.from(), ZoneOffset.UTC);
    long noted = present.getOrDefault(day.hour(), 0L);
    long missing = claim == null ? 0 : claim.missing();
    // Of a day that is the same at both ends the gateway's own count is the newest there is.
    long aside = setAside.getOrDefault(date, 0L);
    long here = claim == null || missing > 0 ? noted : Math.max(0, claim.rows() - aside);
    long usual = usual(day);
    boolean hasEnded = isOver ? !heard.isBefore(day.to()) : !isSilent;
    CoverageState state;
    if (missing > 0 || backlog.overlaps(day.from(), day.to())) {
      state = CoverageState.WAITING;
    } else if (!hasEnded) {
      state = CoverageState.NOT_HEARD;
    } else if (here + aside == 0) {
      state =
          day.from().isBefore(known) && claims.stream().noneMatch(each -> each.hour() < day.hour())
              ? CoverageState.NOT_EXPECTED
              : CoverageState.NOTHING;
    } else if (isOver && Median.isShort(here + aside, usual)) {
      state = CoverageState.SHORT;
    } else if (aside > 0) {
      state = CoverageState.APART;
    } else {
      state = claim == null ? CoverageState.PRESENT : CoverageState.VERIFIED;
    }
    return new CoverageDay(date, state, here, missing, aside, usual);
  }

  private long usual(Window day) {
    List<Long> before =
        claims.stream()
            .filter(claim -> claim.hour() < day.hour() && claim.rows() > 0)
            .map(ClaimedDay::rows)
            .toList();
    return before.size() < ENOUGH_FOR_USUAL ? 0 : Median.of(before);
  }
}
