package org.tributary.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * The truth about a house, kept beside its database and without any of the code that reads one:
 * each row that stands there, and the key of each that ever did. Not thread-safe.
 */
final class Ledger {

  static final List<Table> SERIES = List.of(Tables.READING, Tables.NODE_STATE);

  private final Map<Table, Map<String, Rows>> standing = new HashMap<>();
  private final Map<Table, List<String>> keys = new HashMap<>();
  private final Map<Table, Set<String>> ever = new HashMap<>();

  Ledger() {
    for (Table table : SERIES) {
      standing.put(table, new TreeMap<>());
      keys.put(table, new ArrayList<>());
      ever.put(table, new HashSet<>());
    }
  }

  /** Those of some rows whose keys stand nowhere yet: a logger's clock may show an hour twice. */
  Rows unknown(Rows rows) {
    return rows.where(row -> !of(rows.table()).containsKey(key(rows, row)));
  }

  /** Rows that stand there now, instead of those of the same keys. */
  void add(Rows rows) {
    for (int row = 0; row < rows.size(); row++) {
      String key = key(rows, row);
      Rows.Builder one = new Rows.Builder(rows.table(), rows.columns(), 1);
      one.addFrom(rows, row);
      of(rows.table()).put(key, one.build());
      keys.get(rows.table()).add(key);
      ever.get(rows.table()).add(key);
    }
  }

  void remove(Rows row) {
    of(row.table()).remove(key(row, 0));
  }

  void removeWithin(Instant from, Instant before) {
    for (Table table : SERIES) {
      of(table).values().removeIf(row -> !time(row).isBefore(from) && time(row).isBefore(before));
    }
  }

  private static Instant time(Rows row) {
    return (Instant) Objects.requireNonNull(row.value("time", 0));
  }

  /** Any row; empty if the first choices don't stand there any more. */
  Optional<Rows> any(Table table, Random random) {
    List<String> all = keys.get(table);
    for (int i = 0; i < 5 && !all.isEmpty(); i++) {
      Rows row = of(table).get(all.get(random.nextInt(all.size())));
      if (row != null) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  Map<Table, List<Rows>> copy() {
    Map<Table, List<Rows>> copy = new HashMap<>();
    standing.forEach((table, rows) -> copy.put(table, List.copyOf(rows.values())));
    return copy;
  }

  void setTo(Map<Table, List<Rows>> copy) {
    copy.forEach(
        (table, rows) -> {
          of(table).clear();
          rows.forEach(this::add);
        });
  }

  /** The rows that stand there now, by key, in words. */
  Map<String, String> rows(Table table) {
    Map<String, String> all = new TreeMap<>();
    of(table).forEach((key, row) -> all.put(key, printed(row, 0, Map.of())));
    return all;
  }

  /** The oldest time that is not before a time; that time if there is none. */
  Instant oldest(Table table, Instant from) {
    return of(table).values().stream()
        .map(Ledger::time)
        .filter(time -> !time.isBefore(from))
        .min(Comparator.naturalOrder())
        .orElse(from);
  }

  /** Whether a row of that key ever stood there. */
  boolean everHad(Table table, String key) {
    return ever.get(table).contains(key);
  }

  private Map<String, Rows> of(Table table) {
    return standing.get(table);
  }

  private static String key(Rows rows, int row) {
    return String.valueOf(rows.keyAt(row));
  }

  /** Rows by key, in words. */
  static Map<String, String> printed(Rows rows, Map<Long, Long> places) {
    Map<String, String> all = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      all.put(key(rows, row), printed(rows, row, places));
    }
    return all;
  }

  private static String printed(Rows rows, int row, Map<Long, Long> places) {
    List<Object> cells = new ArrayList<>();
    rows.row(row)
        .forEach(
            (column, value) -> {
              Object cell = value;
              if (column.equals("locationId") && value != null) {
                cell = places.getOrDefault((Long) value, (Long) value);
              }
              cells.add(cell instanceof Double real ? (Object) (real + 0.0) : cell);
            });
    return cells.toString();
  }
}
