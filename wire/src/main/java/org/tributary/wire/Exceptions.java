package org.tributary.wire;

import java.io.IOException;

/**
 * The few values among scaled ones that no power of ten makes whole: a spike of 1e38, a NaN. They
 * travel raw, so that they cost only themselves.
 */
final class Exceptions {

  /** A gap of one byte and eight bytes of value. */
  private static final int LEAST_BYTES = 9;

  private final int[] places;
  private final double[] values;

  /**
   * @param places of the exceptions among the values, ascending
   * @param values one a place
   */
  Exceptions(int[] places, double[] values) {
    this.places = places;
    this.values = values;
  }

  int count() {
    return places.length;
  }

  /** Where the exception of that number stands among the values. */
  int place(int number) {
    return places[number];
  }

  double value(int number) {
    return values[number];
  }

  void writeTo(ByteSink out) {
    out.uvarint(places.length);
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      out.uvarint(places[i] - next);
      out.real(values[i]);
      next = places[i] + 1;
    }
  }

  /**
   * @param cells how many values there are
   */
  static Exceptions read(ByteSource in, int cells) throws IOException {
    int count = in.count(Math.min(cells, in.remaining() / LEAST_BYTES), "exceptions");
    int[] places = new int[count];
    double[] values = new double[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      int gap = in.count(cells, "cells");
      if (gap >= cells - next) {
        throw new WireFormatException("An exception beyond the last cell");
      }
      places[i] = next + gap;
      values[i] = in.real();
      next = places[i] + 1;
    }
    return new Exceptions(places, values);
  }
}
