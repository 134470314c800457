package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;

/** How far each lane of each table has come. Stateless: it stands in {@code tributary_position}. */
final class Positions {

  private final Engine engine;

  Positions(Engine engine) {
    this.engine = engine;
  }

  /** The positions of one lane, by table name. */
  Map<String, Position> of(Connection connection, Gateway gateway, Lane lane) throws SQLException {
    String sql =
        """
        SELECT table_name, position
        FROM tributary_position
        WHERE gateway_id = ? AND lane = ?
        """;
    Map<String, Position> positions = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, lane.name());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          positions.put(found.getString(1), parse(found.getString(2)));
        }
      }
    }
    return positions;
  }

  Optional<Position> of(Connection connection, Gateway gateway, Table table, Lane lane)
      throws SQLException {
    return one(connection, gateway, table, lane, "");
  }

  /** The newest that is committed; nobody else moves it until this transaction ends. */
  Optional<Position> locked(Connection connection, Gateway gateway, Table table, Lane lane)
      throws SQLException {
    return one(connection, gateway, table, lane, engine.forUpdate());
  }

  private static Optional<Position> one(
      Connection connection, Gateway gateway, Table table, Lane lane, String lock)
      throws SQLException {
    String sql =
        """
        SELECT position
        FROM tributary_position
        WHERE gateway_id = ? AND table_name = ? AND lane = ?"""
            + lock;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      select.setString(3, lane.name());
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(parse(found.getString(1))) : Optional.empty();
      }
    }
  }

  /** Sets a position, whatever it was before. */
  void set(Connection connection, Gateway gateway, Table table, Lane lane, Position position)
      throws SQLException {
    String sql =
        engine.insertOrUpdate(
            """
            INSERT INTO tributary_position (position, gateway_id, table_name, lane)
            VALUES (?, ?, ?, ?)
            """,
            List.of("gateway_id", "table_name", "lane"),
            List.of("position"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, SyncJson.writePosition(position));
      statement.setInt(2, gateway.key());
      statement.setString(3, table.name());
      statement.setString(4, lane.name());
      statement.executeUpdate();
    }
  }

  /** Forgets a position: what it spoke of is to be sent again. */
  void clear(Connection connection, Gateway gateway, Table table, Lane lane) throws SQLException {
    String sql =
        "DELETE FROM tributary_position WHERE gateway_id = ? AND table_name = ? AND lane = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setString(2, table.name());
      delete.setString(3, lane.name());
      delete.executeUpdate();
    }
  }

  private static Position parse(String json) throws SQLException {
    try {
      return SyncJson.readPosition(json);
    } catch (WireFormatException e) {
      throw new SQLException("tributary_position holds no position: " + json, e);
    }
  }
}
