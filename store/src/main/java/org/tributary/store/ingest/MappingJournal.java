package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * Which row at a gateway is which row at central, and on what evidence. Stateless: it stands in
 * {@code tributary_mapping}.
 */
final class MappingJournal implements CentralIds {

  private final SqlTimes times;
  private final Clock clock;
  private final MappingDecisions decisions;

  MappingJournal(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
    this.decisions = new MappingDecisions(engine, clock);
  }

  /** What people decided besides. */
  MappingDecisions decisions() {
    return decisions;
  }

  /** All entries of one table of one gateway, by local id. */
  Map<LocalId, Mapping> of(Connection connection, Gateway gateway, Table table)
      throws SQLException {
    String sql =
        """
        SELECT local_id, central_id, evidence, base, central_base, in_force
        FROM tributary_mapping
        WHERE gateway_id = ? AND table_name = ?
        """;
    Map<LocalId, Mapping> mappings = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          LocalId local = new LocalId(found.getLong(1));
          CentralId central = new CentralId(found.getLong(2));
          mappings.put(
              local,
              new Mapping(
                  local,
                  central,
                  found.getString(3),
                  found.getString(4),
                  found.getString(5),
                  found.getBoolean(6)));
        }
      }
    }
    return mappings;
  }

  @Override
  public Map<Long, Long> of(Connection connection, Gateway gateway, Column column, Rows rows)
      throws SQLException {
    return ids(connection, gateway, column.references().orElseThrow());
  }

  /** All of them with one statement. */
  @Override
  public Map<String, Map<Long, Long>> of(Connection connection, Gateway gateway, Rows rows)
      throws SQLException {
    Set<String> tables = new HashSet<>();
    for (Column column : rows.columns()) {
      column.references().ifPresent(tables::add);
    }
    return ids(connection, gateway, tables);
  }

  /** Central ids by local id, of the entries in force, of several tables. */
  Map<String, Map<Long, Long>> ids(Connection connection, Gateway gateway, Set<String> tables)
      throws SQLException {
    Map<String, Map<Long, Long>> ids = new HashMap<>();
    tables.forEach(table -> ids.put(table, new HashMap<>()));
    if (ids.isEmpty()) {
      return ids;
    }
    String sql =
        """
        SELECT table_name, local_id, central_id
        FROM tributary_mapping
        WHERE gateway_id = ? AND table_name IN (%s) AND in_force
        """
            .formatted(String.join(", ", Collections.nCopies(ids.size(), "?")));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      int index = 2;
      for (String table : ids.keySet()) {
        select.setString(index++, table);
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          Objects.requireNonNull(ids.get(found.getString(1)))
              .put(found.getLong(2), found.getLong(3));
        }
      }
    }
    return ids;
  }

  @Override
  public String missing(Column column, long id) {
    return "%s is %d, and %s %d of this gateway has not been taken yet"
        .formatted(column.name(), id, column.references().orElseThrow(), id);
  }

  /** Central ids by local id, of the entries in force: what storing readings needs. */
  Map<Long, Long> ids(Connection connection, Gateway gateway, String table) throws SQLException {
    String sql =
        """
        SELECT local_id, central_id
        FROM tributary_mapping
        WHERE gateway_id = ? AND table_name = ? AND in_force
        """;
    Map<Long, Long> ids = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          ids.put(found.getLong(1), found.getLong(2));
        }
      }
    }
    return ids;
  }

  /** Other gateways that have a row mapped to that row of central. */
  List<GatewayId> othersWith(Connection connection, Gateway gateway, Table table, CentralId central)
      throws SQLException {
    String sql =
        """
        SELECT g.name
        FROM tributary_mapping m
        JOIN tributary_gateway g ON g.id = m.gateway_id
        WHERE m.table_name = ? AND m.central_id = ? AND m.gateway_id <> ? AND m.in_force
        ORDER BY m.since
        """;
    List<GatewayId> others = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table.name());
      select.setLong(2, central.value());
      select.setInt(3, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          others.add(new GatewayId(found.getString(1)));
        }
      }
    }
    return others;
  }

  void add(Connection connection, Gateway gateway, Table table, Mapping mapping)
      throws SQLException {
    addAll(connection, gateway, table, List.of(mapping));
  }

  void addAll(Connection connection, Gateway gateway, Table table, List<Mapping> mappings)
      throws SQLException {
    if (mappings.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO tributary_mapping
          (gateway_id, table_name, local_id, central_id, evidence, base, central_base, since)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Mapping mapping : mappings) {
        insert.setInt(1, gateway.key());
        insert.setString(2, table.name());
        insert.setLong(3, mapping.local().value());
        insert.setLong(4, mapping.central().value());
        insert.setString(5, mapping.evidence());
        insert.setString(6, mapping.base());
        insert.setString(7, mapping.centralBase());
        times.set(insert, 8, clock.instant().truncatedTo(ChronoUnit.MICROS));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Puts an entry back as it was once. */
  void put(Connection connection, Gateway gateway, RowAt at, MatchingState.Entry entry)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_mapping
          (gateway_id, table_name, local_id, central_id, evidence, base, central_base, since,
           in_force)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setString(2, at.table().name());
      insert.setLong(3, at.id());
      insert.setLong(4, entry.central());
      insert.setString(5, entry.evidence());
      insert.setString(6, entry.base());
      insert.setString(7, entry.centralBase());
      times.set(insert, 8, entry.since());
      insert.setBoolean(9, entry.inForce());
      insert.executeUpdate();
    }
  }

  /** Notes what the row is at both ends now that they agree again. */
  void agree(
      Connection connection,
      Gateway gateway,
      Table table,
      LocalId local,
      String base,
      String centralBase)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_mapping
        SET base = ?, central_base = ?, in_force = TRUE
        WHERE gateway_id = ? AND table_name = ? AND local_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, base);
      update.setString(2, centralBase);
      update.setInt(3, gateway.key());
      update.setString(4, table.name());
      update.setLong(5, local.value());
      update.executeUpdate();
    }
  }

  /**
   * Takes an entry out of force: rows that refer to this local row wait until it is settled what it
   * is.
   */
  void suspend(Connection connection, Gateway gateway, Table table, LocalId local)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_mapping
        SET in_force = FALSE
        WHERE gateway_id = ? AND table_name = ? AND local_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, gateway.key());
      update.setString(2, table.name());
      update.setLong(3, local.value());
      update.executeUpdate();
    }
  }

  /** Forgets an entry: rows that refer to this local row wait until it is matched anew. */
  void remove(Connection connection, Gateway gateway, Table table, LocalId local)
      throws SQLException {
    String sql =
        """
        DELETE FROM tributary_mapping
        WHERE gateway_id = ? AND table_name = ? AND local_id = ?
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setString(2, table.name());
      delete.setLong(3, local.value());
      delete.executeUpdate();
    }
  }
}
