package org.tributary.edge;

import java.time.Instant;
import java.util.Optional;
import org.tributary.store.Page;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

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

  /** All rows of a table that travels whole. */
  Page readAll(Table table) throws LocalDatabaseException;
}
