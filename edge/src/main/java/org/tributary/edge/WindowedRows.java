package org.tributary.edge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/** The rows of several windows of a series, each day of them read once. */
record WindowedRows(Source source, Table table, Position upTo) {

  /** Takes a row of a window. */
  interface OnRow {
    void take(Rows rows, int row, Window window);
  }

  /**
   * Hands over each row with the window that it is of.
   *
   * @param windows an hour or a day long, and none within another
   */
  void forEach(Collection<Window> windows, OnRow work) throws LocalDatabaseException {
    Map<Long, List<Window>> days = new TreeMap<>();
    for (Window window : windows) {
      days.computeIfAbsent(Math.floorDiv(window.hour(), (long) Window.DAY), d -> new ArrayList<>())
          .add(window);
    }
    for (List<Window> day : days.values()) {
      forEachOfADay(new HashSet<>(day), work);
    }
  }

  private void forEachOfADay(Set<Window> windows, OnRow work) throws LocalDatabaseException {
    long from = windows.stream().mapToLong(Window::hour).min().orElseThrow();
    long end = windows.stream().mapToLong(Window::endHour).max().orElseThrow();
    source.readWindow(
        table,
        new Window(null, from, (int) (end - from)),
        Optional.of(upTo),
        rows -> {
          int time = rows.indexOf(table.key().get(0));
          int node = rows.indexOf("nodeId");
          for (int row = 0; row < rows.size(); row++) {
            long hour = Window.hourOfMicros(rows.longAt(time, row));
            for (Window window : of(rows.longAt(node, row), hour)) {
              if (windows.contains(window)) {
                work.take(rows, row, window);
              }
            }
          }
        });
  }

  /** The windows that a row may be asked for by. */
  private static List<Window> of(long node, long hour) {
    long day = Window.dayOfHour(hour);
    return List.of(
        new Window(node, hour, 1),
        new Window(node, day, Window.DAY),
        new Window(null, day, Window.DAY));
  }
}
