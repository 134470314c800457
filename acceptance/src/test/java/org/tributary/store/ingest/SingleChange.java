package org.tributary.store.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes one thing in a file of readings, as an error or a forger would. */
final class SingleChange {

  private SingleChange() {}

  /** The file with one line, or one cell of a line, that is not what it was. */
  static String of(String csv, Random random) {
    List<String> lines = new ArrayList<>(csv.lines().toList());
    int at = 1 + random.nextInt(lines.size() - 1);
    switch (random.nextInt(12)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(1 + random.nextInt(lines.size()), lines.get(at));
      case 2 -> lines.set(at, lines.get(at) + ",more");
      case 3 -> lines.set(at, lines.get(at).substring(0, lines.get(at).lastIndexOf(',')));
      default -> lines.set(at, changed(lines.get(at), random));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String changed(String line, Random random) {
    String[] cells = line.split(",", -1);
    int column = random.nextInt(cells.length);
    String cell = cells[column];
    cells[column] =
        switch (column) {
          case 0 -> Instant.parse(cell).plusNanos(1_000).toString();
          case 1, 2, 3 -> Long.toString(Long.parseLong(cell) + 1);
          case 4 -> value(cell, random);
          default -> cell.isEmpty() ? "x" : cell.substring(1);
        };
    return String.join(",", cells);
  }

  private static String value(String cell, Random random) {
    if (cell.isEmpty()) {
      return "0";
    }
    double value = Double.parseDouble(cell);
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> Double.toString(Math.nextUp(value));
      case 2 -> value == 0 ? "1" : Double.toString(-value);
      default -> cell + "x";
    };
  }
}
