package org.tributary.edge.rest;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Table;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * The server's rows of the tables that travel whole, asked for once in a push and only where they
 * are needed. Only numbers are asked for by equality: in a text the original's query language takes
 * everything up to the last underscore for an operator, and its collation finds too much.
 *
 * <p>Not thread-safe.
 */
final class CentralTables {

  private final RestClient client;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Map<Long, CentralRow>> tables = new HashMap<>();
  private Optional<Boolean> sensorsShown = Optional.empty();

  CentralTables(RestClient client) {
    this.client = client;
  }

  /** A new push begins: what was seen in the one before may have changed. */
  void forget() {
    asked.clear();
    tables.clear();
    sensorsShown = Optional.empty();
  }

  static RestTable shown(Table table) {
    return RestTables.named(table.name()).orElseThrow();
  }

  /** All rows of a table. */
  Collection<CentralRow> all(RestTable table) throws IOException {
    return asked(table, "").values();
  }

  /** Rows of a table that refer to a row. */
  List<CentralRow> referring(RestTable table, String column, long id) throws IOException {
    return asked(table, "?" + column + "=" + id).values().stream()
        .filter(row -> Long.valueOf(id).equals(row.cell(column)))
        .toList();
  }

  /** The row with that id; the whole table is asked for only if it is short. */
  Optional<CentralRow> byId(RestTable table, long id) throws IOException {
    Map<Long, CentralRow> known = tables.getOrDefault(table.path(), Map.of());
    if (known.containsKey(id) || asked.contains(table.path() + "/")) {
      return Optional.ofNullable(known.get(id));
    }
    return Optional.ofNullable(asked(table, Long.toString(id)).get(id));
  }

  /** Makes known the rows whose ids lie between two, so that they are not asked for one by one. */
  void look(RestTable table, long from, long to) throws IOException {
    asked(table, "?id=ge_" + from + "&id=le_" + to);
  }

  /** A row was created or changed. */
  void put(RestTable table, CentralRow row) {
    tables.computeIfAbsent(table.path(), path -> new LinkedHashMap<>()).put(row.id(), row);
  }

  /** A row was removed. */
  void remove(RestTable table, long id) {
    tables.getOrDefault(table.path(), new LinkedHashMap<>()).remove(id);
  }

  /**
   * Whether the server shows its sensors; an original one does not, and takes them by bulk only.
   */
  boolean showsSensors() throws IOException {
    if (sensorsShown.isEmpty()) {
      Optional<List<CentralRow>> rows = client.listIfKnown(RestTables.SENSOR);
      rows.ifPresent(all -> all.forEach(row -> put(RestTables.SENSOR, row)));
      asked.add(RestTables.SENSOR.path() + "/");
      sensorsShown = Optional.of(rows.isPresent());
    }
    return sensorsShown.get();
  }

  private Map<Long, CentralRow> asked(RestTable table, String query) throws IOException {
    Map<Long, CentralRow> rows =
        tables.computeIfAbsent(table.path(), path -> new LinkedHashMap<>());
    if (!asked.contains(table.path() + "/") && !asked.contains(table.path() + "/" + query)) {
      for (CentralRow row : client.list(table, query)) {
        rows.put(row.id(), row);
      }
      asked.add(table.path() + "/" + query);
    }
    return rows;
  }
}
