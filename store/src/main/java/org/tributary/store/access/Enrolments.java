package org.tributary.store.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;

/** One-time codes. Stateless: they stand in {@code tributary_enrolment}. */
final class Enrolments {

  private final SqlTimes times;
  private final Clock clock;

  Enrolments(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Keeps a code; those that the gateway was given before don't count any more. */
  void add(Connection connection, EnrolmentCode code, String gateway, Instant expires, String by)
      throws SQLException {
    withdraw(connection, gateway);
    String sql =
        """
        INSERT INTO tributary_enrolment (code_hash, gateway, created, created_by, expires)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, code.hash());
      insert.setString(2, gateway);
      times.set(insert, 3, now());
      insert.setString(4, by);
      times.set(insert, 5, expires);
      insert.executeUpdate();
    }
  }

  /** Takes back all codes of a gateway, those too that were used: none can be used again. */
  void withdraw(Connection connection, String gateway) throws SQLException {
    String sql =
        "UPDATE tributary_enrolment SET withdrawn = ? WHERE gateway = ? AND withdrawn IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      update.setString(2, gateway);
      update.executeUpdate();
    }
  }

  /**
   * The gateway whose code this is, if it can be redeemed for that key: it was not used, or for
   * this very key. Used up and noted in the same moment, so that one of two that come at once goes
   * away with nothing.
   */
  Optional<String> redeem(Connection connection, EnrolmentCode code, Enrolment enrolment)
      throws SQLException {
    String take =
        """
        UPDATE tributary_enrolment
        SET redeemed = ?, key_id = ?
        WHERE code_hash = ? AND redeemed IS NULL AND withdrawn IS NULL AND expires > ?
        """;
    try (PreparedStatement update = connection.prepareStatement(take)) {
      times.set(update, 1, now());
      update.setString(2, enrolment.keyId());
      update.setString(3, code.hash());
      times.set(update, 4, now());
      update.executeUpdate();
    }
    String sql =
        "SELECT gateway FROM tributary_enrolment"
            + " WHERE code_hash = ? AND key_id = ? AND withdrawn IS NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, code.hash());
      select.setString(2, enrolment.keyId());
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
      }
    }
  }

  /** Those that can still be used. */
  List<OpenCode> open(Connection connection) throws SQLException {
    String sql =
        """
        SELECT gateway, created, created_by, expires
        FROM tributary_enrolment
        WHERE redeemed IS NULL AND withdrawn IS NULL AND expires > ?
        ORDER BY gateway
        """;
    List<OpenCode> open = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      times.set(select, 1, now());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          open.add(
              new OpenCode(
                  found.getString(1),
                  times.get(found, 2),
                  found.getString(3),
                  times.get(found, 4)));
        }
      }
    }
    return open;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
