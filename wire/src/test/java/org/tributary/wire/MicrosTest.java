package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.000001999Z, 1",
    "1970-01-01T00:00:01.5Z, 1500000",
    "1969-12-31T23:59:59.999999Z, -1",
    "1969-12-31T23:59:59Z, -1000000",
    "1969-12-31T23:59:58.25Z, -1750000"
  })
  void of_countsMicrosecondsOnBothSidesOf1970(Instant time, long micros) {
    assertThat(Micros.of(time)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
  void toInstant_isTheOneThatWasCounted(long micros) {
    assertThat(Micros.of(Micros.toInstant(micros))).isEqualTo(micros);
  }

  @Test
  void of_timesThatCannotBeCounted_isRefused() {
    Instant last = Micros.toInstant(Long.MAX_VALUE);
    Instant first = Micros.toInstant(Long.MIN_VALUE);

    assertThatThrownBy(() -> Micros.of(last.plusNanos(1_000)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Micros.of(first.minusNanos(1_000)))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1000-01-01T00:00:00Z, true",
    "0999-12-31T23:59:59.999999Z, false",
    "9999-12-31T23:59:59.999999Z, true",
    "+10000-01-01T00:00:00Z, false"
  })
  void hasFourDigitYear_isTrueFrom1000To9999(Instant time, boolean has) {
    assertThat(Micros.hasFourDigitYear(time)).isEqualTo(has);
  }

  @ParameterizedTest
  @CsvSource({
    "2013-01-02T03:04:05.000006Z, 2013-01-02 03:04:05.000006",
    "1969-12-31T23:59:59.999999Z, 1969-12-31 23:59:59.999999",
    "9876-11-30T12:34:56.123456Z, 9876-11-30 12:34:56.123456"
  })
  void spell_hasAllDigitsOfATime(Instant time, String spelt) {
    assertThat(Micros.spell(Micros.of(time), ' ')).isEqualTo(spelt);
    assertThat(Micros.spell(Micros.of(time), 'T')).isEqualTo(spelt.replace(' ', 'T'));
  }
}
