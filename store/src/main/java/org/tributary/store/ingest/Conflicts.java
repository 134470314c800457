package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * What both sides had otherwise, so that nobody's edit goes without a trace. Stateless: it stands
 * in {@code tributary_conflict}.
 */
final class Conflicts {

  private static final int MAX_NAME = 255;
  private static final String SELECT =
      """
      SELECT c.id, g.name, c.table_name, c.local_id, c.central_id, c.kind, c.column_name,
        c.base_value, c.gateway_value, c.central_value, c.winner, c.rule, c.noticed, c.chosen,
        c.decided_by, c.decided
      FROM tributary_conflict c
      JOIN tributary_gateway g ON g.id = c.gateway_id
      """;

  private final SqlTimes times;
  private final Clock clock;

  Conflicts(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** A conflict that has just come about. */
  record Fresh(
      Conflict.Kind kind,
      String column,
      Conflict.Versions versions,
      Conflict.Side winner,
      String why) {}

  /** Notes what came about with a row. */
  void note(
      Connection connection,
      Gateway gateway,
      Table table,
      LocalId local,
      CentralId central,
      List<Fresh> fresh)
      throws SQLException {
    if (fresh.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO tributary_conflict
          (gateway_id, table_name, local_id, central_id, kind, column_name,
           base_value, gateway_value, central_value, winner, rule, noticed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Fresh each : fresh) {
        insert.setInt(1, gateway.key());
        insert.setString(2, table.name());
        insert.setLong(3, local.value());
        insert.setLong(4, central.value());
        insert.setString(5, each.kind().name());
        insert.setString(6, each.column());
        insert.setString(7, json(each.column(), each.versions().base()));
        insert.setString(8, json(each.column(), each.versions().gateway()));
        insert.setString(9, json(each.column(), each.versions().central()));
        insert.setString(10, each.winner().name());
        insert.setString(11, each.why());
        times.set(insert, 12, clock.instant().truncatedTo(ChronoUnit.MICROS));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * The conflicts after one in the order in which they came about.
   *
   * @param gateway whose; empty for all
   * @param openOnly whether those that a person has looked at are left out
   */
  List<Conflict> page(
      Connection connection, Optional<GatewayId> gateway, boolean openOnly, long afterId, int max)
      throws SQLException {
    String sql =
        SELECT
            + "WHERE c.id > ?"
            + (gateway.isPresent() ? " AND g.name = ?" : "")
            + (openOnly ? " AND c.chosen IS NULL" : "")
            + " ORDER BY c.id LIMIT "
            + max;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, afterId);
      if (gateway.isPresent()) {
        select.setString(2, gateway.get().value());
      }
      return read(select);
    }
  }

  /** The number of the newest one; 0 if there is none. */
  long newest(Connection connection) throws SQLException {
    String sql = "SELECT COALESCE(MAX(id), 0) FROM tributary_conflict";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getLong(1);
    }
  }

  /** How many of a gateway, up to one of that number, nobody has looked at. */
  long countOpen(Connection connection, Gateway gateway, long upTo) throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM tributary_conflict
        WHERE gateway_id = ? AND id <= ? AND chosen IS NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setLong(2, upTo);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /** The conflict of that number. */
  Optional<Conflict> find(Connection connection, long id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE c.id = ?")) {
      select.setLong(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** Whether something of a kind has been noted of a row and nobody has looked at it. */
  boolean isNoted(
      Connection connection, Gateway gateway, Table table, LocalId local, Conflict.Kind kind)
      throws SQLException {
    String sql =
        """
        SELECT 1
        FROM tributary_conflict
        WHERE gateway_id = ? AND table_name = ? AND local_id = ? AND kind = ? AND chosen IS NULL
        LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      select.setLong(3, local.value());
      select.setString(4, kind.name());
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Notes what a person chose. */
  void decide(Connection connection, long id, Conflict.Side chosen, String by) throws SQLException {
    String sql =
        "UPDATE tributary_conflict SET chosen = ?, decided_by = ?, decided = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, chosen.name());
      update.setString(2, by.substring(0, Math.min(by.length(), MAX_NAME)));
      times.set(update, 3, clock.instant().truncatedTo(ChronoUnit.MICROS));
      update.setLong(4, id);
      update.executeUpdate();
    }
  }

  private List<Conflict> read(PreparedStatement select) throws SQLException {
    List<Conflict> all = new ArrayList<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        Table table = Tables.named(found.getString(3)).orElseThrow();
        String column = found.getString(7);
        all.add(
            new Conflict(
                found.getLong(1),
                new GatewayId(found.getString(2)),
                table,
                new LocalId(found.getLong(4)),
                new CentralId(found.getLong(5)),
                Conflict.Kind.valueOf(found.getString(6)),
                column,
                new Conflict.Versions(
                    value(table, column, found.getString(8)),
                    value(table, column, found.getString(9)),
                    value(table, column, found.getString(10))),
                Conflict.Side.valueOf(found.getString(11)),
                found.getString(12),
                times.get(found, 13),
                choice(found)));
      }
    }
    return all;
  }

  private Optional<Conflict.Choice> choice(ResultSet found) throws SQLException {
    String chosen = found.getString(14);
    return chosen == null
        ? Optional.empty()
        : Optional.of(
            new Conflict.Choice(
                Conflict.Side.valueOf(chosen), found.getString(15), times.get(found, 16)));
  }

  private static @Nullable String json(String column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return column.isEmpty() ? value.toString() : SyncJson.writeRow(Map.of(column, value));
  }

  private static @Nullable Object value(Table table, String column, @Nullable String json)
      throws SQLException {
    if (json == null || column.isEmpty()) {
      return json;
    }
    try {
      return MetadataJson.readRow(json, table).get(column);
    } catch (WireFormatException e) {
      throw new SQLException("tributary_conflict holds no value of " + table + "." + column, e);
    }
  }
}
