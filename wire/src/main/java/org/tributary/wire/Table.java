package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that travels, as a value: select, upsert, mapping and codec follow from it.
 *
 * @param columns in the order in which they are written; without the surrogate id of a table
 *     matched by natural key, which is always called {@code id}
 * @param identity how rows of both sides are known to be the same
 * @param key the columns that tell one row from another: the natural key, the global id, or a
 *     series' full key, whose first column is then a time
 * @param meaning columns that a global id stands for: if they differ, the id means two things
 * @param authority whose values count where both sides have a row that was never agreed on
 */
public record Table(
    String name,
    List<Column> columns,
    Identity identity,
    List<String> key,
    List<String> meaning,
    Authority authority) {

  /** Name of the surrogate id. */
  public static final String ID = "id";

  public Table {
    requireNonNull(name);
    requireNonNull(identity);
    requireNonNull(authority);
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    meaning = List.copyOf(meaning);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("Table " + name + " needs a key");
    }
  }

  /** Whether rows are added for ever and travel after a position, instead of as a whole. */
  public boolean isSeries() {
    return identity == Identity.SERIES;
  }

  /** Whether each row has an {@code id} column, be it global or different on each side. */
  public boolean hasId() {
    return identity != Identity.SERIES;
  }

  /**
   * What travels of each row: the columns, with the {@code id} first where it is not one of them.
   */
  public List<Column> travelling() {
    if (identity != Identity.NATURAL_KEY) {
      return columns;
    }
    List<Column> all = new ArrayList<>();
    all.add(Column.integer(ID));
    all.addAll(columns);
    return List.copyOf(all);
  }

  /** The column of that name, in the database's spelling, or empty. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** The column of that name; an {@link IllegalArgumentException} if there is none. */
  public Column require(String columnName) {
    return column(columnName)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + columnName));
  }

  /** The columns of the key, in its order. */
  public List<Column> keyColumns() {
    return key.stream().map(this::require).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
