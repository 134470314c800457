package org.tributary.store.completeness;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tributary.store.RowWork;
import org.tributary.wire.Rows;

/** How many readings each node has in each hour of one UTC day. Not thread-safe. */
public final class HourCounts implements RowWork {

  private static final int HOURS = 24;
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final long begin;
  private final SortedMap<Long, long[]> counts = new TreeMap<>();

  public HourCounts(LocalDate day) {
    this.begin = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000L;
  }

  @Override
  public void take(Rows rows) {
    int time = rows.indexOf("time");
    int node = rows.indexOf("nodeId");
    for (int row = 0; row < rows.size(); row++) {
      long hour = Math.floorDiv(rows.longAt(time, row) - begin, MICROS_PER_HOUR);
      if (hour >= 0 && hour < HOURS) {
        counts.computeIfAbsent(rows.longAt(node, row), any -> new long[HOURS])[(int) hour]++;
      }
    }
  }

  /** The counts of a node, from midnight on; all of them 0 for one without readings. */
  public List<Long> of(long node) {
    return Arrays.stream(counts.getOrDefault(node, new long[HOURS])).boxed().toList();
  }

  /** The nodes that have readings, by number. */
  public Set<Long> nodes() {
    return Collections.unmodifiableSet(counts.keySet());
  }
}
