package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Counts what was edited at central and a gateway has otherwise. Stateless; only looks. */
record UntakenEdits(Engine engine, MappingJournal journal) {

  /**
   * How many cells of rows that are a gateway's were edited here since both sides agreed on them.
   */
  long count(Connection connection, Gateway gateway) throws SQLException {
    long edits = 0;
    for (Table table : Tables.ALL) {
      if (table.hasId()) {
        edits +=
            count(connection, table, List.copyOf(journal.of(connection, gateway, table).values()));
      }
    }
    return edits;
  }

  private long count(Connection connection, Table table, List<Mapping> mappings)
      throws SQLException {
    Map<Long, Map<String, @Nullable Object>> rows =
        new CentralTable(engine, connection, table)
            .rows(mappings.stream().map(mapping -> mapping.central().value()).toList());
    long edits = 0;
    for (Mapping mapping : mappings) {
      Map<String, @Nullable Object> there = rows.get(mapping.central().value());
      if (there != null && mapping.inForce()) {
        edits +=
            mapping.centralBaseOf(table).entrySet().stream()
                .filter(cell -> there.containsKey(cell.getKey()))
                .filter(cell -> !Objects.equals(cell.getValue(), there.get(cell.getKey())))
                .count();
      }
    }
    return edits;
  }
}
