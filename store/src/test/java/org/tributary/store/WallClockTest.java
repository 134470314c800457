package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.wire.Micros;

/** What a wall clock shows stands for one instant, in every zone that there is. */
class WallClockTest {

  private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Europe/London, 2026-10-25T00:30, 2026-10-24T23:30:00Z", // summer time
    "Europe/London, 2026-10-25T01:00, 2026-10-25T00:00:00Z", // shown twice
    "Europe/London, 2026-10-25T01:59:59.999999, 2026-10-25T00:59:59.999999Z",
    "Europe/London, 2026-10-25T02:00, 2026-10-25T02:00:00Z",
    "Europe/London, 2026-03-29T00:59:59, 2026-03-29T00:59:59Z",
    "Europe/London, 2026-03-29T02:00, 2026-03-29T01:00:00Z",
    "Australia/Lord_Howe, 2026-04-05T01:15, 2026-04-04T14:15:00Z", // half an hour twice
    "Australia/Lord_Howe, 2026-04-05T01:45, 2026-04-04T14:45:00Z",
    "Australia/Lord_Howe, 2026-04-05T02:00, 2026-04-04T15:30:00Z",
    "Pacific/Chatham, 2026-04-05T03:00, 2026-04-04T13:15:00Z",
    "Pacific/Chatham, 2026-04-05T03:45, 2026-04-04T15:00:00Z",
    "+05:30, 2026-04-05T03:45, 2026-04-04T22:15:00Z",
    "UTC, 2026-10-25T01:30, 2026-10-25T01:30:00Z",
  })
  void micros_isTheFirstInstantThatWasShownSo(String zone, LocalDateTime shown, Instant instant)
      throws Exception {
    WallClock clock = new WallClock(ZoneId.of(zone));

    assertThat(Micros.toInstant(clock.micros(shown))).isEqualTo(instant);
    assertThat(clock.shownAt(Micros.of(instant))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/London, 2026-03-29T01:30",
    "Australia/Lord_Howe, 2026-10-04T02:15",
    "Pacific/Chatham, 2026-09-27T03:44:59",
    "Pacific/Apia, 2011-12-30T12:00", // a whole day
  })
  void micros_ofATimeThatNeverWas_saysSo(String zone, LocalDateTime shown) {
    assertThatThrownBy(() -> new WallClock(ZoneId.of(zone)).micros(shown))
        .isInstanceOf(UnreadableCell.class)
        .hasMessageStartingWith("is a time that there never was in " + zone);
  }

  @Test
  void settledAt_whileAnHourIsShownTwice_isItsBeginning() {
    WallClock london = new WallClock(ZoneId.of("Europe/London"));
    Instant before = Instant.parse("2026-10-24T23:59:59.999999Z");

    assertThat(london.settledAt(before)).isEqualTo(before);
    for (String during :
        List.of("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:59:59.999Z")) {
      assertThat(london.settledAt(Instant.parse(during))).as(during).isEqualTo(before);
    }
    Instant after = Instant.parse("2026-10-25T02:00:00Z");
    assertThat(london.settledAt(after)).isEqualTo(after);
    assertThat(WallClock.UTC.settledAt(after)).isEqualTo(after);
  }

  /**
   * Around each change of three years: what is shown at any instant stands for the first instant
   * that was shown so; the order is kept; what is shown up to an instant stands for nothing later;
   * and at every instant all that a logger writes from then on comes behind what is settled.
   */
  @Test
  void aroundEveryChangeOfEveryZone_oneShownTimeIsOneInstantAndTheOrderIsKept() throws Exception {
    int changes = 0;
    for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      WallClock clock = new WallClock(ZoneId.of(zone));
      for (ZoneOffsetTransition change : changes(clock.zone().getRules())) {
        check(clock, change);
        changes++;
      }
    }
    assertThat(changes).isGreaterThan(500);
  }

  private static void check(WallClock clock, ZoneOffsetTransition change) throws Exception {
    long step = ChronoUnit.MINUTES.getDuration().toNanos() / 1_000 * 5;
    long from = Micros.of(change.getInstant().minus(3, ChronoUnit.HOURS));
    long to = Micros.of(change.getInstant().plus(3, ChronoUnit.HOURS));
    Map<LocalDateTime, Long> first = new TreeMap<>();
    List<Long> times = new ArrayList<>();
    for (long at = from; at <= to; at += step) {
      times.add(at - 1);
      times.add(at);
    }
    for (long at : times) {
      first.putIfAbsent(onTheWall(clock, at), at);
    }
    long last = Long.MIN_VALUE;
    for (Map.Entry<LocalDateTime, Long> each : first.entrySet()) {
      long stands = clock.micros(each.getKey());
      assertThat(stands).as("%s in %s", each.getKey(), clock).isEqualTo(each.getValue());
      assertThat(stands).as("%s in %s", each.getKey(), clock).isGreaterThan(last);
      last = stands;
      assertThat(clock.shownAt(stands)).isEqualTo(each.getKey());
    }
    long earliestLater = Long.MAX_VALUE;
    for (int i = times.size() - 1; i >= 0; i--) {
      Instant at = Micros.toInstant(times.get(i));
      LocalDateTime upTo = clock.shownAt(times.get(i));
      for (Map.Entry<LocalDateTime, Long> each : first.entrySet()) {
        if (!each.getKey().isAfter(upTo) != each.getValue() <= times.get(i)) {
          throw new AssertionError("%s at %s in %s".formatted(each.getKey(), at, clock));
        }
      }
      Instant settled = clock.settledAt(at);
      assertThat(settled).isBeforeOrEqualTo(at);
      assertThat(Micros.of(settled)).as("%s in %s", at, clock).isLessThan(earliestLater);
      earliestLater = Math.min(earliestLater, clock.micros(onTheWall(clock, times.get(i))));
    }
  }

  /** What a logger writes at that instant. */
  private static LocalDateTime onTheWall(WallClock clock, long micros) {
    return LocalDateTime.ofInstant(Micros.toInstant(micros), clock.zone());
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(FROM);
    while (next != null && next.getInstant().isBefore(TO)) {
      changes.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return changes;
  }

  /** Far from changes too. */
  @Test
  void throughAYear_inEveryZone_whatIsShownStandsForTheFirstInstantThatWasShownSo()
      throws Exception {
    for (String zone : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      WallClock clock = new WallClock(ZoneId.of(zone));
      for (int hour = 0; hour < 366 * 24; hour += 5) {
        LocalDateTime shown =
            LocalDateTime.ofInstant(FROM.plus(hour, ChronoUnit.HOURS), clock.zone());
        ZoneOffset first = clock.zone().getRules().getValidOffsets(shown).get(0);
        if (clock.micros(shown) != Micros.of(shown.toInstant(first))) {
          throw new AssertionError(shown + " in " + zone);
        }
      }
    }
  }
}
