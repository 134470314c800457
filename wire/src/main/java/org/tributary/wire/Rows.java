package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table, column by column. A column that the database they were read from does not have
 * is absent, which is not the same as null. Immutable once built, so safe to share.
 */
public final class Rows {

  private final Table table;
  private final List<Column> columns;
  private final List<Cells> cells;
  private final int size;

  private Rows(Table table, List<Column> columns, List<Cells> cells, int size) {
    this.table = table;
    this.columns = columns;
    this.cells = cells;
    this.size = size;
  }

  /** No rows at all. */
  public static Rows none(Table table) {
    return new Builder(table, table.columns(), 0).build();
  }

  public Table table() {
    return table;
  }

  /** The columns that are there, in order; the {@code id} of a matched table comes first. */
  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The place of that column among {@link #columns()}, or -1 if it is absent. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  public boolean isNull(int column, int row) {
    return cells.get(column).isNull(row);
  }

  /** An integer, a boolean as 0 or 1, or a time in microseconds; meaningless where null. */
  public long longAt(int column, int row) {
    return cells.get(column).longAt(row);
  }

  /** A real; meaningless where null. */
  public double realAt(int column, int row) {
    return cells.get(column).realAt(row);
  }

  /** A text; must not be asked for where null. */
  public String textAt(int column, int row) {
    return cells.get(column).textAt(row);
  }

  /** The cell as Long, Double, Boolean, String or Instant; null if it is null or absent. */
  public @Nullable Object value(String column, int row) {
    int index = indexOf(column);
    return index < 0 ? null : cells.get(index).valueAt(row);
  }

  /** All cells of a row by column name, nulls included, absent columns left out. */
  public Map<String, @Nullable Object> row(int row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i).name(), cells.get(i).valueAt(row));
    }
    return values;
  }

  /** The key of a row of a series, as a position; null if one of its columns is null or absent. */
  public @Nullable Position keyAt(int row) {
    List<Object> key = new ArrayList<>(table.key().size());
    for (String column : table.key()) {
      Object value = value(column, row);
      if (value == null) {
        return null;
      }
      key.add(value);
    }
    return new Position(key);
  }

  /** The same rows with some of their columns only. */
  public Rows only(List<Column> some) {
    List<Cells> kept = new ArrayList<>(some.size());
    for (Column column : some) {
      kept.add(cells.get(columns.indexOf(column)));
    }
    return new Rows(table, List.copyOf(some), kept, size);
  }

  /** The rows that pass, in order. */
  public Rows where(IntPredicate passes) {
    int row = 0;
    while (row < size && passes.test(row)) {
      row++;
    }
    if (row == size) {
      return this; // the usual case copies nothing
    }
    Builder kept = new Builder(table, columns, size - 1);
    for (int passed = 0; passed < row; passed++) {
      kept.addFrom(this, passed);
    }
    for (row++; row < size; row++) {
      if (passes.test(row)) {
        kept.addFrom(this, row);
      }
    }
    return kept.build();
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Rows slice(int from, int to) {
    Builder kept = new Builder(table, columns, to - from);
    for (int row = from; row < to; row++) {
      kept.addFrom(this, row);
    }
    return kept.build();
  }

  /** Whether that cell holds the same bits as a cell of other rows, or both hold nothing. */
  public boolean sameCell(int column, int row, Rows other, int otherColumn, int otherRow) {
    return cells.get(column).sameAs(other.cells.get(otherColumn), row, otherRow);
  }

  Cells cells(int column) {
    return cells.get(column);
  }

  @Override
  public String toString() {
    return size + " rows of " + table;
  }

  /** Fills rows cell by cell. Not thread-safe. */
  public static final class Builder {
    private final Table table;
    private final List<Column> columns;
    private final List<Cells> cells;
    private int size;

    /**
     * @param columns those that are there; for a table matched by natural key an {@code id} may
     *     stand before the table's own
     * @param expectedRows a guess, for the first allocation only
     */
    public Builder(Table table, List<Column> columns, int expectedRows) {
      this.table = requireNonNull(table);
      this.columns = List.copyOf(columns);
      this.cells = new ArrayList<>(columns.size());
      for (Column column : this.columns) {
        cells.add(new Cells(column.type(), expectedRows));
      }
    }

    public int size() {
      return size;
    }

    public void addNull(int column) {
      cells.get(column).addNull();
    }

    /** Adds an integer, a boolean as 0 or 1, or a time in microseconds. */
    public void addLong(int column, long value) {
      cells.get(column).addLong(value);
    }

    public void addReal(int column, double value) {
      cells.get(column).addReal(value);
    }

    public void addText(int column, String value) {
      cells.get(column).addText(value);
    }

    /** Whether the cell last added to that column is null. */
    public boolean lastIsNull(int column) {
      return cells.get(column).isNull(cells.get(column).size() - 1);
    }

    /** Adds a cell of whatever type the column has: Long, Double, Boolean, String, Instant. */
    public void add(int column, @Nullable Object value) {
      Cells target = cells.get(column);
      if (value == null) {
        target.addNull();
        return;
      }
      switch (target.type) {
        case INTEGER -> target.addLong(((Number) value).longValue());
        case BOOLEAN -> target.addLong((Boolean) value ? 1 : 0);
        case TIME -> target.addLong(Micros.of((Instant) value));
        case REAL -> target.addReal(((Number) value).doubleValue());
        case TEXT -> target.addText((String) value);
      }
    }

    /** Ends the row that has been filled; every column must have got its cell. */
    public void endRow() {
      size++;
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).size() != size) {
          throw new IllegalStateException(
              "Row " + size + " of " + table + " lacks " + columns.get(i).name());
        }
      }
    }

    /** Forgets the cells added since the last {@link #endRow()}. */
    public void abandonRow() {
      cells.forEach(column -> column.truncate(size));
    }

    /** Adds a whole row, one value a column, null where the cell is null. */
    public Builder row(@Nullable Object... values) {
      for (int i = 0; i < columns.size(); i++) {
        add(i, values[i]);
      }
      endRow();
      return this;
    }

    /** Adds a row of other rows with the same columns. */
    public void addFrom(Rows rows, int row) {
      for (int i = 0; i < cells.size(); i++) {
        cells.get(i).addFrom(rows.cells.get(i), row);
      }
      size++;
    }

    Rows build(List<Cells> readCells, int rowCount) {
      return new Rows(table, columns, List.copyOf(readCells), rowCount);
    }

    public Rows build() {
      return new Rows(table, columns, List.copyOf(cells), size);
    }
  }
}
