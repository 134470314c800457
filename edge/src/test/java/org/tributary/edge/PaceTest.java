package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  static final Duration A_MILLI = Duration.ofMillis(1);

  final Pace low = new Pace(TEN_MINUTES, new FixedRandom(0));
  final Pace high = new Pace(TEN_MINUTES, new FixedRandom(FixedRandom.HIGHEST));

  @Test
  void afterSuccess_spreadsATenthToBothSides() {
    assertThat(low.afterSuccess()).isCloseTo(Duration.ofMinutes(9), A_MILLI);
    assertThat(high.afterSuccess()).isCloseTo(Duration.ofMinutes(11), A_MILLI);
    assertThat(new Pace(TEN_MINUTES, new FixedRandom(0.5)).afterSuccess())
        .isCloseTo(TEN_MINUTES, A_MILLI);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "3, 20", "7, 320", "8, 600", "9, 600", "1000000, 600"})
  void afterFailure_doublesUpToTheConfiguredTime(int failures, long seconds) {
    Duration longest = Duration.ofSeconds(seconds);

    assertThat(low.afterFailure(failures, Optional.empty())).isEqualTo(longest.dividedBy(2));
    assertThat(high.afterFailure(failures, Optional.empty())).isCloseTo(longest, A_MILLI);
  }

  @Test
  void afterFailure_whenPushesAreFrequent_waitsNoLongerThanBetweenThem() {
    Pace pace = new Pace(Duration.ofSeconds(1), new FixedRandom(0.5));

    assertThat(pace.afterFailure(30, Optional.empty())).isEqualTo(Duration.ofMillis(750));
  }

  @Test
  void afterFailure_whenCentralAsksForMore_waitsAtLeastThatAndNotOnTheSecond() {
    Optional<Duration> asked = Optional.of(Duration.ofMinutes(2));

    assertThat(low.afterFailure(1, asked)).isEqualTo(Duration.ofMinutes(2));
    assertThat(high.afterFailure(1, asked)).isCloseTo(Duration.ofSeconds(132), A_MILLI);
  }

  @Test
  void afterFailure_whenCentralAsksForLess_waitsAsEver() {
    assertThat(low.afterFailure(5, Optional.of(Duration.ofSeconds(1))))
        .isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void afterFailure_whenCentralAsksForADay_waitsAnHour() {
    Optional<Duration> asked = Optional.of(Duration.ofDays(1));

    assertThat(low.afterFailure(1, asked)).isEqualTo(Duration.ofHours(1));
    assertThat(high.afterFailure(1, asked).toMinutes()).isCloseTo(66, within(1L));
  }
}
