package org.tributary.store.fleet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** On how many days a node had how many readings in a house. Not thread-safe. */
final class NodeHistory {

  /** So many of its days before a day, and as many behind it, say what is usual on it. */
  private static final int AROUND = 7;

  private final Map<Long, Long> rows = new HashMap<>();
  private long @Nullable [] hours;
  private long[] counts = {};

  /** Notes a day's count; a day without any is no day of it. */
  void note(long hour, long count) {
    if (count > 0) {
      rows.put(hour, count);
      hours = null;
    }
  }

  /** Whether it had readings on a day before: its first one is hardly ever whole. */
  boolean hasBegunBefore(long hour) {
    long[] known = sorted();
    return known.length > 0 && known[0] < hour;
  }

  long count(long hour) {
    return rows.getOrDefault(hour, 0L);
  }

  boolean goesOnAfter(long hour) {
    long[] known = sorted();
    return known.length > 0 && known[known.length - 1] >= hour;
  }

  /**
   * The median of its nearest days around one, itself aside; 0 if it has none. Its first day, which
   * is hardly ever whole, counts only where there is no other.
   *
   * @param today the first hour of the day that is not over: it says nothing of what is usual
   */
  long usual(long hour, long today) {
    long later = usual(hour, today, 1);
    return later == 0 ? usual(hour, today, 0) : later;
  }

  private long usual(long hour, long today, int first) {
    long[] known = sorted();
    int found = Arrays.binarySearch(known, hour);
    int before = found < 0 ? -found - 1 : found;
    int behind = found < 0 ? before : found + 1;
    int from = Math.max(first, before - AROUND);
    int to = Math.min(counts.length, behind + AROUND);
    long[] around =
        IntStream.range(from, to)
            .filter(index -> (index < before || index >= behind) && known[index] < today)
            .mapToLong(index -> counts[index])
            .sorted()
            .toArray();
    return around.length == 0 ? 0 : around[(around.length - 1) / 2];
  }

  private long[] sorted() {
    long[] known = hours;
    if (known == null) {
      known = rows.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      counts = Arrays.stream(known).map(hour -> rows.getOrDefault(hour, 0L)).toArray();
      hours = known;
    }
    return known;
  }
}
