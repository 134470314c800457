package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Rows that a gateway wants back: all of a table that travels whole, or those of a window of a
 * series.
 *
 * @param window empty for a table that travels whole
 * @param after behind which key of the window; empty for its first rows
 * @param maxRows how many the gateway takes at once
 */
public record RestoreRequest(
    Table table, Optional<Window> window, Optional<Position> after, int maxRows) {

  public RestoreRequest {
    requireNonNull(table);
    requireNonNull(window);
    requireNonNull(after);
    if (table.isSeries() != window.isPresent()) {
      throw new IllegalArgumentException(
          table + (table.isSeries() ? " comes back window by window" : " has no windows"));
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("No row at a time is none at all");
    }
  }

  /** All of a table that travels whole. */
  public static RestoreRequest whole(Table table) {
    return new RestoreRequest(table, Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
  }
}
