package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Holdings;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds what was changed and added at a server that can't say so, by comparing its rows with what
 * both agreed on last, which the {@link RestRecord} has. Nothing is noted of what is told: once it
 * was done here the row is sent as it is then, and both agree.
 *
 * <p>Of what is missing there {@link RemovedThere} tells: a server that was restored from a backup
 * lacks rows, too, and a gateway must not delete for that.
 *
 * <p>For one look; not thread-safe.
 */
final class RestChanges {

  private final CentralTables central;
  private final RestRecord record;
  private final Limits limits;

  /** By table, the id here of each row of the server that has one. */
  private final Map<String, Map<Long, Long>> locals = new HashMap<>();

  RestChanges(CentralTables central, RestRecord record, Limits limits) {
    this.central = central;
    this.record = record;
    this.limits = limits;
  }

  /**
   * Whether a row that both have was changed there, as far as that can be told from what a {@link
   * Verification} has asked for.
   */
  boolean areSeen() throws IOException {
    know(Map.of());
    for (Table table : Tables.ALL) {
      if (!table.isSeries()
          && !table.equals(Tables.SENSOR)
          && !changed(table, new Newcomers(central, record, locals, Map.of())).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** What this gateway does not have yet, parents first. */
  List<MetadataChange> of(Holdings holdings) throws IOException {
    know(holdings.present());
    Newcomers newcomers = new Newcomers(central, record, locals, holdings.present());
    List<MetadataChange> all = new ArrayList<>();
    for (Table table : Tables.ALL) {
      if (table.isSeries() || (table.equals(Tables.SENSOR) && !central.showsSensors())) {
        continue;
      }
      all.addAll(newcomers.of(table));
      all.addAll(changed(table, newcomers));
    }
    return all;
  }

  /** A row that was removed here has a match still, so that it is not brought back. */
  private void know(Map<String, Set<Long>> present) {
    for (Table table : Tables.ALL) {
      Map<Long, Long> its = new HashMap<>();
      record
          .matches(table.name())
          .forEach(
              (local, match) -> {
                if (!present.containsKey(table.name())
                    || present.get(table.name()).contains(local)) {
                  its.put(match.central(), local);
                }
              });
      locals.put(table.name(), its);
    }
  }

  private Map<Long, Long> localsOf(String table) {
    return locals.getOrDefault(table, Map.of());
  }

  private List<MetadataChange> changed(Table table, Newcomers newcomers) throws IOException {
    List<MetadataChange> changes = new ArrayList<>();
    for (Map.Entry<Long, Long> each : localsOf(table.name()).entrySet()) {
      Optional<CentralRow> there = central.byId(CentralTables.shown(table), each.getKey());
      if (there.isPresent()) {
        changed(table, each.getValue(), there.get(), newcomers).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<MetadataChange> changed(
      Table table, long local, CentralRow there, Newcomers newcomers) throws IOException {
    LocalCells cells = new LocalCells(table, record, limits);
    Map<String, @Nullable Object> agreed =
        cells.read(record.match(table.name(), local).orElseThrow().here());
    Map<String, @Nullable Object> was = new LinkedHashMap<>();
    Map<String, @Nullable Object> is = new LinkedHashMap<>();
    Map<String, CentralId> added = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      String name = column.name();
      Object before = agreed.get(name);
      Object now = there.cell(name);
      if (!agreed.containsKey(name)
          || !there.cells().containsKey(name)
          || name.equals(Table.ID)
          || cells.same(column, before, now)
          || isCut(table, column, before)) {
        continue;
      }
      Optional<String> parent = column.references();
      if (parent.isEmpty()) {
        was.put(name, before);
        is.put(name, now);
        continue;
      }
      Map<Long, Long> here = localsOf(parent.get());
      if (before != null && !here.containsKey(before)) {
        continue; // what it refers to here is another row by now
      }
      Long mine = before == null ? null : here.get(before);
      if (now == null || here.containsKey(now)) {
        was.put(name, mine);
        is.put(name, now == null ? null : here.get(now));
      } else if (newcomers.has(parent.get(), (Long) now)) {
        was.put(name, mine);
        added.put(name, new CentralId((Long) now));
      }
    }
    return was.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MetadataChange(
                MetadataChange.Kind.CHANGED,
                table,
                new CentralId(there.id()),
                Optional.of(new LocalId(local)),
                was,
                is,
                added));
  }

  /** A text that may go on here where the server's column ends: nobody there saw all of it. */
  private boolean isCut(Table table, Column column, @Nullable Object before) {
    return column.type() == ColumnType.TEXT
        && before instanceof String text
        && limits.mayCut(table, column, text);
  }
}
