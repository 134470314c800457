package org.tributary.wire;

import java.util.Comparator;

/**
 * What one sensor of one node measures over time. In order of types first, because what is of one
 * type is alike whichever node measured it.
 *
 * @param type 0 in a table whose rows have no type
 */
record Series(long type, long node) implements Comparable<Series> {

  private static final Comparator<Series> ORDER =
      Comparator.comparingLong(Series::type).thenComparingLong(Series::node);

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
