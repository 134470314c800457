package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.wire.Window;

class SweepTest {

  static final Instant NOW = Instant.parse("2016-06-30T12:00:00Z");
  static final Window TODAY = Window.dayOf(NOW);
  static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @Test
  void next_atTheVeryBeginning_isAllOfThePastInPortions() {
    Sweep sweep = new Sweep(Duration.ofDays(7), Optional.empty());

    List<Integer> portions = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    List<Window> next = sweep.next(daysAgo(99), TODAY, NOW);
    while (!next.isEmpty()) {
      portions.add(next.size());
      next.forEach(day -> seen.add(day.hour()));
      sweep.seen();
      next = sweep.next(daysAgo(99), TODAY, NOW);
    }

    assertThat(portions).containsExactly(30, 30, 30, 10);
    assertThat(seen)
        .hasSize(100)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.reverseOrder())
        .startsWith(TODAY.hour());
  }

  @ParameterizedTest(name = "{0} days within {1}, every {2}")
  @CsvSource({
    "3650, P7D, PT10M",
    "365, P7D, PT10M",
    "30, P7D, PT10M",
    "1, P7D, PT1H",
    "400, P1D, PT6H",
    "10, PT1H, PT1H"
  })
  void next_withinEachLaterTurn_comesByEachDayOnceOrTwice(int days, Duration turn, Duration pause) {
    Sweep sweep = new Sweep(turn, Optional.empty());
    all(sweep, daysAgo(days - 1), NOW);

    List<Long> seen = new ArrayList<>();
    // Rounding to whole days may leave one of them to the next cycle.
    for (long i = 1; i < turn.dividedBy(pause) + 2; i++) {
      seen.addAll(all(sweep, daysAgo(days - 1), NOW.plus(pause.multipliedBy(i))));
    }

    assertThat(new TreeSet<>(seen)).hasSize(days);
    assertThat(seen).hasSizeLessThanOrEqualTo(2 * days + 1);
    assertThat(new TreeSet<>(seen).first()).isEqualTo(Window.dayOf(daysAgo(days - 1)).hour());
    assertThat(new TreeSet<>(seen).last()).isEqualTo(TODAY.hour());
  }

  @Test
  void next_ofProcessesThatRememberThePlace_comesByEachDayOnceATurn() {
    List<Long> seen = new ArrayList<>();
    Sweep first = new Sweep(Duration.ofDays(1), Optional.empty());
    all(first, daysAgo(29), NOW);
    Optional<Sweep.Place> place = first.seen();

    for (int i = 1; i <= 144; i++) { // ten minutes each
      Sweep sweep =
          new Sweep(Duration.ofDays(1), place.map(Sweep.Place::written).map(Sweep.Place::parse));
      seen.addAll(all(sweep, daysAgo(29), NOW.plus(TEN_MINUTES.multipliedBy(i))));
      place = sweep.seen();
    }

    assertThat(seen).hasSizeBetween(29, 31);
    assertThat(new TreeSet<>(seen)).hasSizeGreaterThanOrEqualTo(29);
  }

  @Test
  void next_untilItsAnswerHasCome_isTheSameDays() {
    Sweep sweep = new Sweep(Duration.ofDays(10), Optional.empty());
    List<Window> first = sweep.next(daysAgo(99), TODAY, NOW);

    List<Window> again = sweep.next(daysAgo(99), TODAY, NOW);
    sweep.seen();
    List<Window> then = sweep.next(daysAgo(99), TODAY, NOW);

    assertThat(again).isEqualTo(first);
    assertThat(then).doesNotContainAnyElementsOf(first);
  }

  @Test
  void next_afterALongSleep_looksAtNoMoreThanAllOfThePast() {
    Sweep sweep = new Sweep(Duration.ofDays(7), Optional.empty());
    all(sweep, daysAgo(9), NOW);

    List<Long> seen = all(sweep, daysAgo(9), NOW.plus(Duration.ofDays(300)));

    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void next_whenTheClockIsSetBack_goesOnAndLooksAtNothingUntilItsTime() {
    Sweep sweep = new Sweep(Duration.ofDays(10), Optional.empty());
    all(sweep, daysAgo(9), NOW);

    List<Long> back = all(sweep, daysAgo(9), NOW.minus(Duration.ofDays(300)));
    List<Long> then = all(sweep, daysAgo(9), NOW.minus(Duration.ofDays(298)));

    assertThat(back).isEmpty();
    assertThat(then).hasSize(2);
  }

  @Test
  void next_whenThePastIsPrunedUnderIt_beginsAtTheNewestDay() {
    Sweep sweep = new Sweep(Duration.ofDays(100), Optional.empty());
    all(sweep, daysAgo(99), NOW);
    all(sweep, daysAgo(99), NOW.plus(Duration.ofDays(50)));

    List<Window> next = sweep.next(TODAY.from(), TODAY, NOW.plus(Duration.ofDays(200)));

    assertThat(next).containsExactly(TODAY);
  }

  @Test
  void next_whenThereIsNothingYet_isNothing() {
    Sweep sweep = new Sweep(Duration.ofDays(7), Optional.empty());

    assertThat(sweep.next(NOW.plus(Duration.ofDays(2)), TODAY, NOW)).isEmpty();
  }

  /** The first hours of all days that are due, portion by portion, and their answers come. */
  private static List<Long> all(Sweep sweep, Instant oldest, Instant now) {
    List<Long> all = new ArrayList<>();
    List<Window> next = sweep.next(oldest, TODAY, now);
    while (!next.isEmpty()) {
      next.forEach(day -> all.add(day.hour()));
      sweep.seen();
      next = sweep.next(oldest, TODAY, now);
    }
    sweep.seen();
    return all;
  }

  private static Instant daysAgo(long days) {
    return NOW.minus(Duration.ofDays(days));
  }
}
