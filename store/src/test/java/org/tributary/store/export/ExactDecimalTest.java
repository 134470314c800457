package org.tributary.store.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactDecimalTest {

  @ParameterizedTest
  @CsvSource({
    "20.5, 20.5",
    "20, 20",
    "-0.0, 0",
    "0.1, 0.1",
    "1e23, 1E+23",
    "2e-3, 0.002",
    "4.9e-324, 5E-324",
    "2.2e-322, 2.2E-322",
    "1.7976931348623157e308, 1.7976931348623157E+308",
    "0.30000000000000004, 0.30000000000000004",
    "2.0000000000000001e-5, 0.00002",
    "12345678.25, 12345678.25",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void of_writesWhatAPersonWouldHaveWritten(double value, String text) {
    assertThat(ExactDecimal.of(value)).isEqualTo(text);
  }

  @Test
  void of_anyDouble_givesItBackAndIsNotLongerThanNeeded() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : Math.rint(random.nextGaussian() * 1e6) / Math.pow(10, random.nextInt(9));
      if (!Double.isFinite(value)) {
        continue;
      }
      String text = ExactDecimal.of(value);
      assertThat(Double.parseDouble(text)).as(text).isEqualTo(value + 0.0);
      BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
      if (decimal.precision() > 1) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(decimal.precision() - 1));
        assertThat(shorter.doubleValue()).as("shorter than " + text).isNotEqualTo(value);
      }
    }
  }
}
