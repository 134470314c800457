package org.tributary.store.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** On how many days a node had how many readings in a house. Not thread-safe. */
final class NodeHistory {

  /** So many of its days before a day, and as many behind it, say what is usual on it. */
  private static final int AROUND = 7;

  private final NavigableMap<Long, Long> byHour = new TreeMap<>();

  /** Notes a day's count; a day without any is no day of it. */
  void note(long hour, long rows) {
    if (rows > 0) {
      byHour.put(hour, rows);
    }
  }

  boolean hasBegunBy(long hour) {
    return !byHour.isEmpty() && byHour.firstKey() <= hour;
  }

  boolean goesOnAfter(long hour) {
    return !byHour.isEmpty() && byHour.lastKey() >= hour;
  }

  /** The median of its nearest days around one, itself aside; 0 if it has none. */
  long usual(long hour) {
    List<Long> around = new ArrayList<>(2 * AROUND);
    byHour.headMap(hour, false).descendingMap().values().stream()
        .limit(AROUND)
        .forEach(around::add);
    byHour.tailMap(hour, false).values().stream().limit(AROUND).forEach(around::add);
    return Median.of(around);
  }
}
