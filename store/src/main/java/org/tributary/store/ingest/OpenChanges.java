package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds what was changed, added and removed at central that a gateway does not have yet, by
 * comparing central's rows with what both sides agreed on last. Nothing is noted of what a gateway
 * was told: once it has taken a change it sends the row as it is then, and both agree.
 *
 * <p>A gateway hears of the words that all share (types, rooms), of its own houses, of what is in
 * them and of what that refers to; never of other houses. Stateless.
 */
final class OpenChanges {

  private final Engine engine;
  private final MappingJournal journal;
  private final SetAsideRows setAside;

  OpenChanges(Engine engine, MappingJournal journal, SetAsideRows setAside) {
    this.engine = engine;
    this.journal = journal;
    this.setAside = setAside;
  }

  /** What a gateway does not have yet, parents first, removed rows last and children first. */
  List<MetadataChange> of(Connection connection, Gateway gateway, MergeTerms terms)
      throws SQLException {
    if (!terms.takes()) {
      return List.of();
    }
    Look look = new Look(connection, gateway);
    List<MetadataChange> changes = new ArrayList<>();
    List<MetadataChange> removed = new ArrayList<>();
    for (Table table : Tables.ALL) {
      if (table.hasId()) {
        look.compare(table, changes, removed);
      }
    }
    List<MetadataChange> all = new ArrayList<>();
    for (Table table : Tables.ALL) {
      look.added(table).forEach(all::add);
      changes.stream().filter(change -> change.table().equals(table)).forEach(all::add);
    }
    if (terms.mirrors()) {
      for (int i = removed.size() - 1; i >= 0; i--) {
        all.add(removed.get(i));
      }
    }
    return new Reversals(journal.decisions()).before(connection, gateway, all);
  }

  /** One look at central's rows. */
  private final class Look {
    private final Connection connection;
    private final Gateway gateway;
    private final Map<Table, Map<LocalId, Mapping>> known = new LinkedHashMap<>();
    private final Map<String, Map<Long, Long>> locals = new HashMap<>();
    private final Map<String, Set<Long>> unsettled = new HashMap<>();
    private final NewAtCentral newcomers;

    Look(Connection connection, Gateway gateway) throws SQLException {
      this.connection = connection;
      this.gateway = gateway;
      for (Table table : Tables.ALL) {
        if (table.hasId()) {
          Map<Long, Long> its = new HashMap<>();
          Set<Long> doubtful = new HashSet<>();
          known.put(table, journal.of(connection, gateway, table));
          for (Mapping mapping : Objects.requireNonNull(known.get(table)).values()) {
            if (mapping.inForce()) {
              its.put(mapping.central().value(), mapping.local().value());
            } else {
              doubtful.add(mapping.central().value());
            }
          }
          locals.put(table.name(), its);
          unsettled.put(table.name(), doubtful);
        }
      }
      this.newcomers = new NewAtCentral(engine, connection, gateway, locals);
    }

    void compare(Table table, List<MetadataChange> changes, List<MetadataChange> removed)
        throws SQLException {
      List<Mapping> mappings = List.copyOf(Objects.requireNonNull(known.get(table)).values());
      Map<Long, Map<String, @Nullable Object>> rows =
          new CentralTable(engine, connection, table)
              .rows(mappings.stream().map(mapping -> mapping.central().value()).toList());
      for (Mapping mapping : mappings) {
        Map<String, @Nullable Object> there = rows.get(mapping.central().value());
        if (!mapping.inForce()) {
          continue;
        }
        if (there == null) {
          removed.add(
              new MetadataChange(
                  MetadataChange.Kind.REMOVED,
                  table,
                  mapping.central(),
                  Optional.of(mapping.local()),
                  mapping.cellsOf(table),
                  Map.of(),
                  Map.of()));
        } else {
          changed(table, mapping, there).ifPresent(changes::add);
        }
      }
      // One that is set aside stands at the gateway under the same id, and means something else.
      Set<String> apart =
          table.identity() == Identity.GLOBAL_ID
              ? setAside.of(connection, gateway, table).keySet()
              : Set.of();
      for (Map.Entry<Long, Map<String, @Nullable Object>> row : newcomers.of(table).entrySet()) {
        boolean isThere =
            apart.contains(SetAsideRows.shortKey(String.valueOf(row.getKey())))
                || isUnsettled(table, row.getKey());
        if (!isThere && bringParents(table, row.getValue())) {
          newcomers.add(table, row.getKey(), row.getValue());
        }
      }
    }

    private Optional<MetadataChange> changed(
        Table table, Mapping mapping, Map<String, @Nullable Object> there) throws SQLException {
      Map<String, @Nullable Object> was = new LinkedHashMap<>();
      Map<String, @Nullable Object> is = new LinkedHashMap<>();
      Map<String, CentralId> added = new LinkedHashMap<>();
      Map<String, @Nullable Object> base = mapping.cellsOf(table);
      for (Column column : table.columns()) {
        String name = column.name();
        if (name.equals(Table.ID) || !base.containsKey(name) || !there.containsKey(name)) {
          continue;
        }
        Object value = there.get(name);
        if (column.references().isPresent() && value != null) {
          String parent = column.references().get();
          Long local = local(parent, (Long) value);
          if (local == null && !bring(parent, (Long) value)) {
            continue; // what it refers to is in doubt at the gateway
          }
          if (local == null) {
            added.put(name, new CentralId((Long) value));
            was.put(name, base.get(name));
            continue;
          }
          value = local;
        }
        if (!Objects.equals(value, base.get(name))) {
          was.put(name, base.get(name));
          is.put(name, value);
        }
      }
      return was.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new MetadataChange(
                  MetadataChange.Kind.CHANGED,
                  table,
                  mapping.central(),
                  Optional.of(mapping.local()),
                  was,
                  is,
                  added));
    }

    private @Nullable Long local(String table, long central) {
      return Objects.requireNonNull(locals.get(table)).get(central);
    }

    private boolean isUnsettled(Table table, long central) {
      return Objects.requireNonNull(unsettled.get(table.name())).contains(central);
    }

    /** Adds what a row refers to, and what that refers to; whether that can be. */
    private boolean bring(String name, long central) throws SQLException {
      Table table = Tables.named(name).orElseThrow();
      if (isUnsettled(table, central)) {
        return false;
      }
      if (newcomers.has(table, central)) {
        return true;
      }
      Map<String, @Nullable Object> row =
          new CentralTable(engine, connection, table).row(new CentralId(central));
      if (row.isEmpty() || !bringParents(table, row)) {
        return false;
      }
      newcomers.add(table, central, row);
      return true;
    }

    private boolean bringParents(Table table, Map<String, @Nullable Object> row)
        throws SQLException {
      for (Column column : table.columns()) {
        Object value = row.get(column.name());
        if (column.references().isPresent()
            && value != null
            && local(column.references().get(), (Long) value) == null
            && !bring(column.references().get(), (Long) value)) {
          return false;
        }
      }
      return true;
    }

    /** The rows of a table that the gateway is to add. */
    List<MetadataChange> added(Table table) {
      List<MetadataChange> all = new ArrayList<>();
      if (table.isSeries()) {
        return all;
      }
      for (Map.Entry<Long, Map<String, @Nullable Object>> row :
          newcomers.chosen(table).entrySet()) {
        Map<String, @Nullable Object> is = new LinkedHashMap<>();
        Map<String, CentralId> added = new LinkedHashMap<>();
        for (Column column : table.columns()) {
          Object value = row.getValue().get(column.name());
          Optional<String> parent = column.references();
          if (parent.isEmpty() || value == null) {
            is.put(column.name(), value);
          } else if (local(parent.get(), (Long) value) != null) {
            is.put(column.name(), local(parent.get(), (Long) value));
          } else {
            added.put(column.name(), new CentralId((Long) value));
          }
        }
        all.add(
            new MetadataChange(
                MetadataChange.Kind.ADDED,
                table,
                new CentralId(row.getKey()),
                table.identity() == Identity.GLOBAL_ID
                    ? Optional.of(new LocalId(row.getKey()))
                    : Optional.empty(),
                Map.of(),
                is,
                added));
      }
      return all;
    }
  }
}
