package org.tributary.wire.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Table;

/**
 * A table as the REST interface shows it.
 *
 * @param table the table of the database, with every column that the interface has
 * @param label what {@code __table__} says, in the spelling that existing programs know
 */
public record RestTable(Table table, String label) {

  /** The member of each object that names its table. */
  public static final String LABEL = "__table__";

  public RestTable {
    requireNonNull(table);
    requireNonNull(label);
  }

  /** Its name in paths, in lower case. */
  public String path() {
    return table.name().toLowerCase(Locale.ROOT);
  }

  /** The members of an object, in order; the {@code id} first where there is one. */
  public List<Column> columns() {
    return table.travelling();
  }

  /** The column of that name, in its own spelling, or empty. */
  public Optional<Column> column(String name) {
    return columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The columns that tell one row from another: the {@code id}, or the key of a series. */
  public List<Column> key() {
    return table.hasId() ? List.of(columns().get(0)) : table.keyColumns();
  }

  /** Whether rows have an {@code id}; those of a series have none. */
  public boolean hasId() {
    return table.hasId();
  }

  /** Whether the server gives a new row its id; otherwise whoever adds it chooses one. */
  public boolean idIsGenerated() {
    return table.identity() == Identity.NATURAL_KEY;
  }

  /**
   * The same table as one whose rows are known by their id alone, whatever else tells them apart.
   */
  public Table byId() {
    return table.identity() == Identity.NATURAL_KEY
        ? new Table(
            table.name(),
            table.travelling(),
            Identity.GLOBAL_ID,
            List.of(Table.ID),
            List.of(),
            table.authority())
        : table;
  }

  @Override
  public String toString() {
    return table.name();
  }
}
