package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.wire.Window;

class SweepTest {

  static final Instant NOW = Instant.parse("2016-06-30T12:00:00Z");
  static final Window TODAY = Window.dayOf(NOW);
  static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @ParameterizedTest(name = "{0} days within {1}, every {2}")
  @CsvSource({
    "3650, P7D, PT10M",
    "365, P7D, PT10M",
    "30, P7D, PT10M",
    "1, P7D, PT1H",
    "400, P1D, PT6H",
    "10, PT1H, PT1H"
  })
  void next_withinOneTurn_comesByEachDayOnceOrTwice(int days, Duration turn, Duration pause) {
    for (long seed = 0; seed < 20; seed++) {
      Sweep sweep = new Sweep(turn, new Random(seed), Optional.empty());

      List<Long> seen = new ArrayList<>();
      // Rounding to whole days may leave one of them to the next cycle.
      for (long i = 0; i < turn.dividedBy(pause) + 1; i++) {
        next(sweep, daysAgo(days - 1), NOW.plus(pause.multipliedBy(i)), pause)
            .ifPresent(window -> seen.addAll(daysOf(window)));
      }

      assertThat(new TreeSet<>(seen)).as("seed %d", seed).hasSize(days);
      assertThat(seen).as("seed %d", seed).hasSizeLessThanOrEqualTo(2 * days + 1);
      assertThat(new TreeSet<>(seen).first()).isEqualTo(Window.dayOf(daysAgo(days - 1)).hour());
      assertThat(new TreeSet<>(seen).last()).isEqualTo(TODAY.hour());
    }
  }

  @Test
  void next_ofProcessesThatEachLiveForOneCycle_comesEverywhereInTime() {
    TreeSet<Long> seen = new TreeSet<>();
    Random random = new Random(1);

    for (int i = 0; i < 3_000; i++) {
      Sweep sweep = new Sweep(Duration.ofDays(1), random, Optional.empty());
      next(sweep, daysAgo(29), NOW, TEN_MINUTES) // a fifth of a day is due
          .ifPresent(window -> seen.addAll(daysOf(window)));
    }

    assertThat(seen).hasSize(30);
  }

  @Test
  void next_ofProcessesThatRememberThePlace_comesByEachDayOnceATurn() {
    List<Long> seen = new ArrayList<>();
    Optional<Sweep.Place> place = Optional.empty();

    for (int i = 0; i < 144; i++) { // ten minutes each
      Sweep sweep =
          new Sweep(
              Duration.ofDays(1),
              new Random(i),
              place.map(Sweep.Place::written).map(Sweep.Place::parse));
      next(sweep, daysAgo(29), NOW.plus(TEN_MINUTES.multipliedBy(i)), TEN_MINUTES)
          .ifPresent(window -> seen.addAll(daysOf(window)));
      place = sweep.seen();
    }

    assertThat(seen).hasSizeBetween(29, 31);
    assertThat(new TreeSet<>(seen)).hasSizeGreaterThanOrEqualTo(29);
  }

  @Test
  void next_untilItsAnswerHasCome_isTheSameDay() {
    Sweep sweep = new Sweep(Duration.ofDays(10), new Random(3), Optional.empty());
    Duration day = Duration.ofDays(1);
    Window first = sweep.next(daysAgo(9), TODAY, NOW, day).orElseThrow();

    Window again = sweep.next(daysAgo(9), TODAY, NOW, day).orElseThrow();
    sweep.seen();
    Window then = sweep.next(daysAgo(9), TODAY, NOW.plus(day), day).orElseThrow();

    assertThat(again).isEqualTo(first);
    assertThat(then).isNotEqualTo(first);
  }

  @Test
  void next_afterALongSleep_looksAtNoMoreThanAllOfThePast() {
    Sweep sweep = new Sweep(Duration.ofDays(7), new Random(3), Optional.empty());
    next(sweep, daysAgo(9), NOW, TEN_MINUTES);

    Optional<Window> next = next(sweep, daysAgo(9), NOW.plus(Duration.ofDays(300)), TEN_MINUTES);

    assertThat(next.orElseThrow().hours()).isLessThanOrEqualTo(10 * Window.DAY);
    assertThat(next.get().from()).isAfterOrEqualTo(Window.dayOf(daysAgo(9)).from());
  }

  @Test
  void next_whenTheClockIsSetBack_goesOnAndLooksAtNothingUntilItsTime() {
    Sweep sweep = new Sweep(Duration.ofDays(10), new Random(3), Optional.empty());
    next(sweep, daysAgo(9), NOW, Duration.ofDays(1));

    Optional<Window> back =
        next(sweep, daysAgo(9), NOW.minus(Duration.ofDays(300)), Duration.ofDays(1));
    Optional<Window> then =
        next(sweep, daysAgo(9), NOW.minus(Duration.ofDays(298)), Duration.ofDays(1));

    assertThat(back).isEmpty();
    assertThat(then).isPresent();
  }

  @Test
  void next_whenThePastIsPrunedUnderIt_beginsAtTheNewestDay() {
    Sweep sweep = new Sweep(Duration.ofDays(100), new Random(5), Optional.empty());
    next(sweep, daysAgo(99), NOW, Duration.ofDays(1));

    Window next =
        next(sweep, TODAY.from(), NOW.plus(Duration.ofDays(100)), TEN_MINUTES).orElseThrow();

    assertThat(next).isEqualTo(TODAY);
  }

  @Test
  void next_whenThereIsNothingYet_isNothing() {
    Sweep sweep = new Sweep(Duration.ofDays(7), new Random(1), Optional.empty());

    assertThat(sweep.next(NOW.plus(Duration.ofDays(2)), TODAY, NOW, TEN_MINUTES)).isEmpty();
  }

  /** What is due, and the answer to it comes. */
  private static Optional<Window> next(Sweep sweep, Instant oldest, Instant now, Duration pause) {
    Optional<Window> next = sweep.next(oldest, TODAY, now, pause);
    sweep.seen();
    return next;
  }

  private static Instant daysAgo(long days) {
    return NOW.minus(Duration.ofDays(days));
  }

  private static List<Long> daysOf(Window window) {
    List<Long> days = new ArrayList<>();
    for (long hour = window.hour(); hour < window.endHour(); hour += Window.DAY) {
      days.add(hour);
    }
    return days;
  }
}
