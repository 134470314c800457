package org.tributary.store.completeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;
import org.tributary.wire.Backlog;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;

/**
 * What central's bookkeeping says of readings that are not here. Stateless; runs in its caller's
 * connection.
 */
record Known(Engine engine) {

  private static final long HOURS_A_DAY = 24;

  /** A house, with the places in it and the nodes that are registered there. */
  record Place(HouseCompleteness.House house, List<Long> locations, Optional<Instant> ended) {}

  Optional<Place> place(Connection connection, long house) throws SQLException {
    List<Long> locations =
        query("SELECT @id FROM @Location WHERE @houseId = ? ORDER BY @id")
            .with(house)
            .all(connection, row -> row.number(1));
    return query(
            """
            SELECT h.@id, h.@address, d.@name, h.@endDate
            FROM @House h
            LEFT JOIN @Deployment d ON d.@id = h.@deploymentId
            WHERE h.@id = ?
            """)
        .with(house)
        .first(
            connection,
            row ->
                new Place(
                    new HouseCompleteness.House(row.number(1), row.text(2).orElse(""), row.text(3)),
                    locations,
                    row.maybeTime(4)));
  }

  /** The nodes that are registered in a house now. */
  List<Long> registered(Connection connection, long house) throws SQLException {
    return query(
            """
            SELECT n.@id
            FROM @Node n
            JOIN @Location l ON l.@id = n.@locationId
            WHERE l.@houseId = ?
            ORDER BY n.@id
            """)
        .with(house)
        .all(connection, row -> row.number(1));
  }

  /** The gateways that a house is known from, and what each left behind of a span. */
  List<GatewayReach> gateways(Connection connection, long house, Span span) throws SQLException {
    record Found(
        long key,
        String name,
        String version,
        Instant last,
        Optional<Position> position,
        Backlog behind) {}
    List<Found> all =
        query(
                """
                SELECT g.id, g.name, g.version, g.last_contact, p.position, b.position
                FROM tributary_gateway g
                JOIN tributary_mapping m ON m.gateway_id = g.id
                LEFT JOIN tributary_position p
                  ON p.gateway_id = g.id AND p.table_name = 'Reading' AND p.lane = 'LIVE'
                LEFT JOIN tributary_position b
                  ON b.gateway_id = g.id AND b.table_name = 'Reading' AND b.lane = 'HISTORY'
                WHERE m.table_name = 'House' AND m.central_id = ?
                ORDER BY g.name
                """)
            .with(house)
            .all(
                connection,
                row ->
                    new Found(
                        row.number(1),
                        row.text(2).orElse(""),
                        row.text(3).orElse(""),
                        row.time(4),
                        row.maybePosition(5),
                        row.backlog(6)));
    List<GatewayReach> gateways = new ArrayList<>();
    for (Found each : all) {
      long unsent =
          query("SELECT SUM(missing) FROM tributary_claim WHERE gateway_id = ? AND table_name = ?")
              .with(each.key())
              .with("Reading")
              .first(connection, row -> row.number(1))
              .orElse(0L);
      gateways.add(
          new GatewayReach(
              each.name(),
              each.version(),
              each.last(),
              each.position().flatMap(Position::time),
              unsent,
              within(span, each.behind())));
    }
    return gateways;
  }

  private static Backlog within(Span span, Backlog backlog) {
    return new Backlog(
        backlog.spans().stream().filter(each -> each.overlaps(span.from(), span.until())).toList());
  }

  /** A node's day. */
  record NodeAndDay(long node, LocalDate day) {}

  /** Readings that gateways said last that they have and that are not here, by node and day. */
  Map<NodeAndDay, Long> waiting(Connection connection, long house, Instant from, Instant until)
      throws SQLException {
    Map<NodeAndDay, Long> waiting = new HashMap<>();
    query(
            """
            SELECT COALESCE(n.central_id, w.node_id), w.first_hour, w.row_count
            FROM tributary_missing w
            JOIN tributary_mapping m ON m.gateway_id = w.gateway_id
            LEFT JOIN tributary_mapping n
              ON n.gateway_id = w.gateway_id AND n.table_name = 'Node' AND n.local_id = w.node_id
            WHERE m.table_name = 'House' AND m.central_id = ? AND w.table_name = 'Reading'
              AND w.first_hour > ? AND w.first_hour < ?
            """)
        .with(house)
        .with(Math.floorDiv(from.getEpochSecond(), 3_600L) - HOURS_A_DAY)
        .with(Math.floorDiv(until.getEpochSecond() + 3_599, 3_600L))
        .all(
            connection,
            row ->
                waiting.merge(
                    new NodeAndDay(
                        row.number(1),
                        LocalDate.ofEpochDay(Math.floorDiv(row.number(2), HOURS_A_DAY))),
                    row.number(3),
                    Long::sum));
    return waiting;
  }

  /** How many of the readings that a silence lacks are here without a location. */
  long unlocated(Connection connection, Silence silence) throws SQLException {
    String types = silence.types().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return query(
            """
            SELECT COUNT(*)
            FROM @Reading
            WHERE @nodeId = ? AND @time > ? AND @time < ? AND @locationId IS NULL
              AND @type IN (%s)
            """
                .formatted(types))
        .with(silence.node())
        .with(Micros.toInstant(silence.from()))
        .with(Micros.toInstant(silence.until()))
        .first(connection, row -> row.number(1))
        .orElse(0L);
  }

  /** Which gateway deleted how many of a node's readings of a silence, most first. */
  Map<String, Long> deleted(Connection connection, Silence silence) throws SQLException {
    Map<String, Long> deleted = new HashMap<>();
    query(
            """
            SELECT g.name, COUNT(*)
            FROM tributary_correction c
            JOIN tributary_gateway g ON g.id = c.gateway_id
            WHERE c.table_name = 'Reading' AND c.kind = 'DELETED'
              AND c.node_id = ? AND c.row_time > ? AND c.row_time < ?
            GROUP BY g.name
            """)
        .with(silence.node())
        .with(Micros.toInstant(silence.from()))
        .with(Micros.toInstant(silence.until()))
        .all(connection, row -> deleted.put(row.text(1).orElse(""), row.number(2)));
    return deleted;
  }

  /** How many of some nodes' readings of a stretch were edited or deleted after they were here. */
  long corrections(Connection connection, long node, Instant from, Instant until)
      throws SQLException {
    return query(
            """
            SELECT COUNT(*)
            FROM tributary_correction
            WHERE table_name = 'Reading' AND node_id = ? AND row_time >= ? AND row_time < ?
            """)
        .with(node)
        .with(from)
        .with(until)
        .first(connection, row -> row.number(1))
        .orElse(0L);
  }

  Query query(String text) {
    return new Query(engine, text);
  }
}
