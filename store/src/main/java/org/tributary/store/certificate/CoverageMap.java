package org.tributary.store.certificate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tributary.store.completeness.NodeDay;

/**
 * Draws which node's readings are there of which days: a cell is filled as high as it is complete,
 * so that it can be read without colours. Stateless.
 */
final class CoverageMap {

  private static final int MOST_CELLS = 62;
  private static final int LEFT = 64;
  private static final int TOP = 18;
  private static final int WIDTH = 860;
  private static final int HIGHEST = 16;

  /** What is expected and what is there in one cell. */
  private static final class Cell {
    private long expected;
    private long present;
  }

  private CoverageMap() {}

  /** How many days a cell stands for. */
  static int daysACell(LocalDate first, LocalDate last) {
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    if (days <= MOST_CELLS) {
      return 1;
    }
    return days <= MOST_CELLS * 7L ? 7 : (int) (days / MOST_CELLS + 1);
  }

  /**
   * The drawing, as SVG.
   *
   * @param days at least one
   */
  static String svg(List<NodeDay> days) {
    LocalDate first = days.get(0).day();
    LocalDate last = days.get(days.size() - 1).day();
    int span = daysACell(first, last);
    SortedMap<Long, SortedMap<Integer, Cell>> nodes = new TreeMap<>();
    for (NodeDay day : days) {
      int at = (int) (ChronoUnit.DAYS.between(first, day.day()) / span);
      Cell cell =
          nodes
              .computeIfAbsent(day.node(), node -> new TreeMap<>())
              .computeIfAbsent(at, each -> new Cell());
      cell.expected += day.expected();
      cell.present += day.present();
    }
    int columns = (int) (ChronoUnit.DAYS.between(first, last) / span) + 1;
    int step = Math.max(6, Math.min(20, (WIDTH - LEFT) / columns));
    int height = TOP + nodes.size() * (HIGHEST + 4) + 4;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">"
            .formatted(LEFT + columns * step + 70, height, LEFT + columns * step + 70, height));
    svg.append("<title>Readings that are here, by node and day</title>\n");
    label(svg, LEFT, 11, first.toString());
    if (columns * step > 170) {
      label(svg, LEFT + columns * step - 62, 11, last.toString());
    }
    int y = TOP;
    for (Map.Entry<Long, SortedMap<Integer, Cell>> node : nodes.entrySet()) {
      label(svg, 0, y + 12, "node " + node.getKey());
      for (Map.Entry<Integer, Cell> cell : node.getValue().entrySet()) {
        cell(svg, LEFT + cell.getKey() * step, y, step - 2, cell.getValue());
      }
      y += HIGHEST + 4;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void label(StringBuilder svg, int x, int y, String text) {
    svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, Html.escaped(text)));
  }

  private static void cell(StringBuilder svg, int x, int y, int width, Cell cell) {
    boolean all = cell.present == cell.expected;
    svg.append(
        "<rect class=\"cell%s\" x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\"/>"
            .formatted(all ? " all" : "", x, y, width - 1, HIGHEST - 1));
    if (!all && cell.present > 0) {
      double high =
          Math.max(1, Math.min(HIGHEST - 2, HIGHEST * cell.present / (double) cell.expected));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"here\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
              x,
              y + HIGHEST - high,
              width,
              high));
    }
    svg.append('\n');
  }
}
