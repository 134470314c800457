package org.tributary.wire;

/**
 * A column of doubles as integers of one power of ten, where that is exact to the bit; the few
 * values for which it is not are exceptions and travel raw.
 */
final class ScaledReals {

  static final int MAX_EXPONENT = 12;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };
  // Whole numbers below this are exact as doubles; a quotient of two such numbers is the double
  // nearest to the decimal, which is what a decimal that a sensor printed was read as.
  private static final double MAX_DIGITS = 1L << 53;

  private final Cells cells;
  private final int size;
  private final int exponent;
  private final int exceptions;
  private final int values;

  private ScaledReals(Cells cells, int size, int exponent, int exceptions, int values) {
    this.cells = cells;
    this.size = size;
    this.exponent = exponent;
    this.exceptions = exceptions;
    this.values = values;
  }

  /** Chooses the smallest exponent that is exact for every value that any exponent is exact for. */
  static ScaledReals of(Cells cells, int size) {
    int exponent = 0;
    int values = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        values++;
        exponent = Math.max(exponent, smallestExponent(cells.realAt(row), exponent));
      }
    }
    int exceptions = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row) && !isExact(cells.realAt(row), exponent)) {
        exceptions++;
      }
    }
    return new ScaledReals(cells, size, exponent, exceptions, values);
  }

  int exponent() {
    return exponent;
  }

  /** Whether exceptions are rare enough to be cheaper than raw doubles for all. */
  boolean worthIt() {
    return exceptions * 4 <= values;
  }

  void writeTo(ByteSink out) {
    out.uvarint(exceptions);
    int sinceLast = 0;
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        double value = cells.realAt(row);
        if (isExact(value, exponent)) {
          sinceLast++;
        } else {
          out.uvarint(sinceLast);
          out.real(value);
          sinceLast = 0;
        }
      }
    }
    for (int row = 0; row < size; row++) {
      if (!cells.isNull(row)) {
        double value = cells.realAt(row);
        out.varint(isExact(value, exponent) ? digits(value, exponent) : 0);
      }
    }
  }

  static double value(long digits, int exponent) {
    return digits / POWERS[exponent];
  }

  /** The smallest exponent from {@code atLeast} on that is exact; 0 if none is. */
  private static int smallestExponent(double value, int atLeast) {
    for (int candidate = atLeast; candidate <= MAX_EXPONENT; candidate++) {
      if (isExact(value, candidate)) {
        return candidate;
      }
    }
    return 0;
  }

  private static long digits(double value, int exponent) {
    return (long) Math.rint(value * POWERS[exponent]);
  }

  private static boolean isExact(double value, int exponent) {
    double scaled = Math.rint(value * POWERS[exponent]);
    return Math.abs(scaled) < MAX_DIGITS
        && Double.doubleToRawLongBits(value((long) scaled, exponent))
            == Double.doubleToRawLongBits(value);
  }
}
