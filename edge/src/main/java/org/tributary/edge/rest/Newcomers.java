package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/**
 * Rows of a server that this gateway does not have and that concern it: words that all share,
 * places in its houses, nodes there, and their sensors. Never those of other houses. Tables are to
 * be asked for parents first. For one look; not thread-safe.
 */
final class Newcomers {

  private final CentralTables central;
  private final RestRecord record;
  private final Map<String, Map<Long, Long>> locals;
  private final Map<String, Set<Long>> present;
  private final Map<String, Set<Long>> chosen = new HashMap<>();

  /**
   * @param locals by table, the id here of each row of the server that has one
   * @param present ids of all rows that are here, by table
   */
  Newcomers(
      CentralTables central,
      RestRecord record,
      Map<String, Map<Long, Long>> locals,
      Map<String, Set<Long>> present) {
    this.central = central;
    this.record = record;
    this.locals = locals;
    this.present = present;
  }

  /** Whether a row of the server is among those that are to be added here. */
  boolean has(String table, long row) {
    return chosen.getOrDefault(table, Set.of()).contains(row);
  }

  /** The rows of a table that are to be added here. */
  List<MetadataChange> of(Table table) throws IOException {
    if (record.problems().stream().anyMatch(row -> row.table().equals(table.name()))) {
      return List.of(); // a row here that was not matched may be one of them
    }
    Set<Long> known = new HashSet<>();
    record.matches(table.name()).values().forEach(match -> known.add(match.central()));
    Collection<CentralRow> rows = concerning(table);
    Map<String, Integer> alike = new HashMap<>();
    rows.forEach(row -> alike.merge(key(table, row), 1, Integer::sum));
    List<MetadataChange> added = new ArrayList<>();
    for (CentralRow row : rows) {
      if (!known.contains(row.id())
          && !isHere(table, row)
          && !isNameless(table, row)
          && Integer.valueOf(1).equals(alike.get(key(table, row)))) {
        added(table, row).ifPresent(added::add);
      }
    }
    return added;
  }

  private static String key(Table table, CentralRow row) {
    return LocalCells.words(table.key(), row.cells());
  }

  /** One that was not matched may stand here under the same id and mean something else. */
  private boolean isHere(Table table, CentralRow row) {
    return table.identity() == Identity.GLOBAL_ID
        && present.getOrDefault(table.name(), Set.of()).contains(row.id());
  }

  private static boolean isNameless(Table table, CentralRow row) {
    return table.key().stream().anyMatch(column -> row.cell(column) == null);
  }

  private Optional<MetadataChange> added(Table table, CentralRow row) {
    Map<String, @Nullable Object> is = new LinkedHashMap<>();
    Map<String, CentralId> added = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      String name = column.name();
      Object value = row.cell(name);
      if (column.references().isEmpty() || value == null) {
        is.put(name, value);
        continue;
      }
      String parent = column.references().get();
      Long local = localsOf(parent).get(value);
      if (local != null) {
        is.put(name, local);
      } else if (has(parent, (Long) value)) {
        added.put(name, new CentralId((Long) value));
      } else {
        return Optional.empty(); // what it refers to is not here, and is in doubt
      }
    }
    chosen.computeIfAbsent(table.name(), any -> new HashSet<>()).add(row.id());
    return Optional.of(
        new MetadataChange(
            MetadataChange.Kind.ADDED,
            table,
            new CentralId(row.id()),
            table.identity() == Identity.GLOBAL_ID
                ? Optional.of(new LocalId(row.id()))
                : Optional.empty(),
            Map.of(),
            is,
            added));
  }

  private Map<Long, Long> localsOf(String table) {
    return locals.getOrDefault(table, Map.of());
  }

  /** Rows of the server that concern this gateway, whether it has them or not. */
  private Collection<CentralRow> concerning(Table table) throws IOException {
    if (table.equals(Tables.DEPLOYMENT) || table.equals(Tables.HOUSE)) {
      return List.of(); // whose they are shows by what is in them
    }
    if (table.equals(Tables.LOCATION)) {
      return referring(RestTables.LOCATION, "houseId", ours(Tables.HOUSE));
    }
    if (table.equals(Tables.NODE)) {
      return referring(RestTables.NODE, "locationId", ours(Tables.LOCATION));
    }
    Collection<CentralRow> all = central.all(CentralTables.shown(table));
    if (table.equals(Tables.SENSOR)) {
      Set<Long> nodes = ours(Tables.NODE);
      return all.stream()
          .filter(row -> row.cell("nodeId") instanceof Long node && nodes.contains(node))
          .toList();
    }
    return all;
  }

  private Set<Long> ours(Table table) {
    Set<Long> ours = new HashSet<>(localsOf(table.name()).keySet());
    ours.addAll(chosen.getOrDefault(table.name(), Set.of()));
    return ours;
  }

  private List<CentralRow> referring(RestTable table, String column, Set<Long> parents)
      throws IOException {
    List<CentralRow> rows = new ArrayList<>();
    for (long parent : parents) {
      rows.addAll(central.referring(table, column, parent));
    }
    return rows;
  }
}
