package org.tributary.store.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;

/** Keys of gateways and programs. Stateless: they stand in {@code tributary_key}. */
final class Keys {

  /** What is compared with where there is no such key, so that it takes as long. */
  private static final String NO_HASH = Credential.hash("");

  private static final Duration HOUR = Duration.ofHours(1);

  private static final String COLUMNS =
      "key_id, role, holder, created, created_by, expires, first_used, last_used, revoked,"
          + " revoked_why";

  private final SqlTimes times;
  private final Clock clock;

  Keys(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Whose key this is, if it is one that holds. Finds it by its id and compares hashes. */
  Optional<Key> find(Connection connection, Credential shown) throws SQLException {
    String sql = "SELECT " + COLUMNS + ", secret_hash FROM tributary_key WHERE key_id = ?";
    Key key = null;
    String kept = NO_HASH;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, shown.id());
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          key = key(found);
          kept = found.getString(11);
        }
      }
    }
    boolean isIt = shown.isOf(kept);
    return Optional.ofNullable(key).filter(it -> isIt && it.isInForce(clock.instant()));
  }

  /** Whether a use of it has to be noted: the first, and one an hour. */
  boolean isWorthNoting(Key key) {
    return key.lastUsed().isEmpty()
        || key.lastUsed().get().isBefore(clock.instant().minus(HOUR))
        || key.lastUsed().get().isAfter(clock.instant().plus(HOUR)); // a clock was set
  }

  /**
   * Notes that it was used. The first time, a gateway has it for certain: the ones before end.
   *
   * @return how many ended
   */
  int used(Connection connection, Key key) throws SQLException {
    String sql =
        "UPDATE tributary_key SET first_used = COALESCE(first_used, ?), last_used = ?"
            + " WHERE key_id = ?";
    Instant now = now();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now);
      times.set(update, 2, now);
      update.setString(3, key.id());
      update.executeUpdate();
    }
    return key.role() == Role.GATEWAY && key.firstUsed().isEmpty()
        ? end(connection, Role.GATEWAY, key.holder(), key.id(), "another one is in use")
        : 0;
  }

  /** Keeps a gateway's new key beside the one it has; any other that it never used is dropped. */
  void add(Connection connection, String gateway, Enrolment enrolment, String by)
      throws SQLException {
    String sql =
        "DELETE FROM tributary_key WHERE role = ? AND holder = ? AND first_used IS NULL"
            + " AND key_id <> ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, Role.GATEWAY.name());
      delete.setString(2, gateway);
      delete.setString(3, enrolment.keyId());
      delete.executeUpdate();
    }
    insert(
        connection,
        Role.GATEWAY,
        gateway,
        enrolment.keyId(),
        enrolment.secretHash(),
        Optional.empty(),
        by);
  }

  void insert(
      Connection connection,
      Role role,
      String holder,
      String id,
      String hash,
      Optional<Instant> expires,
      String by)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_key
          (key_id, secret_hash, role, holder, created, created_by, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, id);
      insert.setString(2, hash);
      insert.setString(3, role.name());
      insert.setString(4, holder);
      times.set(insert, 5, now());
      insert.setString(6, by);
      if (expires.isPresent()) {
        times.set(insert, 7, expires.get());
      } else {
        insert.setNull(7, Types.TIMESTAMP);
      }
      insert.executeUpdate();
    }
  }

  /** Whether there is one of that id and hash that holds: it was added before. */
  boolean isThere(Connection connection, Enrolment enrolment, String gateway) throws SQLException {
    String sql =
        "SELECT secret_hash FROM tributary_key WHERE key_id = ? AND role = ? AND holder = ?"
            + " AND revoked IS NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, enrolment.keyId());
      select.setString(2, Role.GATEWAY.name());
      select.setString(3, gateway);
      try (ResultSet found = select.executeQuery()) {
        return found.next() && Credential.sameHash(found.getString(1), enrolment.secretHash());
      }
    }
  }

  /** Whether there ever was one of that id: an id is used once. */
  boolean isKnown(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM tributary_key WHERE key_id = ?")) {
      select.setString(1, id);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /**
   * Takes back all keys of a holder but one.
   *
   * @param except the id of the one that stays; null for none
   * @return how many there were
   */
  int end(Connection connection, Role role, String holder, @Nullable String except, String why)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_key
        SET revoked = ?, revoked_why = ?
        WHERE role = ? AND holder = ? AND revoked IS NULL AND key_id <> ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now());
      update.setString(2, why);
      update.setString(3, role.name());
      update.setString(4, holder);
      update.setString(5, except == null ? "" : except);
      return update.executeUpdate();
    }
  }

  /** All of them, of a holder in the order in which they were made. */
  List<Key> all(Connection connection) throws SQLException {
    String sql = "SELECT " + COLUMNS + " FROM tributary_key ORDER BY holder, created, key_id";
    List<Key> keys = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        keys.add(key(found));
      }
    }
    return keys;
  }

  private Key key(ResultSet found) throws SQLException {
    return new Key(
        found.getString(1),
        Role.valueOf(found.getString(2)),
        found.getString(3),
        times.get(found, 4),
        found.getString(5),
        times.optional(found, 6),
        times.optional(found, 7),
        times.optional(found, 8),
        times.optional(found, 9),
        Optional.ofNullable(found.getString(10)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
