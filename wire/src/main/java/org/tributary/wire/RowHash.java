package org.tributary.wire;

import static com.dynatrace.hash4j.hashing.Hashing.xxh3_64;

import com.dynatrace.hash4j.hashing.Hasher64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hashes rows of a series, so that two databases can compare what they have by a few sums.
 *
 * <p>The canonical bytes of a row are those of its columns in the table's order: one byte that
 * tells a null from a value, then eight, little-endian: a whole number, microseconds since 1970
 * UTC, or the bits of a double, −0.0 being 0.0. A column that one side lacks counts as null on
 * both: each hash is over the key and a set of other columns. The whole is hashed by XXH3.
 *
 * <p>The <em>place</em> of a row (a reading's location) has another id on each side. So it is no
 * part of those bytes but a factor of the row's hash: sums of rows of one place can be kept without
 * it and told in the ids of either side.
 *
 * <p>Nothing is allocated for a row. Not thread-safe.
 */
public final class RowHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Hasher64 HASHER = xxh3_64();
  private static final long PLACE = 1;
  private static final long FOREIGN_PLACE = 2;
  private static final int CELL = 9;

  private final Table table;
  private final List<Column> hashed;
  private final boolean[] counts;
  private final int place;
  private final boolean placeCounts;
  private final byte[] bytes;
  private final byte[] key;
  private final Hasher64 keys;
  private List<Column> bound = List.of();
  private final int[] index;
  private final boolean[] isReal;
  private final int[] keyIndex;
  private int placeIndex = -1;
  private long lastPlace;
  private long lastFactor = factor(0);

  /**
   * @param columns which of the table's columns count, as {@link #columnsOf} numbers them
   */
  public RowHash(Table table, int columns) {
    this(table, columns, 0);
  }

  /**
   * @param salt changes {@link #key}, and nothing else
   */
  public RowHash(Table table, int columns, long salt) {
    this.table = table;
    this.place = placeOf(table);
    List<Column> others = new ArrayList<>(table.columns());
    if (place >= 0) {
      others.remove(place);
    }
    this.hashed = List.copyOf(others);
    this.counts = new boolean[hashed.size()];
    for (int i = 0; i < counts.length; i++) {
      Column column = hashed.get(i);
      counts[i] =
          table.key().contains(column.name())
              || (columns & (1 << table.columns().indexOf(column))) != 0;
    }
    this.placeCounts = place >= 0 && (columns & (1 << place)) != 0;
    this.bytes = new byte[hashed.size() * CELL];
    this.key = new byte[table.key().size() * 8];
    this.keys = xxh3_64(salt);
    this.index = new int[hashed.size()];
    this.isReal = new boolean[hashed.size()];
    for (int i = 0; i < isReal.length; i++) {
      isReal[i] = hashed.get(i).type() == ColumnType.REAL;
      if (hashed.get(i).type() == ColumnType.TEXT) {
        throw new IllegalArgumentException("No series has texts: " + table);
      }
    }
    this.keyIndex = new int[table.key().size()];
  }

  /** A set of columns of a table, for saying which of them a database has. */
  public static int columnsOf(Table table, List<Column> present) {
    int set = 0;
    for (int i = 0; i < table.columns().size(); i++) {
      if (present.contains(table.columns().get(i))) {
        set |= 1 << i;
      }
    }
    return set;
  }

  /** All columns of a table. */
  public static int allColumns(Table table) {
    return (1 << table.columns().size()) - 1;
  }

  /** The name of the column that says where a row was measured, in ids of one side; or empty. */
  public static Optional<String> placeColumn(Table table) {
    int place = placeOf(table);
    return place < 0 ? Optional.empty() : Optional.of(table.columns().get(place).name());
  }

  private static int placeOf(Table table) {
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (column.references().isPresent() && !table.key().contains(column.name())) {
        return i;
      }
    }
    return -1;
  }

  /** The hash of a row with its place. */
  public long of(Rows rows, int row) {
    return withoutPlace(rows, row) * factor(rows, row);
  }

  /** The hash of a row but for its place. */
  public long withoutPlace(Rows rows, int row) {
    bind(rows);
    for (int i = 0; i < index.length; i++) {
      int column = index[i];
      int at = i * CELL;
      if (column < 0 || rows.isNull(column, row)) {
        bytes[at] = 0;
        LONGS.set(bytes, at + 1, 0L);
        continue;
      }
      bytes[at] = 1;
      long bits =
          isReal[i]
              ? Double.doubleToLongBits(rows.realAt(column, row) + 0.0) // −0.0 + 0.0 is 0.0
              : rows.longAt(column, row);
      LONGS.set(bytes, at + 1, bits);
    }
    return HASHER.hashBytesToLong(bytes);
  }

  /** A hash of a row's key alone. */
  public long key(Rows rows, int row) {
    bind(rows);
    for (int i = 0; i < keyIndex.length; i++) {
      LONGS.set(key, i * 8, rows.longAt(keyIndex[i], row));
    }
    return keys.hashBytesToLong(key);
  }

  /** Which of so many buckets a row of that {@link #key} falls into. */
  public static int bucket(long key, int buckets) {
    return (int) Long.remainderUnsigned(key, buckets);
  }

  /** Whether a row has a place that counts. */
  public boolean hasPlace(Rows rows, int row) {
    bind(rows);
    return placeIndex >= 0 && !rows.isNull(placeIndex, row);
  }

  /** The id of a row's place; meaningless where it has none. */
  public long place(Rows rows, int row) {
    return rows.longAt(placeIndex, row);
  }

  private long factor(Rows rows, int row) {
    if (!hasPlace(rows, row)) {
      return 1;
    }
    long id = rows.longAt(placeIndex, row);
    if (id != lastPlace) {
      lastPlace = id;
      lastFactor = factor(id);
    }
    return lastFactor;
  }

  /** What the place with that id makes of a hash or of a sum of hashes; without a place it is 1. */
  public static long factor(long place) {
    return HASHER.hashLongLongToLong(PLACE, place) | 1;
  }

  /** The same for a place that has no id on the other side: it is equal to nothing there. */
  public static long foreignFactor(long place) {
    return HASHER.hashLongLongToLong(FOREIGN_PLACE, place) | 1;
  }

  private void bind(Rows rows) {
    if (rows.columns() == bound) {
      return;
    }
    for (int i = 0; i < index.length; i++) {
      index[i] = counts[i] ? rows.indexOf(hashed.get(i).name()) : -1;
    }
    for (int i = 0; i < keyIndex.length; i++) {
      keyIndex[i] = rows.indexOf(table.key().get(i));
    }
    placeIndex = placeCounts ? rows.indexOf(table.columns().get(place).name()) : -1;
    bound = rows.columns();
  }
}
