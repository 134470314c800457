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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Rows kept apart because they can't be stored as they are. A row is known by its key and kept
 * once, however often it travels. Stateless: it stands in {@code tributary_setaside}.
 */
final class SetAsideRows {

  private static final int MAX_KEY = 255;
  private static final int ROWS_AT_ONCE = 1_000;

  /** What is known of a row by its key. */
  record Entry(long id, Rule rule) {}

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
    String upsert =
        engine.insertOrUpdate(
            """
            INSERT INTO tributary_setaside
              (rule, reason, content, node_id, type_id, row_hash, gateway_id, table_name, row_key,
               row_time, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            List.of("gateway_id", "table_name", "row_key"),
            List.of("rule", "reason", "content", "node_id", "type_id", "row_hash"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      int waiting = 0;
      for (Apart row : rows) {
        bind(statement, gateway, row);
        times.set(statement, 11, now);
        statement.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  private void bind(PreparedStatement statement, Gateway gateway, Apart row) throws SQLException {
    statement.setString(1, row.rule().name());
    statement.setString(2, storable(row.reason()));
    statement.setString(3, storable(row.content()));
    PartlyRead read = new PartlyRead(row.table(), row.content());
    setLong(statement, 4, read.node());
    setLong(statement, 5, read.type());
    Optional<Compared> compared = Compared.of(row);
    setLong(
        statement,
        6,
        compared.isPresent() ? OptionalLong.of(compared.get().hash()) : OptionalLong.empty());
    statement.setInt(7, gateway.key());
    statement.setString(8, row.table().name());
    statement.setString(9, shortKey(row.key()));
    if (row.time().isPresent()) {
      times.set(statement, 10, row.time().get());
    } else {
      statement.setNull(10, Types.TIMESTAMP);
    }
  }

  private static void setLong(PreparedStatement statement, int parameter, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(parameter, value.getAsLong());
    } else {
      statement.setNull(parameter, Types.BIGINT);
    }
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

  /** Rows of a series stamped within a span that are set aside, by their (short) keys. */
  Map<String, Entry> within(
      Connection connection, Gateway gateway, Table table, Instant from, Instant to)
      throws SQLException {
    String sql =
        """
        SELECT row_key, id, rule
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ? AND row_time BETWEEN ? AND ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      times.set(select, 3, from);
      times.set(select, 4, to);
      return entries(select);
    }
  }

  /**
   * A table's rows that are set aside, by their (short) keys: for tables of which there are few.
   */
  Map<String, Entry> of(Connection connection, Gateway gateway, Table table) throws SQLException {
    String sql =
        """
        SELECT row_key, id, rule
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      return entries(select);
    }
  }

  private static Map<String, Entry> entries(PreparedStatement select) throws SQLException {
    Map<String, Entry> entries = new HashMap<>();
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        entries.put(
            found.getString(1), new Entry(found.getLong(2), Rule.valueOf(found.getString(3))));
      }
    }
    return entries;
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
    remove(connection, List.of(id));
  }

  /**
   * The same for many. By their ids alone: whatever a database believes of the table, there is one
   * way to look that up, and it is never a long one.
   */
  void remove(Connection connection, Collection<Long> ids) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    String sql = "DELETE FROM tributary_setaside WHERE id = ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (long id : ids) {
        delete.setLong(1, id);
        delete.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          delete.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        delete.executeBatch();
      }
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
