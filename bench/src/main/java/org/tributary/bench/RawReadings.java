package org.tributary.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/** All readings of a gateway as bulk loads take them: in a file, and in memory. */
final class RawReadings {

  static final int PAGE = 10_000;

  private final Path file;
  private final List<Rows> pages = new ArrayList<>();
  private final List<String> times = new ArrayList<>();

  private RawReadings(Path file) {
    this.file = file;
  }

  /**
   * Reads them once.
   *
   * @param file is written: a line a reading, with tabs between
   */
  static RawReadings of(DatabaseUrl gateway, Path file) throws IOException {
    RawReadings all = new RawReadings(file);
    try (SourceDatabase source = new SourceDatabase(gateway);
        BufferedWriter lines = Files.newBufferedWriter(file)) {
      Optional<Position> cursor = Optional.empty();
      Page page;
      do {
        page = source.readAfter(Tables.READING, cursor, Optional.empty(), PAGE);
        all.add(page.rows(), lines);
        cursor = page.cursor();
      } while (page.full());
    }
    return all;
  }

  private void add(Rows page, BufferedWriter lines) throws IOException {
    pages.add(page);
    for (int row = 0; row < page.size(); row++) {
      String time = Micros.spell(page.longAt(0, row), ' ');
      times.add(time);
      lines.write(
          "%s\t%d\t%d\t%d\t%s\n"
              .formatted(
                  time,
                  page.longAt(1, row),
                  page.longAt(2, row),
                  page.longAt(3, row),
                  page.realAt(4, row)));
    }
  }

  Path file() {
    return file;
  }

  int size() {
    return times.size();
  }

  String time(int row) {
    return times.get(row);
  }

  long node(int row) {
    return page(row).longAt(1, row % PAGE);
  }

  long type(int row) {
    return page(row).longAt(2, row % PAGE);
  }

  long location(int row) {
    return page(row).longAt(3, row % PAGE);
  }

  double value(int row) {
    return page(row).realAt(4, row % PAGE);
  }

  private Rows page(int row) {
    return pages.get(row / PAGE);
  }

  /** Compares them with what a database has, key by key and value by value; all must be there. */
  void requireIn(DatabaseUrl url) throws IOException {
    int row = 0;
    try (SourceDatabase database = new SourceDatabase(url)) {
      for (Rows expected : pages) {
        Optional<Position> cursor =
            row == 0 ? Optional.empty() : Optional.ofNullable(page(row - 1).keyAt(PAGE - 1));
        Rows found = database.readAfter(Tables.READING, cursor, Optional.empty(), PAGE + 1).rows();
        for (int i = 0; i < expected.size(); i++) {
          for (int column : new int[] {0, 1, 2, 4}) { // the location has an id of its own there
            if (i >= found.size() || !expected.sameCell(column, i, found, column, i)) {
              throw new IllegalStateException(
                  "%s differs at %s".formatted(url.printable(), expected.keyAt(i)));
            }
          }
        }
        row += expected.size();
      }
      long count = database.countAfter(Tables.READING, Optional.empty());
      if (count != row) {
        throw new IllegalStateException(
            "%s has %d readings instead of %d".formatted(url.printable(), count, row));
      }
    }
  }
}
