package org.tributary.wire;

import java.io.IOException;

/** A column of whole numbers, series by series: how each series is told, then its numbers. */
final class MeasuredIntegers {

  private MeasuredIntegers() {}

  /**
   * Writes what {@link #read} reads.
   *
   * @param series without the rows that are null
   */
  static void write(ByteSink out, Cells cells, SeriesRows series) {
    Groups rows = series.rows();
    long[] numbers = new long[rows.members()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = cells.longAt(rows.member(i));
    }
    SeriesNumbers[] kinds = new SeriesNumbers[series.count()];
    for (int one = 0; one < kinds.length; one++) {
      kinds[one] = SeriesNumbers.cheapest(numbers, rows.begin(one), rows.end(one));
      kinds[one].writeTo(out);
    }
    for (int one = 0; one < kinds.length; one++) {
      kinds[one].write(out, numbers, rows.begin(one), rows.end(one));
      if (series.isLastOfType(one)) {
        out.cut();
      }
    }
  }

  /**
   * Reads a number for each row, 0 where it is null.
   *
   * @param series without the rows that are null
   * @param size rows in all, nulls included
   */
  static long[] read(ByteSource in, SeriesRows series, int size) throws IOException {
    Groups rows = series.rows();
    SeriesNumbers[] kinds = new SeriesNumbers[series.count()];
    for (int one = 0; one < kinds.length; one++) {
      kinds[one] = SeriesNumbers.readFrom(in);
    }
    long[] numbers = new long[rows.members()];
    for (int one = 0; one < kinds.length; one++) {
      kinds[one].read(in, numbers, rows.begin(one), rows.end(one));
    }
    long[] cells = new long[size];
    for (int i = 0; i < numbers.length; i++) {
      cells[rows.member(i)] = numbers[i];
    }
    return cells;
  }
}
