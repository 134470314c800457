package org.tributary.store.completeness;

import java.util.Arrays;

/**
 * How often a node measures: learnt from the last spacings between its samples, so that it follows
 * a node that is set to another period. Not thread-safe.
 */
public final class Rhythm {

  private static final int REMEMBERED = 101;
  private static final int LEARNT = 10;

  private final long[] inOrder = new long[REMEMBERED];
  private final long[] sorted = new long[REMEMBERED];
  private int count;
  private int next;

  /** Learns the time from one sample to the next, in microseconds. */
  public void learn(long spacing) {
    if (count == REMEMBERED) {
      int at = Arrays.binarySearch(sorted, 0, count, inOrder[next]);
      System.arraycopy(sorted, at + 1, sorted, at, count - at - 1);
      count--;
    }
    int found = Arrays.binarySearch(sorted, 0, count, spacing);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = spacing;
    count++;
    inOrder[next] = spacing;
    next = (next + 1) % REMEMBERED;
  }

  /** Whether enough has been seen to tell a gap from a pause. */
  public boolean isLearnt() {
    return count >= LEARNT;
  }

  /** The usual spacing: the median, in microseconds. */
  public long usual() {
    return sorted[count / 2];
  }

  /** How many samples are missing from one to the next; 0 if none is, or if that can't be told. */
  public long missing(long spacing) {
    return isLearnt() && spacing > longestUsual()
        ? Math.max(1, Math.round((double) spacing / usual()) - 1)
        : 0;
  }

  /**
   * What is longer is a gap. A node that measures by the clock misses one sample at half as much
   * again as usual; one that speaks when something changes is given more time.
   */
  private long longestUsual() {
    long usual = usual();
    int low = lowerBound(usual - usual / 5);
    int high = lowerBound(usual + usual / 5 + 1);
    boolean byTheClock = (high - low) * 5 >= count * 3;
    long rare = sorted[count - 1 - count / 20];
    return byTheClock ? usual + usual / 2 : Math.max(3 * usual, 2 * rare);
  }

  private int lowerBound(long value) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
