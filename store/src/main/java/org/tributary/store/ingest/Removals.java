package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.Referrers;
import org.tributary.wire.CentralId;
import org.tributary.wire.Holdings;
import org.tributary.wire.Lane;
import org.tributary.wire.LocalId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Removes at central what a gateway has removed, if it wants that: rows that are nobody else's, to
 * which nothing refers, and which nobody changed at central meanwhile. All else stays. Stateless;
 * runs in its caller's transaction.
 */
final class Removals {

  private final Engine engine;
  private final MappingJournal journal;
  private final Positions positions;
  private final Conflicts conflicts;

  Removals(Engine engine, MappingJournal journal, Positions positions, Conflicts conflicts) {
    this.engine = engine;
    this.journal = journal;
    this.positions = positions;
    this.conflicts = conflicts;
  }

  /** Compares what a gateway has with what it had. */
  void settle(Connection connection, Gateway gateway, MergeTerms terms, Holdings holdings)
      throws SQLException {
    for (int i = Tables.ALL.size() - 1; i >= 0; i--) { // children first
      Table table = Tables.ALL.get(i);
      Set<Long> present = holdings.present().get(table.name());
      if (present == null || table.isSeries()) {
        continue;
      }
      for (Mapping mapping : journal.of(connection, gateway, table).values()) {
        if (!present.contains(mapping.local().value())) {
          gone(connection, gateway, table, mapping, terms);
        }
      }
      for (long local : holdings.kept().getOrDefault(table.name(), Set.of())) {
        // Something there needs it: central is to have it again.
        journal.remove(connection, gateway, table, new LocalId(local));
        positions.clear(connection, gateway, table, Lane.LIVE);
      }
    }
  }

  private void gone(
      Connection connection, Gateway gateway, Table table, Mapping mapping, MergeTerms terms)
      throws SQLException {
    CentralTable central = new CentralTable(engine, connection, table);
    Map<String, @Nullable Object> there = central.row(mapping.central());
    if (there.isEmpty()) {
      journal.remove(connection, gateway, table, mapping.local());
      return;
    }
    if (!terms.takes() || !terms.mirrors()) {
      return;
    }
    if (wasChanged(table, mapping, there)) {
      noteOnce(connection, gateway, table, mapping, there);
      return;
    }
    if (isInUse(connection, gateway, table, mapping.central())) {
      return;
    }
    if (central.delete(mapping.central())) {
      journal.remove(connection, gateway, table, mapping.local());
    }
  }

  private static boolean wasChanged(
      Table table, Mapping mapping, Map<String, @Nullable Object> there) throws SQLException {
    Map<String, @Nullable Object> agreed = mapping.centralBaseOf(table);
    return agreed.entrySet().stream()
        .anyMatch(cell -> !Objects.equals(cell.getValue(), there.get(cell.getKey())));
  }

  private void noteOnce(
      Connection connection,
      Gateway gateway,
      Table table,
      Mapping mapping,
      Map<String, @Nullable Object> there)
      throws SQLException {
    Conflict.Versions versions =
        new Conflict.Versions(mapping.centralBase(), null, SyncJson.writeRow(there));
    if (!conflicts.isNoted(
        connection, gateway, table, mapping.local(), Conflict.Kind.REMOVED_THERE)) {
      conflicts.note(
          connection,
          gateway,
          table,
          mapping.local(),
          mapping.central(),
          List.of(
              new Conflicts.Fresh(
                  Conflict.Kind.REMOVED_THERE, "", versions, Conflict.Side.CENTRAL, "edited")));
    }
  }

  /** Whether another gateway has it, or any row refers to it. */
  private boolean isInUse(Connection connection, Gateway gateway, Table table, CentralId central)
      throws SQLException {
    if (table.equals(Tables.SENSOR_TYPE)
        || table.equals(Tables.NODE_TYPE)
        || table.equals(Tables.ROOM_TYPE)
        || table.equals(Tables.ROOM)
        || !journal.othersWith(connection, gateway, table, central).isEmpty()) {
      return true; // words that all share are nobody's to remove
    }
    return new Referrers(engine, Set.of()).to(connection, table, central.value()).isPresent();
  }
}
