package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {

  @Test
  void timeFor_isBetweenTheFastestAndTheSlowestOfTheLastPushes() {
    Rates rates =
        Rates.NONE
            .and(1_000, Duration.ofSeconds(10))
            .and(2_000, Duration.ofSeconds(10))
            .and(1_500, Duration.ofSeconds(10));

    assertThat(rates.timeFor(3_000))
        .contains(new Rates.Range(Duration.ofSeconds(15), Duration.ofSeconds(30)));
  }

  @Test
  void timeFor_byASinglePush_isWideAndByNoneUnknown() {
    assertThat(Rates.NONE.timeFor(10)).isEmpty();
    assertThat(Rates.NONE.and(1_000, Duration.ofSeconds(10)).timeFor(1_000))
        .contains(new Rates.Range(Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  @Test
  void and_forgetsOldPushesAndThoseOfFewRows() {
    Rates rates = Rates.NONE.and(499, Duration.ofSeconds(1));
    assertThat(rates).isEqualTo(Rates.NONE);
    for (int i = 1; i <= 7; i++) {
      rates = rates.and(1_000L * i, Duration.ofSeconds(1));
    }

    assertThat(rates.rowsPerSecond()).containsExactly(3_000.0, 4_000.0, 5_000.0, 6_000.0, 7_000.0);
  }

  @Test
  void parse_readsWhatWasWritten() {
    Rates rates = new Rates(List.of(3.0, 140_000.0));

    assertThat(Rates.parse(rates.written())).isEqualTo(rates);
    assertThat(Rates.parse(Rates.NONE.written())).isEqualTo(Rates.NONE);
    assertThat(Rates.parse(Rates.NONE.and(500, Duration.ofDays(1)).written()).timeFor(1))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-5", "3 x", "3  5"})
  void parse_ofAnythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Rates.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
