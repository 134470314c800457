package org.tributary.wire;

import java.util.Arrays;

/**
 * Doubles as integers of one power of ten, where that is exact to the bit; the few values for which
 * it is not are exceptions and travel raw.
 */
final class ScaledReals {

  /** In place of an exponent: the values travel raw. */
  static final int RAW = 255;

  private static final int MAX_EXPONENT = 12;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12
  };
  // Whole numbers below this are exact as doubles; a quotient of two such numbers is the double
  // nearest to the decimal, which is what a decimal that a sensor printed was read as.
  private static final double MAX_DIGITS = 1L << 53;

  // An exception costs some 80 bits, a decimal place more than three for each value.
  private static final int PLACES_OF_AN_EXCEPTION = 24;

  private final int exponent;
  private final long[] digits;
  private final Exceptions exceptions;

  private ScaledReals(int exponent, long[] digits, Exceptions exceptions) {
    this.exponent = exponent;
    this.digits = digits;
    this.exceptions = exceptions;
  }

  /** Scales the values {@code from} (inclusive) to {@code to} (exclusive). */
  static ScaledReals of(double[] values, int from, int to) {
    int exponent = cheapestExponent(values, from, to);
    long[] digits = new long[to - from];
    int[] places = {};
    int exceptions = 0;
    for (int i = 0; i < digits.length; i++) {
      if (isExact(values[from + i], exponent)) {
        digits[i] = digits(values[from + i], exponent);
      } else {
        if (exceptions == places.length) {
          places = Arrays.copyOf(places, Math.max(8, exceptions * 2));
        }
        places[exceptions++] = i;
      }
    }
    places = Arrays.copyOf(places, exceptions);
    double[] raw = Arrays.stream(places).mapToDouble(place -> values[from + place]).toArray();
    return new ScaledReals(exponent, digits, new Exceptions(places, raw));
  }

  int exponent() {
    return exponent;
  }

  /** One a value; 0 for an exception. Not a copy: the caller may write into it. */
  long[] digits() {
    return digits;
  }

  Exceptions exceptions() {
    return exceptions;
  }

  /** Whether exceptions are rare enough to be cheaper than raw doubles for all. */
  boolean worthIt() {
    return exceptions.count() * 4 <= digits.length;
  }

  /** An exponent, or {@link #RAW}. */
  static int readExponent(ByteSource in) throws WireFormatException {
    int exponent = in.oneByte();
    if (exponent > MAX_EXPONENT && exponent != RAW) {
      throw new WireFormatException("No exponent: " + exponent);
    }
    return exponent;
  }

  static double value(long digits, int exponent) {
    return digits / POWERS[exponent];
  }

  /**
   * The smallest exponent that is exact for every value that any exponent is exact for; a smaller
   * one if the values that need the more places are so few that they had better be exceptions.
   */
  private static int cheapestExponent(double[] values, int from, int to) {
    int exponent = 0;
    for (int i = from; i < to; i++) {
      exponent = Math.max(exponent, smallestExponent(values[i], exponent));
    }
    for (int fewer = 0; fewer < exponent; fewer++) {
      long bearable = (long) (to - from) * (exponent - fewer) / PLACES_OF_AN_EXCEPTION;
      if (hasAtMost(bearable, values, from, to, fewer)) {
        return fewer;
      }
    }
    return exponent;
  }

  private static boolean hasAtMost(long exceptions, double[] values, int from, int to, int places) {
    long left = exceptions;
    for (int i = from; i < to && left >= 0; i++) {
      if (!isExact(values[i], places)) {
        left--;
      }
    }
    return left >= 0;
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
