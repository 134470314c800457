package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;

/**
 * Permissions to read gateways' rows back: granted for a time, used by one machine, and written
 * down for good. Of several that a gateway was given the newest counts. Stateless: they stand in
 * {@code tributary_permit}.
 */
final class Permits {

  private final SqlTimes times;
  private final Clock clock;

  Permits(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /**
   * Whether the gateway is reading its rows back: it has begun to, and has not said that it has
   * all.
   */
  boolean isInUse(Connection connection, Gateway gateway) throws SQLException {
    return inForce(connection, gateway)
        .filter(permit -> permit.begun().isPresent() && permit.finished().isEmpty())
        .isPresent();
  }

  /** The one that holds now, if there is one. */
  Optional<Permit> inForce(Connection connection, Gateway gateway) throws SQLException {
    return newest(connection, gateway).filter(permit -> permit.isInForce(clock.instant()));
  }

  /** The newest one, whether it still holds or not. */
  Optional<Permit> newest(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT id, granted_by, granted, expires, span_from, span_before, revoked, machine, hostname,
          begun, last_used, finished, row_count
        FROM tributary_permit
        WHERE gateway_id = ?
        ORDER BY id DESC
        LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(permit(found)) : Optional.empty();
      }
    }
  }

  private Permit permit(ResultSet found) throws SQLException {
    return new Permit(
        found.getLong(1),
        found.getString(2),
        times.get(found, 3),
        times.get(found, 4),
        times.optional(found, 5),
        times.optional(found, 6),
        times.optional(found, 7),
        Optional.ofNullable(found.getString(8)),
        Optional.ofNullable(found.getString(9)),
        times.optional(found, 10),
        times.optional(found, 11),
        times.optional(found, 12),
        found.getLong(13));
  }

  /** Grants one; those granted before don't count any more. */
  void grant(
      Connection connection,
      Gateway gateway,
      String by,
      Instant expires,
      Optional<Instant> from,
      Optional<Instant> before)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_permit
          (gateway_id, granted_by, granted, expires, span_from, span_before)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setString(2, by);
      times.set(insert, 3, now());
      times.set(insert, 4, expires);
      set(insert, 5, from);
      set(insert, 6, before);
      insert.executeUpdate();
    }
  }

  private void set(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    if (time.isPresent()) {
      times.set(statement, index, time.get());
    } else {
      statement.setNull(index, Types.TIMESTAMP);
    }
  }

  /** Takes the one back that holds now; whether there was one. */
  boolean revoke(Connection connection, Gateway gateway) throws SQLException {
    Optional<Permit> permit = inForce(connection, gateway);
    if (permit.isEmpty()) {
      return false;
    }
    note(connection, permit.get(), "revoked = ?");
    return true;
  }

  /** From now on it is for this machine alone. */
  void bind(Connection connection, Permit permit, String machine, String hostname)
      throws SQLException {
    String sql = "UPDATE tributary_permit SET machine = ?, hostname = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, machine);
      update.setString(2, hostname);
      update.setLong(3, permit.id());
      update.executeUpdate();
    }
  }

  /** A machine begins to read. */
  void begin(Connection connection, Permit permit) throws SQLException {
    if (permit.begun().isEmpty()) {
      note(connection, permit, "begun = ?");
    }
  }

  /** Rows were given away. */
  void gave(Connection connection, Permit permit, long rows) throws SQLException {
    String sql =
        "UPDATE tributary_permit SET last_used = ?, row_count = row_count + ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      update.setLong(2, rows);
      update.setLong(3, permit.id());
      update.executeUpdate();
    }
  }

  /** The gateway has all that it may read. */
  void finish(Connection connection, Permit permit) throws SQLException {
    note(connection, permit, "finished = ?");
  }

  private void note(Connection connection, Permit permit, String what) throws SQLException {
    String sql = "UPDATE tributary_permit SET %s WHERE id = ?".formatted(what);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      update.setLong(2, permit.id());
      update.executeUpdate();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
