package org.tributary.store.ingest;

import java.util.Arrays;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Rows;

/**
 * Of rows of a series that have one key, leaves the last, so that a batch ends as its last row
 * says. A null of a later reading does not undo what an earlier one said. For one batch.
 */
final class LastOfKey {

  private final Rows rows;
  private final boolean nullKeeps;
  private final int[] key;
  // Rows by hash of their key, open addressing: no object a row.
  private final int[] slots;
  // The next row with the same key, or -1.
  private final int[] later;

  private LastOfKey(Rows rows, boolean nullKeeps) {
    this.rows = rows;
    this.nullKeeps = nullKeeps;
    this.key = rows.table().key().stream().mapToInt(rows::indexOf).toArray();
    this.slots = new int[Integer.highestOneBit(Math.max(8, rows.size())) * 4];
    this.later = new int[rows.size()];
    Arrays.fill(slots, -1);
    Arrays.fill(later, -1);
  }

  /**
   * The rows without those that a later one replaces; rows whose key is not whole stay.
   *
   * @param nullKeeps whether a null of a later row says nothing
   */
  static Rows of(Rows rows, boolean nullKeeps) {
    LastOfKey last = new LastOfKey(rows, nullKeeps);
    int replaced = last.findReplaced();
    return replaced == 0 ? rows : last.withoutReplaced(rows.size() - replaced);
  }

  private int findReplaced() {
    int replaced = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (!hasKey(row)) {
        continue;
      }
      int slot = hash(row) & (slots.length - 1);
      while (slots[slot] >= 0 && !sameKey(slots[slot], row)) {
        slot = (slot + 1) & (slots.length - 1);
      }
      if (slots[slot] >= 0) {
        later[slots[slot]] = row;
        replaced++;
      }
      slots[slot] = row;
    }
    return replaced;
  }

  private Rows withoutReplaced(int expected) {
    int[] earlier = new int[rows.size()];
    Arrays.fill(earlier, -1);
    for (int row = 0; row < later.length; row++) {
      if (later[row] >= 0) {
        earlier[later[row]] = row;
      }
    }
    Rows.Builder kept = new Rows.Builder(rows.table(), rows.columns(), expected);
    for (int row = 0; row < rows.size(); row++) {
      if (later[row] < 0) {
        add(kept, row, earlier);
      }
    }
    return kept.build();
  }

  private void add(Rows.Builder kept, int row, int[] earlier) {
    for (int i = 0; i < rows.columns().size(); i++) {
      int source = row;
      while (nullKeeps && rows.isNull(i, source) && earlier[source] >= 0) {
        source = earlier[source];
      }
      kept.add(i, rows.value(rows.columns().get(i).name(), source));
    }
    kept.endRow();
  }

  private boolean hasKey(int row) {
    for (int column : key) {
      if (rows.isNull(column, row)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameKey(int left, int right) {
    for (int column : key) {
      if (!rows.sameCell(column, left, rows, column, right)) {
        return false;
      }
    }
    return true;
  }

  private int hash(int row) {
    long hash = 0;
    for (int column : key) {
      Column type = rows.columns().get(column);
      long cell =
          type.type() == ColumnType.TEXT
              ? rows.textAt(column, row).hashCode()
              : rows.longAt(column, row);
      hash = (hash ^ cell) * 0x9E3779B97F4A7C15L; // spreads what differs in a few bits
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }
}
