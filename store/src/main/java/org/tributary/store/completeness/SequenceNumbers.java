package org.tributary.store.completeness;

import java.util.Arrays;
import java.util.Optional;

/**
 * The numbers that a node gives its messages, as its states tell them: whether it went on sending
 * while nothing was heard of it. They count from 0 to 255 and then anew. Not thread-safe.
 */
final class SequenceNumbers {

  private static final int AROUND = 256;

  /** What the numbers before and behind a silence tell. */
  enum Verdict {
    /** It sent what was to be expected. */
    SENT,
    /** It went on where it had stopped. */
    PAUSED,
    /** It began to count anew. */
    RESTARTED
  }

  /** A verdict with the numbers that it is based on. */
  record Told(Verdict verdict, long before, long after) {}

  private long[] times = new long[64];
  private long[] numbers = new long[64];
  private int count;

  /** The next state in the order of time. */
  void take(long time, long number) {
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    times[count] = time;
    numbers[count] = number;
    count++;
  }

  /** Forgets all but the newest: no silence that is still to be told begins before it. */
  void keepLast() {
    if (count > 1) {
      times[0] = times[count - 1];
      numbers[0] = numbers[count - 1];
      count = 1;
    }
  }

  /** How many messages of a node came while none of its readings did. */
  int heardDuring(Silence silence) {
    int heard = 0;
    for (int i = 0; i < count; i++) {
      if (times[i] > silence.from() && times[i] < silence.until()) {
        heard++;
      }
    }
    return heard;
  }

  /** What the numbers tell of a silence; empty where they don't fit together. */
  Optional<Told> about(Silence silence) {
    long middle = silence.from() + (silence.until() - silence.from()) / 2;
    int found = Arrays.binarySearch(times, 0, count, middle);
    int after = found < 0 ? -found - 1 : found;
    if (after == 0 || after == count) {
      return Optional.empty();
    }
    long before = numbers[after - 1];
    long sent = Math.floorMod(numbers[after] - before, (long) AROUND);
    long due = Math.round((double) (times[after] - times[after - 1]) / silence.usual());
    return verdict(numbers[after], sent, due).map(each -> new Told(each, before, numbers[after]));
  }

  private static Optional<Verdict> verdict(long number, long sent, long due) {
    long tolerance = Math.max(1, due / 20);
    long apart = Math.floorMod(sent - due, (long) AROUND);
    boolean fits = tolerance < AROUND / 4 && Math.min(apart, AROUND - apart) <= tolerance;
    if (fits && due > 1) {
      return Optional.of(Verdict.SENT);
    }
    if (sent <= 2 && due > 3) {
      return Optional.of(Verdict.PAUSED);
    }
    return number < due && number <= 16 ? Optional.of(Verdict.RESTARTED) : Optional.empty();
  }
}
