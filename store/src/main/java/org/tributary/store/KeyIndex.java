package org.tributary.store;

import java.util.Arrays;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * Rows by their keys: a hash table over the cells themselves, because an object for each key would
 * cost more than reading the rows. All rows have the same columns. Not thread-safe.
 */
final class KeyIndex {

  private static final int FEWEST = 16;

  private final int[] key;
  private final Column[] columns;
  private Rows[] rows = new Rows[FEWEST];
  private int[] places = new int[FEWEST];
  private int[] slots = new int[2 * FEWEST]; // 1 + the number of an entry, or 0
  private int size;

  /** For rows like these. */
  KeyIndex(Table table, Rows like) {
    this.key = table.key().stream().mapToInt(like::indexOf).toArray();
    this.columns = Arrays.stream(key).mapToObj(like.columns()::get).toArray(Column[]::new);
  }

  /** Adds rows; one that is here already does no harm. */
  void add(Rows added) {
    ensure(size + added.size());
    for (int row = 0; row < added.size(); row++) {
      rows[size] = added;
      places[size] = row;
      size++;
      enter(size);
    }
  }

  /** The entry with the key of that row, or -1. */
  int find(Rows of, int row) {
    int slot = hash(of, row) & (slots.length - 1);
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (sameKey(of, row, rows[entry], places[entry])) {
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  int size() {
    return size;
  }

  Rows rows(int entry) {
    return rows[entry];
  }

  /** The row of {@link #rows} that an entry is. */
  int row(int entry) {
    return places[entry];
  }

  private void ensure(int capacity) {
    if (2 * capacity <= slots.length) {
      return;
    }
    int larger = Integer.highestOneBit(Math.max(2, capacity - 1)) << 1;
    rows = Arrays.copyOf(rows, larger);
    places = Arrays.copyOf(places, larger);
    slots = new int[2 * larger];
    for (int number = 1; number <= size; number++) {
      enter(number);
    }
  }

  private void enter(int number) {
    int slot = hash(rows[number - 1], places[number - 1]) & (slots.length - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number;
  }

  private int hash(Rows of, int row) {
    long hash = 0;
    for (int i = 0; i < key.length; i++) {
      long cell =
          switch (columns[i].type()) {
            case INTEGER, BOOLEAN, TIME -> of.longAt(key[i], row);
            case REAL -> Double.doubleToLongBits(of.realAt(key[i], row));
            case TEXT -> of.textAt(key[i], row).hashCode();
          };
      hash = (hash + cell) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> 32);
  }

  private boolean sameKey(Rows left, int leftRow, Rows right, int rightRow) {
    for (int place : key) {
      if (!left.sameCell(place, leftRow, right, place, rightRow)) {
        return false;
      }
    }
    return true;
  }
}
