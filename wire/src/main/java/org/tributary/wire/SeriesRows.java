package org.tributary.wire;

import java.util.BitSet;
import java.util.List;

/**
 * The rows of a batch, series by series.
 *
 * @param series in ascending order
 * @param rows of each series
 */
record SeriesRows(List<Series> series, Groups rows) {

  SeriesRows {
    series = List.copyOf(series);
  }

  /** The same series, but only with the rows that are not null. */
  SeriesRows without(BitSet nulls) {
    return new SeriesRows(series, rows.without(nulls));
  }

  int count() {
    return series.size();
  }

  /** Whether a series of another type follows, or none. */
  boolean isLastOfType(int number) {
    return number + 1 == series.size()
        || series.get(number + 1).type() != series.get(number).type();
  }
}
