package org.tributary.store;

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
    if (value == 0) {
      return 0;
    }
    double exact = value;
    // Few decimals is what sensors print; the quotient of two exact whole numbers is the double
    // nearest to that decimal.
    for (double power : POWERS) {
      double candidate = Math.rint(exact * power) / power;
      if ((float) candidate == value) {
        return candidate;
      }
    }
    return Double.parseDouble(Float.toString(value));
  }
}
