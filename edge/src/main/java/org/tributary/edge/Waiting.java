package org.tributary.edge;

import static java.util.Objects.requireNonNull;

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
 */
public record Waiting(Table table, Optional<Position> after, long rows, long future) {

  public Waiting {
    requireNonNull(table);
    requireNonNull(after);
  }
}
