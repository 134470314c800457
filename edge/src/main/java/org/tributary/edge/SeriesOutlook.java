package org.tributary.edge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.wire.Position;
import org.tributary.wire.RestoreCount;
import org.tributary.wire.RestoreRequest;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/**
 * How much of a series would come back, and what would not, found out at central without reading
 * any of it. Not thread-safe.
 */
final class SeriesOutlook {

  private static final int DAYS_AT_ONCE = 30;

  private final Returns returns;
  private final Table table;
  private final Map<String, Unreadable> lost = new TreeMap<>();
  private long rows;

  SeriesOutlook(Returns returns, Table table) {
    this.returns = returns;
    this.table = table;
  }

  /** Looks at some days. */
  void look(List<Window> days) throws IOException, RefusedException {
    List<Window> newestFirst = days.stream().sorted((a, b) -> b.compareTo(a)).toList();
    for (int from = 0; from < newestFirst.size(); from += DAYS_AT_ONCE) {
      int to = Math.min(newestFirst.size(), from + DAYS_AT_ONCE);
      for (Window stretch : joined(newestFirst.subList(from, to))) {
        look(stretch);
      }
    }
  }

  private void look(Window window) throws IOException, RefusedException {
    Optional<Position> after = Optional.empty();
    do {
      RestoreCount count =
          returns.count(new RestoreRequest(table, Optional.of(window), after, Integer.MAX_VALUE));
      rows += count.rows();
      count.lost().forEach(row -> lost.put(row.key(), row));
      after = count.upTo();
    } while (after.isPresent());
  }

  /** Days without a gap between them as one window, so that few questions are asked. */
  static List<Window> joined(List<Window> newestFirst) {
    List<Window> all = new ArrayList<>();
    for (Window day : newestFirst) {
      Window last = all.isEmpty() ? null : all.get(all.size() - 1);
      if (last != null && day.endHour() == last.hour()) {
        all.set(all.size() - 1, new Window(null, day.hour(), day.hours() + last.hours()));
      } else {
        all.add(day);
      }
    }
    return all;
  }

  /** Rows that would come back. */
  long rows() {
    return rows;
  }

  /** Rows that can't. */
  List<Unreadable> lost() {
    return List.copyOf(lost.values());
  }
}
