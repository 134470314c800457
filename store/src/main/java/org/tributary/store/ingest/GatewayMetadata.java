package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.WireFormatException;

/**
 * The tables that travel whole, as a gateway had them: central's rows in the gateway's own ids, and
 * what it has set aside of them. Nothing is in it that the gateway never had. Immutable.
 */
final class GatewayMetadata {

  private final Map<Table, Rows> tables;
  private final Map<Table, List<Unreadable>> apart;
  private final Map<String, Set<Long>> ids;

  private GatewayMetadata(
      Map<Table, Rows> tables, Map<Table, List<Unreadable>> apart, Map<String, Set<Long>> ids) {
    this.tables = tables;
    this.apart = apart;
    this.ids = ids;
  }

  static GatewayMetadata of(
      Connection connection, Engine engine, Gateway gateway, MappingJournal journal)
      throws SQLException {
    return new Gathering(connection, engine, gateway, journal).all();
  }

  /** The rows of a table, by their ids there. */
  Rows rows(Table table) {
    return Objects.requireNonNull(tables.get(table));
  }

  /** Rows of a table that were set aside and can't come back, with why. */
  List<Unreadable> apart(Table table) {
    return apart.getOrDefault(table, List.of());
  }

  /** Whether all that a row refers to is among these. */
  boolean holdsParents(Rows rows, int row) {
    return missingParent(rows.columns(), rows.row(row)).isEmpty();
  }

  private Optional<Column> missingParent(List<Column> columns, Map<String, @Nullable Object> row) {
    return missingParent(ids, columns, row);
  }

  private static Optional<Column> missingParent(
      Map<String, Set<Long>> ids, List<Column> columns, Map<String, @Nullable Object> row) {
    for (Column column : columns) {
      Object parent = column.references().isPresent() ? row.get(column.name()) : null;
      if (parent != null
          && !ids.getOrDefault(column.references().orElseThrow(), Set.of()).contains(parent)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** Gathers them, parents first. */
  private static final class Gathering {
    private final Connection connection;
    private final Engine engine;
    private final Gateway gateway;
    private final MappingJournal journal;
    private final Map<Table, Rows> tables = new LinkedHashMap<>();
    private final Map<Table, List<Unreadable>> apart = new HashMap<>();
    private final Map<String, Set<Long>> ids = new HashMap<>();
    private final Map<String, Map<Long, Long>> locals = new HashMap<>();

    Gathering(Connection connection, Engine engine, Gateway gateway, MappingJournal journal) {
      this.connection = connection;
      this.engine = engine;
      this.gateway = gateway;
      this.journal = journal;
    }

    GatewayMetadata all() throws SQLException {
      for (Table table : Tables.ALL) {
        if (!table.isSeries()) {
          gather(table);
        }
      }
      return new GatewayMetadata(tables, apart, ids);
    }

    private void gather(Table table) throws SQLException {
      Map<Long, Map<String, @Nullable Object>> rows = new TreeMap<>(matched(table));
      rows.putAll(setAside(table)); // the gateway's last word, which central could not take
      Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.size());
      Set<Long> its = new HashSet<>();
      for (Map.Entry<Long, Map<String, @Nullable Object>> each : rows.entrySet()) {
        Optional<Column> missing = missingParent(ids, table.columns(), each.getValue());
        if (missing.isPresent()) {
          cant(
              table,
              String.valueOf(each.getKey()),
              "%s is %s, which does not come back"
                  .formatted(missing.get().name(), each.getValue().get(missing.get().name())));
        } else {
          builder.row(each.getValue().values().toArray());
          its.add(each.getKey());
        }
      }
      tables.put(table, builder.build());
      ids.put(table.name(), its);
    }

    /** Central's rows that are the gateway's, told in its ids. */
    private Map<Long, Map<String, @Nullable Object>> matched(Table table) throws SQLException {
      Map<LocalId, Mapping> journaled = journal.of(connection, gateway, table);
      Map<Long, Map<String, @Nullable Object>> there =
          new TableWriter(engine, table)
              .byIds(
                  connection,
                  journaled.values().stream().map(each -> each.central().value()).toList());
      Map<Long, Map<String, @Nullable Object>> rows = new HashMap<>();
      Map<Long, Long> its = new HashMap<>();
      for (Mapping mapping : journaled.values()) {
        CentralId central = mapping.central();
        its.merge(central.value(), mapping.local().value(), Math::min);
        // What is in doubt is not central's row, and what central has no longer is the gateway's.
        Map<String, @Nullable Object> row =
            mapping.inForce() ? there.getOrDefault(central.value(), Map.of()) : Map.of();
        rows.put(mapping.local().value(), told(table, mapping, row));
      }
      locals.put(table.name(), its);
      return rows;
    }

    private Map<String, @Nullable Object> told(
        Table table, Mapping mapping, Map<String, @Nullable Object> there) throws SQLException {
      Map<String, @Nullable Object> base = mapping.baseOf(table);
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (Column column : table.travelling()) {
        Object value = there.getOrDefault(column.name(), base.get(column.name()));
        if (column.name().equals(Table.ID)) {
          value = mapping.local().value();
        } else if (column.references().isPresent() && there.get(column.name()) instanceof Long to) {
          Long local = locals.getOrDefault(column.references().get(), Map.of()).get(to);
          // Something that this gateway never had: it is left where it was, as the gateway told it.
          value = local == null ? base.get(column.name()) : local;
        }
        row.put(column.name(), value);
      }
      return row;
    }

    private Map<Long, Map<String, @Nullable Object>> setAside(Table table) throws SQLException {
      String sql =
          """
          SELECT row_key, content, reason
          FROM tributary_setaside
          WHERE gateway_id = ? AND table_name = ?
          ORDER BY id
          """;
      Map<Long, Map<String, @Nullable Object>> rows = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setInt(1, gateway.key());
        select.setString(2, table.name());
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            Map<String, @Nullable Object> row = whole(table, found.getString(2));
            if (row.get(Table.ID) instanceof Long id) {
              rows.put(id, row);
            } else {
              cant(table, found.getString(1), found.getString(3));
            }
          }
        }
      }
      return rows;
    }

    private void cant(Table table, String key, String why) {
      apart.computeIfAbsent(table, its -> new ArrayList<>()).add(new Unreadable(key, "{}", why));
    }

    /** A row that was set aside, if all of its cells are what they should be. */
    private static Map<String, @Nullable Object> whole(Table table, String content) {
      Rows.Builder row = new Rows.Builder(table, table.travelling(), 1);
      try {
        SyncJson.readRow(content, row, table.travelling());
        return row.build().row(0);
      } catch (WireFormatException e) {
        return Map.of();
      }
    }
  }
}
