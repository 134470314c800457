package org.tributary.store.ingest;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.tributary.store.Engine;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Rows kept apart because they can't be stored as they are. A row is known by its key and kept
 * once, however often it travels. Stateless: it stands in {@code tributary_setaside}.
 */
final class SetAsideRows {

  private static final int MAX_KEY = 255;

  /** A row that waits, with the id of its entry. */
  record Waiting(long id, String content) {}

  private final Engine engine;
  private final SqlTimes times;
  private final Clock clock;

  SetAsideRows(Engine engine, Clock clock) {
    this.engine = engine;
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Keeps rows apart, each under its newest reason. */
  void put(Connection connection, Gateway gateway, List<Apart> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    String insert =
        engine.insertNewOnly(
            """
            INSERT INTO tributary_setaside
              (rule, reason, content, node_id, row_hash, gateway_id, table_name, row_key,
               row_time, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            List.of("gateway_id", "table_name", "row_key"));
    String update =
        """
        UPDATE tributary_setaside
        SET rule = ?, reason = ?, content = ?, node_id = ?, row_hash = ?
        WHERE gateway_id = ? AND table_name = ? AND row_key = ?
        """;
    try (PreparedStatement fresh = connection.prepareStatement(insert);
        PreparedStatement known = connection.prepareStatement(update)) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      for (Apart row : rows) {
        bind(fresh, gateway, row);
        if (row.time().isPresent()) {
          times.set(fresh, 9, row.time().get());
        } else {
          fresh.setNull(9, Types.TIMESTAMP);
        }
        times.set(fresh, 10, now);
        if (fresh.executeUpdate() == 0) {
          bind(known, gateway, row);
          known.executeUpdate();
        }
      }
    }
  }

  private static void bind(PreparedStatement statement, Gateway gateway, Apart row)
      throws SQLException {
    statement.setString(1, row.rule().name());
    statement.setString(2, storable(row.reason()));
    statement.setString(3, storable(row.content()));
    Optional<Compared> compared = Compared.of(row);
    if (compared.isPresent()) {
      statement.setLong(4, compared.get().node());
      statement.setLong(5, compared.get().hash());
    } else {
      statement.setNull(4, Types.BIGINT);
      statement.setNull(5, Types.BIGINT);
    }
    statement.setInt(6, gateway.key());
    statement.setString(7, row.table().name());
    statement.setString(8, shortKey(row.key()));
  }

  /** Forgets the row with that key: it has been stored after all. */
  void remove(Connection connection, Gateway gateway, Table table, String key) throws SQLException {
    String sql =
        """
        DELETE FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ? AND row_key = ?
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setString(2, table.name());
      delete.setString(3, shortKey(key));
      delete.executeUpdate();
    }
  }

  /** Rows of a series stamped within a span that are set aside: their keys, and why. */
  Map<String, Rule> within(
      Connection connection, Gateway gateway, Table table, Instant from, Instant to)
      throws SQLException {
    String sql =
        """
        SELECT row_key, rule
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ? AND row_time BETWEEN ? AND ?
        """;
    Map<String, Rule> rules = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      times.set(select, 3, from);
      times.set(select, 4, to);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rules.put(found.getString(1), Rule.valueOf(found.getString(2)));
        }
      }
    }
    return rules;
  }

  /** The keys of a table's rows that are set aside: for tables of which there are few. */
  Set<String> keys(Connection connection, Gateway gateway, Table table) throws SQLException {
    String sql =
        """
        SELECT row_key
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ?
        """;
    Set<String> keys = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          keys.add(found.getString(1));
        }
      }
    }
    return keys;
  }

  /** The next rows of a table that wait for a parent, after an entry's id, in order of arrival. */
  List<Waiting> waiting(Connection connection, Gateway gateway, Table table, long afterId, int max)
      throws SQLException {
    String sql =
        """
        SELECT id, content
        FROM tributary_setaside
        WHERE gateway_id = ? AND rule = ? AND table_name = ? AND id > ?
        ORDER BY id
        LIMIT %d
        """
            .formatted(max);
    List<Waiting> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, Rule.PARENT_MISSING.name());
      select.setString(3, table.name());
      select.setLong(4, afterId);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.add(new Waiting(found.getLong(1), found.getString(2)));
        }
      }
    }
    return rows;
  }

  /** Forgets a row: it has been stored, or a person decided about it. */
  void remove(Connection connection, long id) throws SQLException {
    String sql = "DELETE FROM tributary_setaside WHERE id = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** Whether a row is set aside still. */
  boolean has(Connection connection, long id) throws SQLException {
    String sql = "SELECT 1 FROM tributary_setaside WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Says anew why a row is set aside. */
  void reconsider(Connection connection, long id, Rule rule, String reason) throws SQLException {
    String sql = "UPDATE tributary_setaside SET rule = ?, reason = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, rule.name());
      update.setString(2, storable(reason));
      update.setLong(3, id);
      update.executeUpdate();
    }
  }

  /** A key that fits its column; a longer one ends in a hash of the whole. */
  static String shortKey(String anyKey) {
    String key = storable(anyKey);
    if (key.length() <= MAX_KEY) {
      return key;
    }
    UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return key.substring(0, MAX_KEY - 40) + "… " + hash;
  }

  // What is set aside may hold anything; PostgreSQL's text holds all but this.
  static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
