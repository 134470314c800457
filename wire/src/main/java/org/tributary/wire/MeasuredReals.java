package org.tributary.wire;

import java.io.IOException;

/**
 * A column of doubles, series by series: how each series is told, then its values. A series has the
 * decimals of its sensor, and its exceptions are its own.
 */
final class MeasuredReals {

  private MeasuredReals() {}

  /**
   * Writes what {@link #read} reads.
   *
   * @param series without the rows that are null
   */
  static void write(ByteSink out, Cells cells, SeriesRows series) {
    Groups rows = series.rows();
    double[] values = new double[rows.members()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cells.realAt(rows.member(i));
    }
    ScaledReals[] scaled = new ScaledReals[series.count()];
    SeriesNumbers[] kinds = new SeriesNumbers[series.count()];
    for (int one = 0; one < kinds.length; one++) {
      scaled[one] = ScaledReals.of(values, rows.begin(one), rows.end(one));
      long[] digits = bridged(scaled[one]);
      kinds[one] = SeriesNumbers.cheapest(digits, 0, digits.length);
      if (scaled[one].worthIt()) {
        out.oneByte(scaled[one].exponent());
        kinds[one].writeTo(out);
      } else {
        out.oneByte(ScaledReals.RAW);
      }
    }
    for (int one = 0; one < kinds.length; one++) {
      if (scaled[one].worthIt()) {
        long[] digits = scaled[one].digits();
        scaled[one].exceptions().writeTo(out);
        kinds[one].write(out, digits, 0, digits.length);
      } else {
        for (int i = rows.begin(one); i < rows.end(one); i++) {
          out.real(values[i]);
        }
      }
      if (series.isLastOfType(one)) {
        out.cut();
      }
    }
  }

  /** In place of an exception the value before it, so that no steps lead there and back. */
  private static long[] bridged(ScaledReals scaled) {
    long[] digits = scaled.digits();
    for (int i = 0; i < scaled.exceptions().count(); i++) {
      int place = scaled.exceptions().place(i);
      digits[place] = place > 0 ? digits[place - 1] : 0;
    }
    return digits;
  }

  /**
   * Reads a double for each row, 0 where it is null.
   *
   * @param series without the rows that are null
   * @param size rows in all, nulls included
   */
  static double[] read(ByteSource in, SeriesRows series, int size) throws IOException {
    Groups rows = series.rows();
    int[] exponents = new int[series.count()];
    SeriesNumbers[] kinds = new SeriesNumbers[series.count()];
    for (int one = 0; one < kinds.length; one++) {
      exponents[one] = ScaledReals.readExponent(in);
      kinds[one] =
          exponents[one] == ScaledReals.RAW ? SeriesNumbers.PLAIN : SeriesNumbers.readFrom(in);
    }
    long[] digits = new long[rows.members()];
    double[] cells = new double[size];
    for (int one = 0; one < kinds.length; one++) {
      int begin = rows.begin(one);
      int end = rows.end(one);
      if (exponents[one] == ScaledReals.RAW) {
        for (int i = begin; i < end; i++) {
          cells[rows.member(i)] = in.real();
        }
        continue;
      }
      Exceptions exceptions = Exceptions.read(in, end - begin);
      kinds[one].read(in, digits, begin, end);
      for (int i = begin; i < end; i++) {
        cells[rows.member(i)] = ScaledReals.value(digits[i], exponents[one]);
      }
      for (int i = 0; i < exceptions.count(); i++) {
        cells[rows.member(begin + exceptions.place(i))] = exceptions.value(i);
      }
    }
    return cells;
  }
}
