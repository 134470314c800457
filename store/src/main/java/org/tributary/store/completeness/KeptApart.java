package org.tributary.store.completeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.completeness.Known.NodeAndDay;
import org.tributary.store.report.Query;
import org.tributary.wire.Micros;
import org.tributary.wire.Rule;

/**
 * Readings of a house's nodes that are set aside. Stateless; runs in its caller's connection.
 *
 * <p>A gateway's nodes and sensor types may have other numbers here; those that nobody matched
 * count as they stand.
 */
record KeptApart(Engine engine) {

  /** Readings that are kept apart, by the day they are of and by rule. */
  record Counts(Map<LocalDate, Map<Rule, Long>> days) {
    static final Counts NONE = new Counts(Map.of());

    Map<Rule, Long> byRule() {
      Map<Rule, Long> sums = new EnumMap<>(Rule.class);
      days.values()
          .forEach(counts -> counts.forEach((rule, rows) -> sums.merge(rule, rows, Long::sum)));
      return sums;
    }

    long on(LocalDate day) {
      return NodeDay.sum(days.getOrDefault(day, Map.of()));
    }
  }

  /** Those of nodes that are known here, under times of that stretch. */
  Map<NodeAndDay, Map<Rule, Long>> within(
      Connection connection, long house, Instant from, Instant until) throws SQLException {
    return counts(
        connection,
        query(
                """
                SELECT COALESCE(n.central_id, s.node_id), @day(s.row_time), s.rule, COUNT(*)
                FROM tributary_setaside s
                LEFT JOIN tributary_mapping n
                  ON n.gateway_id = s.gateway_id AND n.table_name = 'Node'
                  AND n.local_id = s.node_id
                WHERE s.gateway_id IN (
                    SELECT gateway_id FROM tributary_mapping
                    WHERE table_name = 'House' AND central_id = ?
                    UNION SELECT id FROM tributary_gateway WHERE name = 'rest')
                  AND s.table_name = 'Reading' AND s.node_id IS NOT NULL
                  AND s.row_time >= ? AND s.row_time < ?
                  AND (n.central_id IS NOT NULL
                    OR s.gateway_id IN (SELECT id FROM tributary_gateway WHERE name = 'rest'))
                GROUP BY COALESCE(n.central_id, s.node_id), @day(s.row_time), s.rule
                """)
            .with(house)
            .with(from)
            .with(until));
  }

  private static Map<NodeAndDay, Map<Rule, Long>> counts(Connection connection, Query query)
      throws SQLException {
    Map<NodeAndDay, Map<Rule, Long>> counts = new HashMap<>();
    query.all(
        connection,
        row ->
            counts
                .computeIfAbsent(
                    new NodeAndDay(row.number(1), row.day(2)), day -> new EnumMap<>(Rule.class))
                .merge(Rule.valueOf(row.text(3).orElseThrow()), row.number(4), Long::sum));
    return counts;
  }

  /** Those that fill a silence: of its node, its time and one of its sensors. */
  Counts filling(Connection connection, Silence silence) throws SQLException {
    Map<LocalDate, Map<Rule, Long>> days = new HashMap<>();
    query(
            """
            SELECT @day(s.row_time), s.rule, COUNT(*)
            FROM tributary_setaside s
            JOIN tributary_gateway g ON g.id = s.gateway_id
            LEFT JOIN tributary_mapping n
              ON n.gateway_id = s.gateway_id AND n.table_name = 'Node' AND n.local_id = s.node_id
            LEFT JOIN tributary_mapping t
              ON t.gateway_id = s.gateway_id AND t.table_name = 'SensorType'
              AND t.local_id = s.type_id
            WHERE s.table_name = 'Reading' AND s.node_id IN (%s)
              AND (s.type_id IS NULL OR COALESCE(t.central_id, s.type_id) IN (%s))
              AND COALESCE(n.central_id, CASE WHEN g.name = 'rest' THEN s.node_id END) = ? AND s.row_time > ? AND s.row_time < ?
            GROUP BY @day(s.row_time), s.rule
            """
                .formatted(told(connection, silence), numbers(silence.types())))
        .with(silence.node())
        .with(Micros.toInstant(silence.from()))
        .with(Micros.toInstant(silence.until()))
        .all(
            connection,
            row ->
                days.computeIfAbsent(row.day(1), day -> new EnumMap<>(Rule.class))
                    .put(Rule.valueOf(row.text(2).orElseThrow()), row.number(3)));
    return new Counts(days);
  }

  /** How many readings with untrusted times came from a node while it was silent. */
  long untrusted(Connection connection, Silence silence) throws SQLException {
    return query(
            """
            SELECT COUNT(*)
            FROM tributary_setaside s
            JOIN tributary_gateway g ON g.id = s.gateway_id
            LEFT JOIN tributary_mapping n
              ON n.gateway_id = s.gateway_id AND n.table_name = 'Node' AND n.local_id = s.node_id
            WHERE s.table_name = 'Reading' AND s.rule = 'CLOCK_UNTRUSTED' AND s.node_id IN (%s)
              AND COALESCE(n.central_id, CASE WHEN g.name = 'rest' THEN s.node_id END) = ? AND s.since > ? AND s.since < ?
            """
                .formatted(told(connection, silence)))
        .with(silence.node())
        .with(Micros.toInstant(silence.from()))
        .with(Micros.toInstant(silence.until()))
        .first(connection, row -> row.number(1))
        .orElse(0L);
  }

  /** What gateways call a silent node, so that an engine need not look at all rows for it. */
  private String told(Connection connection, Silence silence) throws SQLException {
    List<Long> told = new ArrayList<>(List.of(silence.node()));
    told.addAll(
        query("SELECT local_id FROM tributary_mapping WHERE table_name = 'Node' AND central_id = ?")
            .with(silence.node())
            .all(connection, row -> row.number(1)));
    return numbers(told);
  }

  private static String numbers(Iterable<Long> numbers) {
    List<String> texts = new ArrayList<>();
    numbers.forEach(number -> texts.add(String.valueOf(number)));
    return texts.stream().collect(Collectors.joining(", "));
  }

  private Query query(String text) {
    return new Query(engine, text);
  }
}
