package org.tributary.wire;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one column, kept as primitives: a batch of readings costs a few arrays, not one
 * object a cell. Grows while a {@link Rows.Builder} fills it and is not changed afterwards.
 */
final class Cells {

  private static final Object[] NO_TEXTS = {};

  final ColumnType type;
  final BitSet nulls;
  private long[] longs = {};
  private double[] reals = {};
  private Object[] texts = NO_TEXTS;
  private int size;

  Cells(ColumnType type, int capacity) {
    this.type = type;
    this.nulls = new BitSet();
    switch (type) {
      case INTEGER, BOOLEAN, TIME -> longs = new long[capacity];
      case REAL -> reals = new double[capacity];
      case TEXT -> texts = new Object[capacity];
    }
  }

  private Cells(ColumnType type, BitSet nulls, int size) {
    this.type = type;
    this.nulls = nulls;
    this.size = size;
  }

  /** Cells that are there already; none of the arguments is copied. */
  static Cells ofLongs(ColumnType type, long[] values, BitSet nulls) {
    Cells cells = new Cells(type, nulls, values.length);
    cells.longs = values;
    return cells;
  }

  /** Cells that are there already; none of the arguments is copied. */
  static Cells ofReals(double[] values, BitSet nulls) {
    Cells cells = new Cells(ColumnType.REAL, nulls, values.length);
    cells.reals = values;
    return cells;
  }

  int size() {
    return size;
  }

  void addNull() {
    nulls.set(size);
    grow();
    size++;
  }

  void addLong(long value) {
    grow();
    longs[size++] = value;
  }

  void addReal(double value) {
    grow();
    reals[size++] = value;
  }

  void addText(String value) {
    grow();
    texts[size++] = value;
  }

  boolean isNull(int row) {
    return nulls.get(row);
  }

  long longAt(int row) {
    return longs[row];
  }

  double realAt(int row) {
    return reals[row];
  }

  String textAt(int row) {
    return (String) texts[row];
  }

  @Nullable Object valueAt(int row) {
    if (nulls.get(row)) {
      return null;
    }
    return switch (type) {
      case INTEGER -> longs[row];
      case BOOLEAN -> longs[row] != 0;
      case TIME -> Micros.toInstant(longs[row]);
      case REAL -> reals[row];
      case TEXT -> texts[row];
    };
  }

  void addFrom(Cells other, int row) {
    if (other.nulls.get(row)) {
      addNull();
      return;
    }
    switch (type) {
      case INTEGER, BOOLEAN, TIME -> addLong(other.longs[row]);
      case REAL -> addReal(other.reals[row]);
      case TEXT -> addText(other.textAt(row));
    }
  }

  /** Whether both cells hold the same bits, or both nothing. */
  boolean sameAs(Cells other, int row, int otherRow) {
    boolean absent = nulls.get(row);
    if (absent || other.nulls.get(otherRow)) {
      return absent == other.nulls.get(otherRow);
    }
    return switch (type) {
      case INTEGER, BOOLEAN, TIME -> longs[row] == other.longs[otherRow];
      case REAL ->
          Double.doubleToLongBits(reals[row]) == Double.doubleToLongBits(other.reals[otherRow]);
      case TEXT -> textAt(row).equals(other.textAt(otherRow));
    };
  }

  /** Takes back cells until {@code newSize} are left. */
  void truncate(int newSize) {
    nulls.clear(newSize, Math.max(newSize, size));
    size = newSize;
  }

  private void grow() {
    switch (type) {
      case INTEGER, BOOLEAN, TIME -> {
        if (size == longs.length) {
          longs = Arrays.copyOf(longs, newCapacity());
        }
      }
      case REAL -> {
        if (size == reals.length) {
          reals = Arrays.copyOf(reals, newCapacity());
        }
      }
      case TEXT -> {
        if (size == texts.length) {
          texts = Arrays.copyOf(texts, newCapacity());
        }
      }
    }
  }

  private int newCapacity() {
    return Math.max(16, size + (size >> 1));
  }
}
