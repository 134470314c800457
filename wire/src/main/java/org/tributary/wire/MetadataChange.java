package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a row of metadata at central and has not been done at a gateway yet, in the
 * gateway's ids.
 *
 * @param central the row's id at central
 * @param local its id at the gateway; empty for a row that was added, unless its id is global
 * @param was the cells as central believes that the gateway has them; empty for an added row
 * @param is the cells as they should be; empty for a removed row
 * @param added columns that refer to a row which is added by the same answer, and which one
 */
public record MetadataChange(
    Kind kind,
    Table table,
    CentralId central,
    Optional<LocalId> local,
    Map<String, @Nullable Object> was,
    Map<String, @Nullable Object> is,
    Map<String, CentralId> added) {

  /** What was done to it. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  public MetadataChange {
    requireNonNull(kind);
    requireNonNull(table);
    requireNonNull(central);
    requireNonNull(local);
    was = Collections.unmodifiableMap(new LinkedHashMap<>(was)); // nulls are values
    is = Collections.unmodifiableMap(new LinkedHashMap<>(is));
    added = Map.copyOf(added);
    if (kind != Kind.ADDED && local.isEmpty()) {
      throw new IllegalArgumentException("A change of which row of the gateway?");
    }
  }

  /** For people: which row, and what becomes of it. */
  @Override
  public String toString() {
    String row = table + local.map(id -> " " + id).orElse("");
    return switch (kind) {
      case ADDED -> "%s added (%s)".formatted(row, cells(is));
      case CHANGED -> "%s from %s to %s".formatted(row, cells(was), cells(is));
      case REMOVED -> row + " removed";
    };
  }

  private static String cells(Map<String, @Nullable Object> row) {
    StringJoiner cells = new StringJoiner(", ");
    row.forEach((column, value) -> cells.add(column + " " + shown(value)));
    return cells.toString();
  }

  private static String shown(@Nullable Object value) {
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
