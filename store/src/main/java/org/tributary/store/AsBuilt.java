package org.tributary.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.Micros;
import org.tributary.wire.Table;

/**
 * What a database that somebody else made has otherwise than one of ours: it is written as it is,
 * and never altered. Immutable.
 *
 * @param lacking columns that are not there, as {@code Table.column}
 * @param narrow columns that hold less than ours, by {@code Table.column}
 * @param withoutKey tables in which nothing keeps a key from standing twice
 */
public record AsBuilt(
    Set<String> lacking, Map<String, NarrowColumn> narrow, Set<String> withoutKey) {

  /** As we build them. */
  public static final AsBuilt OURS = new AsBuilt(Set.of(), Map.of(), Set.of());

  public AsBuilt {
    lacking = Set.copyOf(lacking);
    narrow = Map.copyOf(narrow);
    withoutKey = Set.copyOf(withoutKey);
  }

  /** A column of a table in one word. */
  public static String named(Table table, Column column) {
    return table.name() + "." + column.name();
  }

  /** Whether a table lacks a column. */
  public boolean lacks(Table table, Column column) {
    return lacking.contains(named(table, column));
  }

  /** Those of some columns of a table that are there. */
  public List<Column> present(Table table, List<Column> columns) {
    return lacking.isEmpty()
        ? columns
        : columns.stream().filter(column -> !lacks(table, column)).toList();
  }

  /** Whether no two rows of a table can have the same key. */
  public boolean guardsKey(Table table) {
    return !withoutKey.contains(table.name());
  }

  /** Why a column would not give back a value as it is, if it would not. */
  public Optional<String> changed(Table table, Column column, Object value) {
    NarrowColumn limits = narrow.get(named(table, column));
    if (limits == null) {
      return Optional.empty();
    }
    return switch (column.type()) {
      case REAL -> limits.changed((Double) value);
      case TIME -> limits.changed(Micros.of((Instant) value));
      case INTEGER, BOOLEAN, TEXT -> Optional.empty();
    };
  }

  /** For each of some columns of a table what it holds less; null where it holds all. */
  public @Nullable NarrowColumn[] narrow(Table table, List<Column> columns) {
    @Nullable NarrowColumn[] limits = new NarrowColumn[columns.size()];
    for (int i = 0; i < limits.length; i++) {
      limits[i] = narrow.get(named(table, columns.get(i)));
    }
    return limits;
  }
}
