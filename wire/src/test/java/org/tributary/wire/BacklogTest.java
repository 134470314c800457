package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {

  private static final Instant T = Instant.parse("2016-05-01T00:00:00Z");

  @Test
  void of_whatPositionGives_isTheSame() {
    Backlog backlog = Backlog.NONE.with(span(0, 3)).with(span(10, 12));

    assertThat(Backlog.of(Optional.of(backlog.position()))).isEqualTo(backlog);
    assertThat(Backlog.of(Optional.of(Backlog.NONE.position()))).isEqualTo(Backlog.NONE);
    assertThat(Backlog.of(Optional.empty())).isEqualTo(Backlog.NONE);
  }

  @Test
  void read_ofWhatIsNone_isRefused() {
    for (Position position :
        List.of(
            Position.of(T),
            Position.of(T, 5L),
            Position.of(day(2), day(1)),
            Position.of(day(1), day(1)),
            Position.of(day(0), day(2), day(2), day(3)),
            Position.of(day(5), day(6), day(0), day(1)))) {
      assertThatThrownBy(() -> Backlog.read(Optional.of(position)))
          .isInstanceOf(WireFormatException.class);
    }
  }

  @Test
  void with_aStretchThatTouchesOthers_makesThemOne() {
    Backlog backlog = Backlog.NONE.with(span(0, 3)).with(span(5, 7)).with(span(3, 5));

    assertThat(backlog.spans()).containsExactly(span(0, 7));
  }

  @Test
  void with_oneTooMany_joinsTheTwoThatAreNearest() {
    Backlog backlog = Backlog.NONE;
    for (int from : new int[] {0, 10, 20, 23, 40}) {
      backlog = backlog.with(span(from, from + 2));
    }

    assertThat(backlog.spans())
        .containsExactly(span(0, 2), span(10, 12), span(20, 25), span(40, 42));
  }

  @Test
  void before_takesOffTheNewestFirst() {
    Backlog backlog = Backlog.NONE.with(span(0, 3)).with(span(5, 9));

    assertThat(backlog.before(day(7)).spans()).containsExactly(span(0, 3), span(5, 7));
    assertThat(backlog.before(day(4)).spans()).containsExactly(span(0, 3));
    assertThat(backlog.before(day(0))).isEqualTo(Backlog.NONE);
    assertThat(backlog.newest()).contains(span(5, 9));
  }

  @Test
  void overlaps_beforeBetweenAndBehindStretches_isFalse() {
    Backlog backlog = Backlog.NONE.with(span(5, 7)).with(span(10, 12));

    assertThat(backlog.overlaps(day(3), day(5))).isFalse();
    assertThat(backlog.overlaps(day(7), day(10))).isFalse();
    assertThat(backlog.overlaps(day(12), day(13))).isFalse();
    assertThat(backlog.overlaps(day(6), day(11))).isTrue();
  }

  @Test
  void newest_whenNothingIsLeft_isEmpty() {
    assertThat(Backlog.NONE.isEmpty()).isTrue();
    assertThat(Backlog.NONE.newest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void with_anyStretches_neverForgetsADay(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      Backlog backlog = Backlog.NONE;
      boolean[] behind = new boolean[60];
      for (int i = 0; i < 12; i++) {
        int from = random.nextInt(50);
        int until = from + 1 + random.nextInt(8);
        backlog = backlog.with(span(from, until));
        for (int day = from; day < until; day++) {
          behind[day] = true;
        }
        for (int day = 0; day < 60; day++) {
          if (behind[day]) {
            assertThat(backlog.overlaps(day(day), day(day + 1))).as("seed %d", seed).isTrue();
          }
        }
        assertThat(backlog.spans()).hasSizeLessThanOrEqualTo(Backlog.MAX_SPANS);
      }
    }
  }

  @Test
  void days_areThoseOfWhichSomeIsLeft_newestFirst() {
    Instant noon = day(3).plus(Duration.ofHours(12));
    Backlog backlog =
        Backlog.NONE.with(new Backlog.Span(noon, day(5))).with(new Backlog.Span(day(9), day(10)));

    assertThat(backlog.days())
        .containsExactly(Window.dayOf(day(9)), Window.dayOf(day(4)), Window.dayOf(day(3)));
    assertThat(Backlog.NONE.days()).isEmpty();
  }

  @Test
  void days_ofTwoStretchesInOneDay_haveItOnce() {
    Backlog backlog =
        Backlog.NONE
            .with(new Backlog.Span(day(1), day(1).plus(Duration.ofHours(2))))
            .with(new Backlog.Span(day(1).plus(Duration.ofHours(5)), day(2)));

    assertThat(backlog.days()).containsExactly(Window.dayOf(day(1)));
  }

  private static Backlog.Span span(int from, int until) {
    return new Backlog.Span(day(from), day(until));
  }

  private static Instant day(int day) {
    return T.plus(Duration.ofDays(day));
  }
}
