package org.tributary.store.export;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a double as the shortest decimal that gives it back, to the bit: 32.14 and not
 * 32.140000000000001.
 */
final class ExactDecimal {

  /** So many digits always lead back to the double that they came from, so none is too many. */
  private static final int CERTAIN = 15;

  private static final int MOST = 17;

  private ExactDecimal() {}

  /**
   * The decimal, with a point and an exponent only where one is needed; {@code NaN}, {@code
   * Infinity} and {@code -Infinity} for what is no number. −0.0 is 0.
   */
  static String of(double value) {
    String java = Double.toString(value + 0.0); // −0.0 + 0.0 is 0.0
    if (!Double.isFinite(value)) {
      return java;
    }
    if (java.length() <= CERTAIN + 1 && java.indexOf('E') < 0) {
      return java.endsWith(".0") ? java.substring(0, java.length() - 2) : java;
    }
    return shortest(value).toString();
  }

  // Not Double.toString: before Java 19 it gives more digits than it takes.
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    int fewest = Math.abs(value) < Double.MIN_NORMAL ? 1 : CERTAIN; // fewer are those and noughts
    for (int digits = fewest; digits < MOST; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (candidate.doubleValue() == value) {
        return candidate.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST, RoundingMode.HALF_EVEN));
  }
}
