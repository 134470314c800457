package org.tributary.store.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Referrers;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.store.direct.Fit;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataChange;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Brings changes into a gateway's database, in one transaction. Not thread-safe. */
final class Taking {

  private final Engine engine;
  private final Fit fit;
  private final Connection connection;
  private final Map<Table, Map<CentralId, LocalId>> newRows = new HashMap<>();
  private final List<String> done = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final Map<String, Set<Long>> kept = new HashMap<>();

  /** A change can't be made as it is; says why. */
  private static final class Undone extends Exception {
    private static final long serialVersionUID = 1L;

    Undone(String why) {
      super(why, null, false, false);
    }
  }

  Taking(Engine engine, Fit fit, Connection connection) {
    this.engine = engine;
    this.fit = fit;
    this.connection = connection;
  }

  /** Makes changes, those that stand in each other's way once the others are done. */
  Taken take(List<MetadataChange> changes) throws SQLException {
    Deque<MetadataChange> waiting = new ArrayDeque<>(changes);
    Map<MetadataChange, String> why = new LinkedHashMap<>();
    int since = 0;
    while (!waiting.isEmpty() && since <= waiting.size()) {
      MetadataChange change = waiting.removeFirst();
      Savepoint before = connection.setSavepoint();
      try {
        take(change);
        connection.releaseSavepoint(before);
        why.remove(change);
        since = 0;
        continue;
      } catch (Undone undone) {
        why.put(change, String.valueOf(undone.getMessage()));
      } catch (SQLException e) {
        if (engine.troubleOf(e) != Trouble.DATA) {
          throw e;
        }
        why.put(change, DatabaseUrl.redact(String.valueOf(e.getMessage())));
      }
      connection.rollback(before);
      waiting.addLast(change);
      since++;
    }
    for (MetadataChange change : waiting) {
      left.add(change + ": " + why.get(change));
      if (change.kind() == MetadataChange.Kind.REMOVED) {
        kept.computeIfAbsent(change.table().name(), any -> new HashSet<>())
            .add(change.local().orElseThrow().value());
      }
    }
    return new Taken(done, left, kept);
  }

  private void take(MetadataChange change) throws SQLException, Undone {
    if (fit.refusal(change.table()).isPresent()) {
      throw new Undone(fit.refusal(change.table()).get());
    }
    boolean changes =
        switch (change.kind()) {
          case ADDED -> add(change);
          case CHANGED -> change(change);
          case REMOVED -> remove(change);
        };
    if (changes) {
      done.add(change.toString());
    }
  }

  private boolean add(MetadataChange change) throws SQLException, Undone {
    Table table = change.table();
    TableWriter writer = new TableWriter(engine, table);
    Map<Column, @Nullable Object> row = wanted(change);
    if (table.identity() == Identity.GLOBAL_ID) {
      long id = change.local().orElseThrow().value();
      note(change, id);
      if (!writer.byId(connection, id).isEmpty()) {
        return false; // both sides added it; the next push tells what it is here
      }
      writer.insert(connection, row);
      requireHeld(writer, id, row);
      return true;
    }
    Map<Column, @Nullable Object> key = new LinkedHashMap<>();
    table.keyColumns().forEach(column -> key.put(column, row.get(column)));
    List<Long> there = writer.find(connection, key);
    if (!there.isEmpty()) {
      note(change, there.get(0));
      return false;
    }
    long id = writer.insert(connection, row);
    requireHeld(writer, id, row);
    note(change, id);
    return true;
  }

  private void note(MetadataChange change, long id) {
    newRows
        .computeIfAbsent(change.table(), any -> new HashMap<>())
        .put(change.central(), new LocalId(id));
  }

  private boolean change(MetadataChange change) throws SQLException, Undone {
    TableWriter writer = new TableWriter(engine, change.table());
    long id = change.local().orElseThrow().value();
    Map<String, @Nullable Object> here = writer.byId(connection, id);
    Map<Column, @Nullable Object> wanted = wanted(change);
    // What is not as central thought has been changed here meanwhile: that goes there first.
    wanted
        .keySet()
        .removeIf(
            column ->
                !here.containsKey(column.name())
                    || !Objects.equals(here.get(column.name()), change.was().get(column.name())));
    if (wanted.isEmpty()) {
      return false;
    }
    writer.update(connection, id, wanted);
    requireHeld(writer, id, wanted);
    return true;
  }

  private boolean remove(MetadataChange change) throws SQLException, Undone {
    TableWriter writer = new TableWriter(engine, change.table());
    long id = change.local().orElseThrow().value();
    Map<String, @Nullable Object> here = writer.byId(connection, id);
    boolean isAsItWas =
        change.was().entrySet().stream()
            .allMatch(
                cell ->
                    !here.containsKey(cell.getKey())
                        || Objects.equals(here.get(cell.getKey()), cell.getValue()));
    if (here.isEmpty() || !isAsItWas) {
      return false;
    }
    Optional<String> referrer =
        new Referrers(engine, fit.unfit().keySet()).to(connection, change.table(), id);
    if (referrer.isPresent()) {
      throw new Undone(referrer.get() + " refers to it");
    }
    String sql =
        "DELETE FROM %s WHERE %s = ?"
            .formatted(engine.quote(change.table().name()), engine.quote(Table.ID));
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, id);
      return delete.executeUpdate() > 0;
    }
  }

  /** The cells to be, with this database's ids in place of rows that were added just now. */
  private Map<Column, @Nullable Object> wanted(MetadataChange change) throws Undone {
    Map<Column, @Nullable Object> wanted = new LinkedHashMap<>();
    for (Column column : engine.asBuilt().present(change.table(), change.table().columns())) {
      String name = column.name();
      CentralId parent = change.added().get(name);
      if (parent != null) {
        Table table = Tables.named(column.references().orElseThrow()).orElseThrow();
        LocalId id = newRows.getOrDefault(table, Map.of()).get(parent);
        if (id == null) {
          throw new Undone("the %s that it refers to was not added".formatted(table));
        }
        wanted.put(column, id.value());
      } else if (change.is().containsKey(name)) {
        wanted.put(column, change.is().get(name));
      }
    }
    return wanted;
  }

  /** A value that would come back as another one would look like an edit of its own. */
  private void requireHeld(TableWriter writer, long id, Map<Column, @Nullable Object> wanted)
      throws SQLException, Undone {
    Map<String, @Nullable Object> here = writer.byId(connection, id);
    for (Map.Entry<Column, @Nullable Object> cell : wanted.entrySet()) {
      Object held = here.get(cell.getKey().name());
      if (!Objects.equals(held, cell.getValue())) {
        throw new Undone(
            "%s %s would become %s here".formatted(cell.getKey().name(), cell.getValue(), held));
      }
    }
  }
}
