package org.tributary.cli.demo;

import java.util.Optional;
import org.tributary.store.Page;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Walks through a series of one database in the order of its key, a page in memory at a time. It
 * stands on a row until there is none.
 *
 * <p>Not thread-safe.
 */
final class SeriesWalk {

  private static final int ROWS_PER_PAGE = 10_000;

  private final SourceDatabase database;
  private final Table table;
  private final LocationNames locations;
  private final long[] key;
  private Optional<Position> cursor = Optional.empty();
  private boolean more = true;
  private Rows page;
  private int[] keyColumns = {};
  private int row;
  private long unreadable;

  /** Stands on the first row. */
  SeriesWalk(SourceDatabase database, Table table) throws StoreException {
    this.database = database;
    this.table = table;
    this.locations = LocationNames.of(database);
    this.key = new long[table.key().size()];
    this.page = Rows.none(table);
    load();
  }

  /** Whether it stands on a row. */
  boolean isOnRow() {
    return row < page.size();
  }

  void step() throws StoreException {
    row++;
    load();
  }

  /** Rows passed so far that could not be read. */
  long unreadable() {
    return unreadable;
  }

  /** Orders two walks by the keys of the rows that they stand on. */
  int compareKey(SeriesWalk other) {
    for (int i = 0; i < key.length; i++) {
      int order = Long.compare(key[i], other.key[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Whether both rows say the same; locations count by what they stand for, not by their ids. */
  boolean saysTheSameAs(SeriesWalk other) {
    for (int i = 0; i < page.columns().size(); i++) {
      Column column = page.columns().get(i);
      int theirs = other.page.indexOf(column.name());
      boolean same =
          theirs >= 0
              && (isLocation(column)
                  ? sameLocation(i, other, theirs)
                  : page.sameCell(i, row, other.page, theirs, other.row));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** The row in words. */
  String shown() {
    StringBuilder shown = new StringBuilder().append(Micros.toInstant(key[0]));
    for (int i = 0; i < page.columns().size(); i++) {
      Column column = page.columns().get(i);
      if (!column.name().equals(table.key().get(0))) {
        shown.append(", ").append(column.name()).append(' ');
        Object value = page.value(column.name(), row);
        shown.append(value == null ? "none" : value);
      }
    }
    return shown.toString();
  }

  private boolean sameLocation(int column, SeriesWalk other, int otherColumn) {
    boolean none = page.isNull(column, row);
    if (none || other.page.isNull(otherColumn, other.row)) {
      return none == other.page.isNull(otherColumn, other.row);
    }
    var ours = locations.of(page.longAt(column, row));
    return !ours.isEmpty()
        && ours.equals(other.locations.of(other.page.longAt(otherColumn, other.row)));
  }

  private static boolean isLocation(Column column) {
    return column.references().equals(Optional.of(Tables.LOCATION.name()));
  }

  private void load() throws StoreException {
    while (row == page.size() && more) {
      Page next = database.readAfter(table, cursor, Optional.empty(), ROWS_PER_PAGE);
      unreadable += next.unreadable().size();
      cursor = next.cursor();
      more = next.full() && cursor.isPresent();
      page = next.rows();
      row = 0;
      Rows loaded = page;
      keyColumns = table.key().stream().mapToInt(loaded::indexOf).toArray();
    }
    if (isOnRow()) {
      for (int i = 0; i < key.length; i++) {
        key[i] = page.longAt(keyColumns[i], row);
      }
    }
  }
}
