package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Position;
import org.tributary.wire.Table;

/**
 * What of one table the next push would send.
 *
 * @param after behind which position the rows lie; empty at the table's beginning and for a table
 *     that travels whole
 * @param rows how many; for a table that travels whole all of them, or none if it has not changed
 * @param future how many of them are stamped in the future: central will set them aside
 * @param ahead how many of them are stamped ahead of this machine's clock: pushes hold them back
 *     until it is that late
 * @param oldest when the first of them was taken; empty if none waits, or none has a time
 * @param timeless how many rows have no time: they are not among those that wait, for all that can
 *     be done with them is to set them aside, and a push may have done so already
 */
public record Waiting(
    Table table,
    Optional<Position> after,
    long rows,
    long future,
    long ahead,
    Optional<Instant> oldest,
    long timeless) {

  public Waiting {
    requireNonNull(table);
    requireNonNull(after);
    requireNonNull(oldest);
  }
}
