package org.tributary.edge.rest;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.wire.Column;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;

/**
 * Creates again at a server what was removed there and is needed here all the same: readings or
 * other rows of here refer to it. As both had it, with what it refers to itself. Stateless but for
 * the record.
 */
record Revival(RestClient client, CentralTables central, RestRecord record, RemovedThere removed) {

  private static final Logger log = LoggerFactory.getLogger(Revival.class);

  /** What rows of a batch refer to; whether there was any of it. */
  boolean ofParents(Rows rows) throws IOException {
    if (!removed.areSeen()) {
      return false;
    }
    boolean revived = false;
    for (Column column : rows.columns()) {
      if (column.references().isPresent()) {
        Set<Long> parents = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
          if (rows.value(column.name(), row) instanceof Long local) {
            parents.add(local);
          }
        }
        for (long local : parents) {
          revived |= of(column.references().get(), local);
        }
      }
    }
    return revived;
  }

  /**
   * What a row newly refers to; whether there was any of it.
   *
   * @param before the row as both had it, in the server's ids; empty if it is to be created
   * @param here the row as it is
   */
  boolean ofParents(
      Rows rows, int row, Map<String, @Nullable Object> before, Map<String, @Nullable Object> here)
      throws IOException {
    boolean revived = false;
    for (Column column : rows.columns()) {
      if (column.references().isPresent()
          && rows.value(column.name(), row) instanceof Long local
          && !Objects.equals(before.get(column.name()), here.get(column.name()))) {
        revived |= of(column.references().get(), local);
      }
    }
    return revived;
  }

  /** Rows of here that were removed there, ids by table; whether there was any of them. */
  boolean of(Map<String, Set<Long>> rows) throws IOException {
    boolean revived = false;
    for (Map.Entry<String, Set<Long>> each : rows.entrySet()) {
      for (long local : each.getValue()) {
        revived |= of(each.getKey(), local);
      }
    }
    return revived;
  }

  /** A row of here, if it was removed there; whether it was. */
  boolean of(String name, long local) throws IOException {
    Table table = Tables.named(name).orElseThrow();
    if (!removed.has(table, local)) {
      return false;
    }
    Match match = record.match(name, local).orElseThrow();
    LocalCells cells = removed.cells(table);
    Map<String, @Nullable Object> row = cells.read(match.here());
    for (Column column : table.columns()) {
      if (column.references().isPresent() && row.get(column.name()) instanceof Long id) {
        String parent = column.references().get();
        Optional<Long> its = removed.localOf(parent, id);
        if (its.isPresent() && of(parent, its.get())) {
          record.match(parent, its.get()).ifPresent(now -> row.put(column.name(), now.central()));
        }
      }
    }
    RestTable shown = CentralTables.shown(table);
    Map<String, @Nullable Object> sent = new LinkedHashMap<>();
    sent.put(RestTable.LABEL, shown.label());
    sent.putAll(row);
    Optional<CentralRow> made = client.create(shown, sent);
    forget(table, local);
    if (made.isPresent()) {
      central.put(shown, made.get());
      record
          .matches(name)
          .put(local, new Match(made.get().id(), cells.json(row), cells.keyJson(made.get())));
      record.matchedAnew(name, local);
      log.warn(
          "{} {} was removed at central and is needed here; it is created there again",
          table,
          local);
    } else {
      record.positions(Lane.LIVE).remove(name); // its table is sent again, and it with it
      record
          .problems()
          .add(
              new SetAside(
                  name,
                  Position.of(local).toString(),
                  Rule.DATABASE,
                  "it was removed at central, whose server refuses to create it again"));
    }
    return true;
  }

  /** What refers to it has to follow it to its new id. */
  private void forget(Table table, long local) {
    record.matches(table.name()).remove(local);
    for (Table child : Tables.ALL) {
      boolean refers =
          child.columns().stream()
              .anyMatch(column -> column.references().filter(table.name()::equals).isPresent());
      if (refers && !child.isSeries()) {
        record.positions(Lane.LIVE).remove(child.name());
      }
    }
  }
}
