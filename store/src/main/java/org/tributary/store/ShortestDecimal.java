package org.tributary.store;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Widens a single-precision value to the double that its shortest decimal names: a {@code FLOAT}
 * column that was given 32.14 yields 32.14, not 32.13999938964844, on every engine alike.
 */
final class ShortestDecimal {

  private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7};

  private ShortestDecimal() {}

  /**
   * The double nearest to the decimal with the fewest digits that rounds to {@code value}. Negative
   * zero becomes zero; NaN and infinities stay what they are.
   */
  static double widen(float value) {
    if (value == 0 || !Float.isFinite(value)) {
      return value + 0.0;
    }
    return Math.abs(value) < 1e7 ? ofFewDecimals(value) : ofFewDigits(value);
  }

  /** Few decimals is what sensors print. */
  private static double ofFewDecimals(float value) {
    for (double power : POWERS) {
      // The quotient of two exact whole numbers is the double nearest to that decimal.
      double candidate = Math.rint(value * power) / power;
      if ((float) candidate == value) {
        return candidate;
      }
    }
    return ofFewDigits(value);
  }

  // Not Float.toString: before Java 19 it gives more digits than it takes.
  private static double ofFewDigits(float value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal candidate = exact;
    for (int digits = 9; digits > 0; digits--) {
      BigDecimal shorter = exact.round(new MathContext(digits));
      if (shorter.floatValue() != value) {
        break;
      }
      candidate = shorter;
    }
    return candidate.doubleValue();
  }
}
