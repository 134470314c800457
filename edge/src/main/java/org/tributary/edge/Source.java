package org.tributary.edge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.store.Page;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** Where a gateway's rows come from. */
interface Source {

  /**
   * The next rows of a series, in the order of its key.
   *
   * @param cursor where the page before ended; empty for the first
   * @param until the latest time to read, if there is one
   * @throws LocalDatabaseException if the rows can't be read now
   */
  Page readAfter(Table table, Optional<Position> cursor, Optional<Instant> until, int maxRows)
      throws LocalDatabaseException;

  /**
   * Rows of a series that no cursor leads to: those without a time, those up to a time that are
   * later than a position but sorted before it, and those from before all trusted time.
   *
   * @param offset how many of them were read already
   */
  Page readAstray(Table table, Optional<Position> live, Instant until, int offset, int maxRows)
      throws LocalDatabaseException;

  /**
   * Until when no row will be written any more that comes before others already there, given the
   * present: earlier than that only while local clocks go through an hour for the second time.
   */
  Instant settledAt(Instant present);

  /** Whether the row of a series with that key is there. */
  boolean holds(Table table, Position key) throws LocalDatabaseException;

  /** How many rows of a series there are. */
  long count(Table table) throws LocalDatabaseException;

  /**
   * The oldest time of a series that is not before a time; if the oldest row has a time that can't
   * be read, one from which on the windows hold it; empty if there is no row.
   */
  Optional<Instant> oldest(Table table, Instant from) throws LocalDatabaseException;

  /**
   * The time of the newest row of a series that is not after a time; that time itself if the row
   * can't be read; empty if there is none.
   */
  Optional<Instant> newest(Table table, Instant until) throws LocalDatabaseException;

  /** Whether a series has more rows than so many behind a cursor, up to a time. */
  boolean hasMore(Table table, Optional<Position> cursor, Instant until, int rows)
      throws LocalDatabaseException;

  /** The columns that a series has here, as {@link org.tributary.wire.RowHash} numbers them. */
  int columns(Table table) throws LocalDatabaseException;

  /**
   * Digests of a window, told as finely as asked; windows without rows are left out.
   *
   * @param upTo the last key that counts, if there is one
   * @param passedOver hears of rows of the window that can't be read, and are in no digest
   */
  Map<Window, Digest> digests(
      Table table,
      Window window,
      Grain grain,
      Optional<Position> upTo,
      Consumer<Unreadable> passedOver)
      throws LocalDatabaseException;

  /** The same, where rows that can't be read are known of already. */
  default Map<Window, Digest> digests(
      Table table, Window window, Grain grain, Optional<Position> upTo)
      throws LocalDatabaseException {
    return digests(table, window, grain, upTo, row -> {});
  }

  /** Hands over the rows of a window, a few at a time. */
  void readWindow(Table table, Window window, Optional<Position> upTo, Consumer<Rows> work)
      throws LocalDatabaseException;

  /** All rows of a table that travels whole. */
  Page readAll(Table table) throws LocalDatabaseException;
}
