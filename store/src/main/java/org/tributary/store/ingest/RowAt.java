package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import org.tributary.wire.Table;

/**
 * A row of one side.
 *
 * @param id as that side has it
 */
public record RowAt(Table table, long id) {

  public RowAt {
    requireNonNull(table);
  }
}
