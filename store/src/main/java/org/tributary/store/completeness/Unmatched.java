package org.tributary.store.completeness;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.report.Query;
import org.tributary.wire.Rule;

/**
 * Readings that are set aside of nodes that nobody has matched yet: they count to the house of
 * their gateway, where that has one alone. Of a gateway of several nobody knows whose they are.
 * Stateless; runs in its caller's connection.
 */
public record Unmatched(Engine engine) {

  /**
   * Those of a node's day.
   *
   * @param node by the gateway's own number
   */
  public record Rows(long house, long node, LocalDate day, Rule rule, long count) {
    public Rows {
      requireNonNull(day);
      requireNonNull(rule);
    }
  }

  private static final String FOUND =
      """
      FROM tributary_setaside s
      JOIN (
        SELECT gateway_id, MIN(central_id) AS house
        FROM tributary_mapping
        WHERE table_name = 'House' AND in_force
        GROUP BY gateway_id
        HAVING COUNT(DISTINCT central_id) = 1) m ON m.gateway_id = s.gateway_id
      LEFT JOIN tributary_mapping n
        ON n.gateway_id = s.gateway_id AND n.table_name = 'Node' AND n.local_id = s.node_id
      WHERE s.table_name = 'Reading' AND s.node_id IS NOT NULL AND n.central_id IS NULL
        AND m.house IN (%s) AND s.row_time >= ?
      """;

  /** Those of some houses under times of that stretch. */
  public List<Rows> within(
      Connection connection, Collection<Long> houses, Instant from, Instant until)
      throws SQLException {
    return query(
            "SELECT m.house, s.node_id, @day(s.row_time), s.rule, COUNT(*)\n"
                + FOUND
                + """
                  AND s.row_time < ?
                GROUP BY m.house, s.node_id, @day(s.row_time), s.rule
                """,
            houses)
        .with(from)
        .with(until)
        .all(
            connection,
            row ->
                new Rows(
                    row.number(1),
                    row.number(2),
                    row.day(3),
                    Rule.valueOf(row.text(4).orElseThrow()),
                    row.number(5)));
  }

  /** The earliest trusted time of one of a house; empty if there is none. */
  Optional<Instant> first(Connection connection, long house) throws SQLException {
    return query("SELECT MIN(s.row_time)\n" + FOUND, List.of(house))
        .with(Rule.EARLIEST_TRUSTED)
        .first(connection, row -> row.maybeTime(1))
        .flatMap(time -> time);
  }

  private Query query(String text, Collection<Long> houses) {
    String all = houses.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Query(engine, text.formatted(all));
  }
}
