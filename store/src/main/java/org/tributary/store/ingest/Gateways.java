package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;

/** The gateways that have ever greeted. Stateless: it stands in {@code tributary_gateway}. */
final class Gateways {

  /** All clients of the REST interface together: they don't say who they are. */
  static final GatewayId REST = new GatewayId("rest");

  private final Engine engine;
  private final SqlTimes times;
  private final Clock clock;

  Gateways(Engine engine, Clock clock) {
    this.engine = engine;
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Notes a greeting, the first or a further one. */
  Gateway note(Connection connection, Greeting greeting) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Gateway> known = find(connection, greeting.gateway());
    if (known.isPresent()) {
      update(connection, known.get(), greeting, now);
    } else {
      insert(connection, greeting, now);
    }
    return find(connection, greeting.gateway()).orElseThrow();
  }

  /** The entry of the REST interface's clients, in touch now and locked until the commit. */
  Gateway noteRest(Connection connection) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<Gateway> known = lock(connection, REST);
    if (known.isEmpty()) {
      insertRest(connection, now);
      return lock(connection, REST).orElseThrow();
    }
    String sql = "UPDATE tributary_gateway SET last_contact = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      times.set(update, 1, now);
      update.setInt(2, known.get().key());
      update.executeUpdate();
    }
    return known.get();
  }

  // Two first uploads may come at once.
  private void insertRest(Connection connection, Instant now) throws SQLException {
    String sql =
        engine.insertNewOnly(
            """
            INSERT INTO tributary_gateway
              (name, machine, hostname, version, clock_offset, first_contact, last_contact)
            VALUES (?, '', 'all REST clients', '', 0, ?, ?)
            """,
            List.of("name"));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, REST.value());
      times.set(insert, 2, now);
      times.set(insert, 3, now);
      insert.executeUpdate();
    }
  }

  /**
   * The gateway of that name, kept as it is until the commit by whoever stores rows of its series:
   * several do so at once, and none while somebody has {@link #lock locked} it.
   */
  Optional<Gateway> share(Connection connection, GatewayId id) throws SQLException {
    return select(connection, id, engine.forShare());
  }

  /** The gateway of that name, locked until the commit: nothing else of its is stored meanwhile. */
  Optional<Gateway> lock(Connection connection, GatewayId id) throws SQLException {
    return select(connection, id, engine.forUpdate());
  }

  /**
   * Makes all that match metadata wait for each other until the commit: of two gateways that bring
   * the same new house at the same time, the second must find the first one's.
   */
  static void lockMatching(Connection connection, Engine engine) throws SQLException {
    // Any row would do that is always the same and that readings don't refer to.
    String sql = "SELECT id FROM tributary_gateway ORDER BY id LIMIT 1" + engine.forUpdate();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.executeQuery().close();
    }
  }

  Optional<Gateway> find(Connection connection, GatewayId id) throws SQLException {
    return select(connection, id, "");
  }

  /** Whether a gateway has begun a push since some time. */
  boolean hasGreetedSince(Connection connection, Gateway gateway, Instant time)
      throws SQLException {
    return all(connection, Instant.EPOCH).stream()
        .filter(status -> status.gateway().equals(gateway.id()))
        .anyMatch(status -> status.lastContact().isAfter(time));
  }

  /** Why a gateway is refused until somebody decides, if it is. */
  Optional<String> stopped(Connection connection, GatewayId id) throws SQLException {
    return all(connection, Instant.EPOCH).stream()
        .filter(status -> status.gateway().equals(id))
        .findFirst()
        .flatMap(GatewayStatus::stopped);
  }

  /** What is known of each gateway, without its tables, by name. */
  List<GatewayStatus> all(Connection connection, Instant trustedUntil) throws SQLException {
    String sql =
        """
        SELECT name, hostname, version, first_contact, last_contact, clock_offset, stopped_why
        FROM tributary_gateway
        ORDER BY name
        """;
    List<GatewayStatus> all = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        all.add(
            new GatewayStatus(
                new GatewayId(found.getString(1)),
                found.getString(2),
                found.getString(3),
                times.get(found, 4),
                times.get(found, 5),
                found.getLong(6),
                trustedUntil,
                List.of(),
                Map.of(),
                Optional.ofNullable(found.getString(7)),
                0));
      }
    }
    return all;
  }

  private Optional<Gateway> select(Connection connection, GatewayId id, String lock)
      throws SQLException {
    String sql = "SELECT id, stopped IS NOT NULL FROM tributary_gateway WHERE name = ?" + lock;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, id.value());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? Optional.of(new Gateway(found.getInt(1), id, found.getBoolean(2)))
            : Optional.empty();
      }
    }
  }

  private void insert(Connection connection, Greeting greeting, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO tributary_gateway
          (name, machine, hostname, version, clock_offset, merge_terms, first_contact, last_contact)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, greeting.gateway().value());
      bind(insert, 2, greeting, now);
      times.set(insert, 7, now);
      times.set(insert, 8, now);
      insert.executeUpdate();
    }
  }

  private void update(Connection connection, Gateway gateway, Greeting greeting, Instant now)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_gateway
        SET machine = ?, hostname = ?, version = ?, clock_offset = ?, merge_terms = ?,
          last_contact = ?
        WHERE id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, 1, greeting, now);
      times.set(update, 6, now);
      update.setInt(7, gateway.key());
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int from, Greeting greeting, Instant now)
      throws SQLException {
    statement.setString(from, greeting.machine());
    statement.setString(from + 1, greeting.hostname());
    statement.setString(from + 2, greeting.version());
    statement.setLong(from + 3, Duration.between(now, greeting.now()).toMillis());
    statement.setString(from + 4, Terms.kept(greeting.terms()));
  }
}
