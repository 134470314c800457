package org.tributary.store.completeness;

import java.util.BitSet;

/** In which minutes anything was heard of a house. Not thread-safe. */
final class Presence {

  private static final long MINUTE = 60_000_000L;

  private final long begin;
  private final BitSet minutes = new BitSet();

  /**
   * @param begin the first moment that counts, in microseconds
   */
  Presence(long begin) {
    this.begin = begin;
  }

  void heard(long time) {
    if (time >= begin) {
      minutes.set(minute(time));
    }
  }

  /** The longest time in which nothing was heard, without the minutes at both ends. */
  long longestSilence(long from, long until) {
    int first = minute(Math.max(begin, from)) + 1;
    int end = minute(Math.max(begin, until));
    long longest = 0;
    for (int at = first; at < end; ) {
      int next = minutes.nextSetBit(at);
      int stop = next < 0 ? end : Math.min(next, end);
      longest = Math.max(longest, stop - at);
      at = stop + 1;
    }
    return longest * MINUTE;
  }

  private int minute(long time) {
    return (int) ((time - begin) / MINUTE);
  }
}
