package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.Engine;
import org.tributary.store.fleet.FleetGateway.House;
import org.tributary.store.fleet.FleetGateway.PermitInForce;
import org.tributary.store.report.Query;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.Window;

/**
 * What central's books say of all gateways, one query a question and none a gateway. Stateless;
 * runs in its caller's connection.
 */
record FleetBooks(Engine engine) {

  /** A gateway as it greeted last. */
  record Entry(
      long key,
      String name,
      String hostname,
      String version,
      Instant first,
      Instant last,
      long offsetMillis,
      Optional<Instant> compared,
      Optional<String> stopped) {
    Entry {
      requireNonNull(name);
      requireNonNull(hostname);
      requireNonNull(version);
      requireNonNull(first);
      requireNonNull(last);
      requireNonNull(compared);
      requireNonNull(stopped);
    }
  }

  List<Entry> gateways(Connection connection) throws SQLException {
    return query(
            """
            SELECT id, name, hostname, version, first_contact, last_contact, clock_offset,
              compared, stopped_why
            FROM tributary_gateway
            ORDER BY name
            """)
        .all(
            connection,
            row ->
                new Entry(
                    row.number(1),
                    row.text(2).orElse(""),
                    row.text(3).orElse(""),
                    row.text(4).orElse(""),
                    row.time(5),
                    row.time(6),
                    row.number(7),
                    row.maybeTime(8),
                    row.text(9)));
  }

  /** The houses that are matched with a gateway's. */
  Map<Long, List<House>> houses(Connection connection) throws SQLException {
    Map<Long, List<House>> houses = new HashMap<>();
    query(
            """
            SELECT m.gateway_id, h.@id, h.@address
            FROM tributary_mapping m
            JOIN @House h ON h.@id = m.central_id
            WHERE m.table_name = 'House' AND m.in_force
            ORDER BY h.@address, h.@id
            """)
        .all(
            connection,
            row -> {
              House house = new House(row.number(2), named(row.text(3), row.number(2)));
              List<House> its = houses.computeIfAbsent(row.number(1), gateway -> new ArrayList<>());
              return its.contains(house) || its.add(house);
            });
    return houses;
  }

  static String named(Optional<String> address, long house) {
    return address.filter(text -> !text.isBlank()).orElse("House " + house);
  }

  /** How far the lanes of readings have come. */
  Map<Long, Map<Lane, Position>> positions(Connection connection) throws SQLException {
    Map<Long, Map<Lane, Position>> positions = new HashMap<>();
    query(
            """
            SELECT gateway_id, lane, position
            FROM tributary_position
            WHERE table_name = 'Reading' AND lane IN ('LIVE', 'HISTORY')
            """)
        .all(
            connection,
            row ->
                positions
                    .computeIfAbsent(row.number(1), gateway -> new EnumMap<>(Lane.class))
                    .put(
                        Lane.valueOf(row.text(2).orElseThrow()),
                        row.maybePosition(3).orElseThrow()));
    return positions;
  }

  /**
   * What a gateway said last that it has and that is not here, of both series.
   *
   * @param rows that were not here, or were others
   * @param firstHour of the oldest day that has some, in hours since 1970 UTC
   */
  record Missing(long rows, long firstHour) {
    static final Missing NOTHING = new Missing(0, Long.MAX_VALUE);

    private Missing plus(Missing other) {
      return new Missing(rows + other.rows, Math.min(firstHour, other.firstHour));
    }

    /** The first moment that the oldest of them can be of. */
    Optional<Instant> oldest() {
      return rows == 0 ? Optional.empty() : Optional.of(new Window(null, firstHour, 1).from());
    }
  }

  Map<Long, Missing> missing(Connection connection) throws SQLException {
    Map<Long, Missing> missing = new HashMap<>();
    // Summed up here: grouped, an engine goes through the whole table in the order of its key.
    query("SELECT gateway_id, missing, first_hour FROM tributary_claim WHERE missing > 0")
        .all(
            connection,
            row ->
                missing.merge(
                    row.number(1), new Missing(row.number(2), row.number(3)), Missing::plus));
    return missing;
  }

  /** What gateways said last of their readings of some days. */
  Map<Long, List<ClaimedDay>> days(Connection connection, Window span) throws SQLException {
    Map<Long, List<ClaimedDay>> days = new HashMap<>();
    query(
            """
            SELECT c.gateway_id, c.first_hour, c.row_count, c.missing, c.noticed
            FROM tributary_gateway g
            CROSS JOIN tributary_claim c
            WHERE c.gateway_id = g.id AND c.table_name = 'Reading' AND c.first_hour >= ? AND c.first_hour < ?
            """)
        .with(span.hour())
        .with(span.endHour())
        .all(
            connection,
            row ->
                days.computeIfAbsent(row.number(1), gateway -> new ArrayList<>())
                    .add(new ClaimedDay(row.number(2), row.number(3), row.number(4), row.time(5))));
    return days;
  }

  /**
   * How many readings of a gateway's nodes are here, by first hour of the day, as noted when they
   * were looked at last. A node that two gateways have counts for both.
   */
  Map<Long, Map<Long, Long>> present(Connection connection, Window span) throws SQLException {
    record Noted(long gateway, long hour, long node) {}
    Map<Noted, Long> counts = new HashMap<>();
    // The same rows may be noted several times, in the numbers of several gateways.
    query(
            """
            SELECT m.gateway_id, d.first_hour, d.node_id, d.column_set, SUM(d.row_count)
            FROM tributary_digest d
            JOIN tributary_mapping m ON m.table_name = 'Node' AND m.central_id = d.node_id
            WHERE d.table_name = 'Reading' AND d.first_hour >= ? AND d.first_hour < ?
              AND m.in_force
            GROUP BY m.gateway_id, d.first_hour, d.node_id, d.column_set
            """)
        .with(span.hour())
        .with(span.endHour())
        .all(
            connection,
            row ->
                counts.merge(
                    new Noted(row.number(1), row.number(2), row.number(3)),
                    row.number(5),
                    Math::max));
    Map<Long, Map<Long, Long>> present = new HashMap<>();
    counts.forEach(
        (noted, rows) ->
            present
                .computeIfAbsent(noted.gateway(), gateway -> new HashMap<>())
                .merge(noted.hour(), rows, Long::sum));
    return present;
  }

  /** How many rows of a gateway are set aside, by rule. */
  Map<Long, Map<Rule, Long>> setAside(Connection connection) throws SQLException {
    Map<Long, Map<Rule, Long>> counts = new HashMap<>();
    query(
            """
            SELECT gateway_id, rule, COUNT(*)
            FROM tributary_setaside
            GROUP BY gateway_id, rule
            """)
        .all(
            connection,
            row ->
                counts
                    .computeIfAbsent(row.number(1), gateway -> new EnumMap<>(Rule.class))
                    .put(Rule.valueOf(row.text(2).orElseThrow()), row.number(3)));
    return counts;
  }

  /** How many readings are set aside under times of some days, by day. */
  Map<Long, Map<LocalDate, Long>> setAside(Connection connection, Window span) throws SQLException {
    Map<Long, Map<LocalDate, Long>> counts = new HashMap<>();
    query(
            """
            SELECT gateway_id, @day(row_time), COUNT(*)
            FROM tributary_setaside
            WHERE table_name = 'Reading' AND row_time >= ? AND row_time < ?
            GROUP BY gateway_id, @day(row_time)
            """)
        .with(span.from())
        .with(span.to())
        .all(
            connection,
            row ->
                counts
                    .computeIfAbsent(row.number(1), gateway -> new TreeMap<>())
                    .put(row.day(2), row.number(3)));
    return counts;
  }

  /** The permissions that are in force; of several of a gateway the newest counts. */
  Map<Long, PermitInForce> permits(Connection connection, Instant now) throws SQLException {
    record Found(long gateway, PermitInForce permit, Optional<Instant> revoked) {}
    Map<Long, PermitInForce> permits = new HashMap<>();
    for (Found each :
        query(
                """
                SELECT p.gateway_id, p.granted_by, p.expires, p.begun, p.finished, p.revoked
                FROM tributary_permit p
                WHERE p.id IN (SELECT MAX(id) FROM tributary_permit GROUP BY gateway_id)
                """)
            .all(
                connection,
                row ->
                    new Found(
                        row.number(1),
                        new PermitInForce(
                            row.text(2).orElse(""),
                            row.time(3),
                            row.maybeTime(4).isPresent(),
                            row.maybeTime(5).isPresent()),
                        row.maybeTime(6)))) {
      if (each.revoked().isEmpty() && each.permit().expires().isAfter(now)) {
        permits.put(each.gateway(), each.permit());
      }
    }
    return permits;
  }

  private Query query(String text) {
    return new Query(engine, text);
  }
}
