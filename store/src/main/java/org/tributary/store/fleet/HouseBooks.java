package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.completeness.Unmatched;
import org.tributary.store.report.Query;
import org.tributary.wire.Backlog;
import org.tributary.wire.Window;

/**
 * What central's books say of the days of some houses. Stateless; runs in its caller's connection.
 *
 * @param houses some, by central's numbers
 */
record HouseBooks(Engine engine, Collection<Long> houses) {

  /** A node's day in a house, as it was counted last. */
  record NodeInHouse(long house, long node, long hour) {}

  /** How many readings there were, a sum that changes with them, and whether that still holds. */
  record Counted(long rows, long sum, boolean isStale) {
    static final Counted NONE = new Counted(0, 0, false);

    /** Both together: of one node and day at two places of a house. */
    Counted plus(Counted other) {
      return new Counted(rows + other.rows, sum + other.sum, isStale || other.isStale);
    }
  }

  /** The counts of some days, by node; of a day that was counted several times one that holds. */
  Map<NodeInHouse, Counted> counted(Connection connection, Window span) throws SQLException {
    Map<Long, Long> houseOf = new HashMap<>();
    query("SELECT @id, @houseId FROM @Location WHERE @houseId IN (%s)")
        .all(connection, row -> houseOf.put(row.number(1), row.number(2)));
    String nodes =
        nodes(connection).stream().map(String::valueOf).collect(Collectors.joining(", "));
    record Noted(NodeInHouse at, long columns) {}
    Map<Noted, Counted> noted = new HashMap<>();
    if (nodes.isEmpty()) {
      return Map.of();
    }
    new Query(
            engine,
            """
            SELECT place, node_id, first_hour, column_set, row_count, row_sum,
              CASE WHEN stale THEN 1 ELSE 0 END
            FROM tributary_digest
            WHERE table_name = 'Reading' AND first_hour >= ? AND first_hour < ?
              AND node_id IN (%s)
            """
                .formatted(nodes))
        .with(span.hour())
        .with(span.endHour())
        .all(
            connection,
            row -> {
              Long house = houseOf.get(row.number(1));
              return house == null
                  ? Counted.NONE
                  : noted.merge(
                      new Noted(
                          new NodeInHouse(house, row.number(2), row.number(3)), row.number(4)),
                      new Counted(row.number(5), row.number(6), row.number(7) != 0),
                      Counted::plus);
            });
    Map<NodeInHouse, Counted> counted = new HashMap<>();
    noted.forEach((each, what) -> counted.merge(each.at(), what, HouseBooks::better));
    return counted;
  }

  /** The nodes that these houses, or their gateways, have or had. */
  private List<Long> nodes(Connection connection) throws SQLException {
    return query(
            """
            SELECT n.@id
            FROM @Location l
            JOIN @Node n ON n.@locationId = l.@id
            WHERE l.@houseId IN (%1$s)
            UNION
            SELECT m.central_id
            FROM tributary_mapping m
            WHERE m.table_name = 'Node' AND m.gateway_id IN (
              SELECT h.gateway_id
              FROM tributary_mapping h
              WHERE h.table_name = 'House' AND h.central_id IN (%1$s))
            """)
        .all(connection, row -> row.number(1));
  }

  private static Counted better(Counted one, Counted other) {
    if (one.isStale() != other.isStale()) {
      return one.isStale() ? other : one;
    }
    return one.rows() >= other.rows() ? one : other;
  }

  /** A node that is registered in a house now. */
  record Registered(long house, long node) {}

  List<Registered> registered(Connection connection) throws SQLException {
    return query(
            """
            SELECT l.@houseId, n.@id
            FROM @Location l
            JOIN @Node n ON n.@locationId = l.@id
            WHERE l.@houseId IN (%s)
            """)
        .all(connection, row -> new Registered(row.number(1), row.number(2)));
  }

  /**
   * When houses began and ended.
   *
   * @param start where it says so
   * @param end where it says so
   * @param first the time of the first reading that was taken there
   */
  record Ends(Optional<Instant> start, Optional<Instant> end, Optional<Instant> first) {
    Ends {
      requireNonNull(first);
      requireNonNull(start);
      requireNonNull(end);
    }
  }

  Map<Long, Ends> ends(Connection connection) throws SQLException {
    Map<Long, Ends> ends = new HashMap<>();
    query(
            """
            SELECT h.@id, h.@startDate, h.@endDate, MIN(at.began)
            FROM @House h
            LEFT JOIN (
              SELECT l.@houseId house, (
                SELECT MIN(r.@time) FROM @Reading r WHERE r.@locationId = l.@id) began
              FROM @Location l
              WHERE l.@houseId IN (%1$s)) at
              ON at.house = h.@id
            WHERE h.@id IN (%1$s)
            GROUP BY h.@id, h.@startDate, h.@endDate
            """)
        .all(
            connection,
            row ->
                ends.put(
                    row.number(1), new Ends(row.maybeTime(2), row.maybeTime(3), row.maybeTime(4))));
    return ends;
  }

  /**
   * A gateway that a house is known from.
   *
   * @param key by which its claims are found
   * @param houses how many houses it has in all
   */
  record Teller(long house, long key, Instant heard, Backlog backlog, long houses) {
    Teller {
      requireNonNull(heard);
      requireNonNull(backlog);
    }
  }

  List<Teller> tellers(Connection connection) throws SQLException {
    return query(
            """
            SELECT DISTINCT m.central_id, g.id, g.last_contact, p.position,
              (SELECT COUNT(DISTINCT o.central_id) FROM tributary_mapping o
               WHERE o.gateway_id = g.id AND o.table_name = 'House' AND o.in_force)
            FROM tributary_mapping m
            JOIN tributary_gateway g ON g.id = m.gateway_id
            LEFT JOIN tributary_position p
              ON p.gateway_id = g.id AND p.table_name = 'Reading' AND p.lane = 'HISTORY'
            WHERE m.table_name = 'House' AND m.in_force AND m.central_id IN (%s)
            """)
        .all(
            connection,
            row ->
                new Teller(
                    row.number(1), row.number(2), row.time(3), row.backlog(4), row.number(5)));
  }

  /** What the gateways of these houses said last of some days, by gateway and first hour. */
  Map<Long, Map<Long, ClaimedDay>> claims(Connection connection, Window span) throws SQLException {
    Map<Long, Map<Long, ClaimedDay>> claims = new HashMap<>();
    query(
            """
            SELECT c.gateway_id, c.first_hour, c.row_count, c.missing, c.noticed
            FROM tributary_claim c
            WHERE c.table_name = 'Reading' AND c.first_hour >= ? AND c.first_hour < ?
              AND c.gateway_id IN (
                SELECT m.gateway_id
                FROM tributary_mapping m
                WHERE m.table_name = 'House' AND m.in_force AND m.central_id IN (%s))
            """)
        .with(span.hour())
        .with(span.endHour())
        .all(
            connection,
            row ->
                claims
                    .computeIfAbsent(row.number(1), gateway -> new HashMap<>())
                    .put(
                        row.number(2),
                        new ClaimedDay(row.number(2), row.number(3), row.number(4), row.time(5))));
    return claims;
  }

  /** Readings that a gateway said last that it has of a node's day, and that are not here. */
  record Missing(long gateway, long node, long hour, long rows) {}

  List<Missing> missing(Connection connection, Window span) throws SQLException {
    return query(
            """
            SELECT w.gateway_id, n.central_id, w.first_hour, w.row_count
            FROM tributary_missing w
            JOIN tributary_mapping n
              ON n.gateway_id = w.gateway_id AND n.table_name = 'Node' AND n.local_id = w.node_id
            WHERE w.table_name = 'Reading' AND w.first_hour >= ? AND w.first_hour < ?
              AND w.gateway_id IN (
                SELECT m.gateway_id
                FROM tributary_mapping m
                WHERE m.table_name = 'House' AND m.in_force AND m.central_id IN (%s))
            """)
        .with(span.hour())
        .with(span.endHour())
        .all(
            connection,
            row -> new Missing(row.number(1), row.number(2), row.number(3), row.number(4)));
  }

  /** Readings that are set aside under times of a node's day. */
  record Aside(long node, long hour, long rows) {}

  List<Aside> setAside(Connection connection, Window span) throws SQLException {
    return query(
            """
            SELECT COALESCE(n.central_id, s.node_id), @day(s.row_time), COUNT(*)
            FROM tributary_setaside s
            JOIN tributary_gateway g ON g.id = s.gateway_id
            LEFT JOIN tributary_mapping n
              ON n.gateway_id = s.gateway_id AND n.table_name = 'Node' AND n.local_id = s.node_id
            WHERE s.table_name = 'Reading' AND s.node_id IS NOT NULL
              AND s.row_time >= ? AND s.row_time < ?
              -- REST clients speak in central's ids; of others' nodes nobody knows yet where they are
              AND (n.central_id IS NOT NULL OR g.name = 'rest')
            GROUP BY COALESCE(n.central_id, s.node_id), @day(s.row_time)
            """)
        .with(span.from())
        .with(span.to())
        .all(
            connection,
            row -> new Aside(row.number(1), row.day(2).toEpochDay() * Window.DAY, row.number(3)));
  }

  /** The same of nodes that nobody has matched yet. */
  List<Unmatched.Rows> unmatched(Connection connection, Window span) throws SQLException {
    return new Unmatched(engine).within(connection, houses, span.from(), span.to());
  }

  private Query query(String text) {
    String all = houses.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Query(engine, text.formatted(all));
  }
}
