package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;

/**
 * What a gateway took from central into a row of its own because a decision stood that was undone,
 * and what it is to have again.
 *
 * @param row the row at the gateway
 * @param central the row of central from which it was taken
 * @param was the cells as the gateway took them, in its ids
 * @param is the cells as it had them; empty for a row that it did not have at all
 */
record Reversal(
    RowAt row, long central, Map<String, @Nullable Object> was, Map<String, @Nullable Object> is) {

  Reversal {
    requireNonNull(row);
    was = Collections.unmodifiableMap(new LinkedHashMap<>(was)); // nulls are values
    is = Collections.unmodifiableMap(new LinkedHashMap<>(is));
  }

  /** Whether the gateway is to remove the row. */
  boolean removes() {
    return is.isEmpty();
  }

  /** Whether a row of the gateway, as it came, is still to be put back. */
  boolean isOpenFor(Map<String, @Nullable Object> its) {
    return removes()
        ? was.entrySet().stream().allMatch(cell -> has(its, cell))
        : was.entrySet().stream().anyMatch(cell -> has(its, cell));
  }

  private static boolean has(Map<String, @Nullable Object> its, Map.Entry<String, ?> cell) {
    return Objects.equals(its.get(cell.getKey()), cell.getValue());
  }

  /** A row as it was before, save for what the gateway has changed itself. */
  Map<String, @Nullable Object> applied(Map<String, @Nullable Object> its) {
    Map<String, @Nullable Object> before = new LinkedHashMap<>(its);
    for (Map.Entry<String, @Nullable Object> cell : was.entrySet()) {
      if (has(its, cell)) {
        before.put(cell.getKey(), is.get(cell.getKey()));
      }
    }
    return before;
  }

  /** As the gateway is told it. */
  MetadataChange change() {
    return new MetadataChange(
        removes() ? MetadataChange.Kind.REMOVED : MetadataChange.Kind.CHANGED,
        row.table(),
        new CentralId(central),
        Optional.of(new LocalId(row.id())),
        was,
        is,
        Map.of());
  }
}
