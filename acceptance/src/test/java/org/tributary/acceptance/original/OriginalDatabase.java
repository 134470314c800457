package org.tributary.acceptance.original;

import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The original's rows, and what it does to store some. Not thread-safe. */
final class OriginalDatabase {

  final List<OriginalTable> tables = OriginalTable.all();
  Predicate<Map<?, ?>> poison = row -> false;
  private final Deque<Runnable> undo = new ArrayDeque<>();

  OriginalTable table(String name) {
    return tables.stream()
        .filter(table -> table.label.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new ServerError("KeyError: " + name));
  }

  void commit() {
    undo.clear();
  }

  void rollBack() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }

  /** Inserts a row; a key that is taken is an error. */
  Map<String, @Nullable Object> insert(OriginalTable table, Map<?, ?> json) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (OriginalColumn column : table.columns) {
      row.put(column.name(), column.store(json.get(column.name())));
    }
    if (table.counts && row.get("id") == null) {
      row.put("id", (long) table.nextId());
    }
    if (table.isReading() && row.get("type") == null) {
      row.put("type", 0L);
    }
    if (table.rows.containsKey(table.keyOf(row))) {
      throw new ServerError("IntegrityError: Duplicate entry " + table.keyOf(row));
    }
    put(table, json, row);
    return row;
  }

  /** Replaces a row; what a body does not have is null, except in a reading. */
  Map<String, @Nullable Object> replace(
      OriginalTable table, Map<String, @Nullable Object> old, Map<?, ?> json) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (OriginalColumn column : table.columns) {
      Object cell = column.store(json.get(column.name()));
      row.put(column.name(), cell == null && table.isReading() ? old.get(column.name()) : cell);
    }
    List<@Nullable Object> key = table.keyOf(old);
    table.rows.remove(key);
    undo.push(() -> table.rows.put(key, old));
    put(table, json, row);
    return row;
  }

  /** Stores a row by its primary key, as the slow way of a bulk upload does. */
  void merge(OriginalTable table, Map<?, ?> json) {
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
    for (OriginalColumn column : table.columns) {
      wanted.put(column.name(), column.store(json.get(column.name())));
    }
    Map<String, @Nullable Object> old = table.rows.get(table.keyOf(wanted));
    if (old == null) {
      insert(table, json);
      return;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>(old);
    for (OriginalColumn column : table.columns) {
      boolean says = json.containsKey(column.name());
      if (wanted.get(column.name()) != null || (says && !table.isReading())) {
        row.put(column.name(), wanted.get(column.name()));
      }
    }
    put(table, json, row);
  }

  /** Deletes a row to which nothing refers; false if there is none. */
  boolean delete(OriginalTable table, long id) {
    for (OriginalTable child : tables) {
      for (OriginalColumn column : child.columns) {
        if (table.label.equals(column.parent())
            && child.rows.values().stream()
                .anyMatch(row -> Objects.equals(row.get(column.name()), id))) {
          throw new ServerError("IntegrityError: " + child.label + " refers to it");
        }
      }
    }
    return table.rows.remove(List.of(id)) != null;
  }

  private void put(OriginalTable table, Map<?, ?> json, Map<String, @Nullable Object> row) {
    if (poison.test(json)) {
      throw new ServerError("OperationalError: it does not like " + json);
    }
    List<@Nullable Object> key = table.keyOf(row);
    if (key.contains(null)) {
      throw new ServerError("IntegrityError: Column cannot be null in " + key);
    }
    for (OriginalColumn column : table.columns) {
      Object parent = row.get(column.name());
      if (column.parent() != null
          && parent != null
          && !table(column.parent()).rows.containsKey(List.of(parent))) {
        throw new ServerError(
            "IntegrityError: a foreign key constraint fails, %s %s"
                .formatted(column.name(), parent));
      }
    }
    boolean isTwin =
        table.label.equals("Location")
            && table.rows.values().stream()
                .anyMatch(
                    other ->
                        !table.keyOf(other).equals(key)
                            && Objects.equals(other.get("houseId"), row.get("houseId"))
                            && Objects.equals(other.get("roomId"), row.get("roomId")));
    if (isTwin) {
      throw new ServerError("IntegrityError: Duplicate entry for houseId, roomId");
    }
    Map<String, @Nullable Object> before = table.rows.put(key, row);
    undo.push(
        () -> {
          if (before == null) {
            table.rows.remove(key);
          } else {
            table.rows.put(key, before);
          }
        });
  }

  /** All of a list of rows or none; those that are there are merged. */
  void bulk(List<?> rows) {
    try {
      for (Object row : rows) {
        insert(bulkTable(row), (Map<?, ?>) row);
      }
    } catch (ServerError e) {
      rollBack();
      for (Object row : rows) {
        merge(bulkTable(row), (Map<?, ?>) row);
      }
    }
  }

  private OriginalTable bulkTable(Object row) {
    if (row instanceof Map<?, ?> json && json.get("__table__") instanceof String name) {
      OriginalTable table = table(name);
      if (table.inBulk) {
        return table;
      }
    }
    throw new ServerError("KeyError: __table__");
  }

  /** The newest reading of those that pass. */
  @Nullable LocalDateTime newest(Predicate<Map<String, @Nullable Object>> passes) {
    LocalDateTime newest = null;
    for (Map<String, @Nullable Object> row : table("Reading").rows.values()) {
      LocalDateTime time = (LocalDateTime) Objects.requireNonNull(row.get("time"));
      if (passes.test(row) && (newest == null || time.isAfter(newest))) {
        newest = time;
      }
    }
    return newest;
  }

  /** Locations of the first house with that address. */
  List<? extends Object> locationsOf(String address) {
    String folded = OriginalQuery.fold(address).toLowerCase(Locale.ROOT);
    return table("House").rows.values().stream()
        .filter(
            house ->
                OriginalQuery.fold(String.valueOf(house.get("address")))
                    .toLowerCase(Locale.ROOT)
                    .equals(folded))
        .findFirst()
        .map(
            house ->
                table("Location").rows.values().stream()
                    .filter(each -> Objects.equals(each.get("houseId"), house.get("id")))
                    .map(each -> Objects.requireNonNull(each.get("id")))
                    .toList())
        .orElse(List.of());
  }
}
