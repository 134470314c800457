package org.tributary.store.ingest;

import java.util.Map;
import java.util.Set;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;

/**
 * What was decided about rows of a stretch of a series, as far as it counts when they are sent
 * again. For one batch.
 *
 * @param settled contents of rows that were dropped or shifted, by key: sent again as they were,
 *     they are there already
 * @param believed keys of rows whose stamps are to be believed
 * @param taken keys under which other rows were stored, whose stamps were corrected, with those
 *     stamps
 */
record Decisions(
    Map<String, Set<String>> settled, Set<String> believed, Map<String, String> taken) {

  static final Decisions NONE = new Decisions(Map.of(), Set.of(), Map.of());

  /** Whether a row needs nothing more. */
  boolean settles(Rows rows, int row) {
    return !settled.isEmpty()
        && settled
            .getOrDefault(SetAsideRows.shortKey(Sieve.keyOf(rows, row)), Set.of())
            .contains(SetAsideRows.storable(SyncJson.writeRow(rows.row(row))));
  }
}
