package org.tributary.store.fleet;

import java.util.Collection;

/** The middle of some numbers. */
final class Median {

  private Median() {}

  /** The lower of the two middle ones where there is no one in the middle; 0 of none. */
  static long of(Collection<Long> numbers) {
    return numbers.stream()
        .sorted()
        .skip(Math.max(0, (numbers.size() - 1) / 2))
        .findFirst()
        .orElse(0L);
  }

  /** Whether there are fewer than nine tenths of the usual. */
  static boolean isShort(long number, long usual) {
    return number * 10 < usual * 9;
  }
}
