package org.tributary.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Unreadable;

/**
 * A stretch of a series in the order of its key.
 *
 * @param unreadable rows that are there but can't be read as what they should be
 * @param last the key of the last row that could be read, if there is one
 * @param cursor behind which the next page begins; differs from {@code last} only where the very
 *     last row's key could not be read
 * @param full whether the page holds as many rows as were asked for, so that more may follow
 */
public record Page(
    Rows rows,
    List<Unreadable> unreadable,
    Optional<Position> last,
    Optional<Position> cursor,
    boolean full) {
  public Page {
    requireNonNull(rows);
    unreadable = List.copyOf(unreadable);
    requireNonNull(last);
    requireNonNull(cursor);
  }
}
