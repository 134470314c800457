package org.tributary.store.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Table;

/**
 * What a row is known by, with central's ids.
 *
 * @param cells in the order of the table's key
 */
record NaturalKey(Map<Column, @Nullable Object> cells) {
  NaturalKey {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells)); // nulls are values
  }

  static NaturalKey of(Table table, Map<Column, @Nullable Object> values) {
    Map<Column, @Nullable Object> cells = new LinkedHashMap<>();
    table.keyColumns().forEach(column -> cells.put(column, values.get(column)));
    return new NaturalKey(cells);
  }

  /** A name that is missing, so that there is nothing to match. */
  Optional<Column> nameless() {
    return cells.keySet().stream()
        .filter(column -> column.references().isEmpty() && cells.get(column) == null)
        .findFirst();
  }
}
