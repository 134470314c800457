package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Rows of one table that travel and are stored together.
 *
 * @param lane which of the table's positions the batch moves
 * @param after the position behind which the rows were read; empty at the table's beginning and for
 *     a table that travels whole
 * @param upTo the position that central may keep once it has the rows; empty if it must not move
 * @param unreadable rows that could not be read as what they should be
 * @param contents of which parts of windows these are all rows, in the history lane
 */
public record Batch(
    Table table,
    Lane lane,
    Optional<Position> after,
    Optional<Position> upTo,
    Rows rows,
    List<Unreadable> unreadable,
    Optional<Contents> contents) {

  public Batch {
    requireNonNull(table);
    requireNonNull(lane);
    requireNonNull(after);
    requireNonNull(upTo);
    requireNonNull(rows);
    unreadable = List.copyOf(unreadable);
    requireNonNull(contents);
    if (!rows.table().equals(table)) {
      throw new IllegalArgumentException(rows + " in a batch of " + table);
    }
  }

  /** Rows that are not all of anything. */
  public Batch(
      Table table,
      Lane lane,
      Optional<Position> after,
      Optional<Position> upTo,
      Rows rows,
      List<Unreadable> unreadable) {
    this(table, lane, after, upTo, rows, unreadable, Optional.empty());
  }

  /** How many rows an acknowledgement has to account for. */
  public int size() {
    return rows.size() + unreadable.size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public String toString() {
    return size() + " rows of " + table + after.map(key -> " after " + key).orElse("");
  }
}
