package org.tributary.store.fleet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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

  boolean hasBegunBy(long hour) {
    long[] known = sorted();
    return known.length > 0 && known[0] <= hour;
  }

  boolean goesOnAfter(long hour) {
    long[] known = sorted();
    return known.length > 0 && known[known.length - 1] >= hour;
  }

  /** The median of its nearest days around one, itself aside; 0 if it has none. */
  long usual(long hour) {
    int found = Arrays.binarySearch(sorted(), hour);
    int before = found < 0 ? -found - 1 : found;
    int behind = found < 0 ? before : found + 1;
    int from = Math.max(0, before - AROUND);
    int to = Math.min(counts.length, behind + AROUND);
    long[] around = new long[before - from + to - behind];
    System.arraycopy(counts, from, around, 0, before - from);
    System.arraycopy(counts, behind, around, before - from, to - behind);
    Arrays.sort(around);
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
