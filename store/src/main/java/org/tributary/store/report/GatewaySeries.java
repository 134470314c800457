package org.tributary.store.report;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Backlog;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/** How far central has come with each series of a gateway, and what lies behind. Thread-safe. */
public record GatewaySeries(Database database) {

  /**
   * One series.
   *
   * @param reached the time of the newest row that came in order; empty if none did
   * @param leftBehind stretches that newer rows have overtaken and that are still to come, oldest
   *     first
   * @param differing how many rows were not here, or were others, when they were compared last
   * @param differingSince the day of the oldest of them; empty if none are known of
   */
  public record Series(
      Table table,
      Optional<Instant> reached,
      List<Backlog.Span> leftBehind,
      long differing,
      Optional<Instant> differingSince) {
    public Series {
      requireNonNull(table);
      requireNonNull(reached);
      leftBehind = List.copyOf(leftBehind);
      requireNonNull(differingSince);
    }
  }

  private record Differing(long rows, Optional<Instant> since) {}

  /** Readings and node states, also where nothing came yet. */
  public List<Series> of(String gateway) throws StoreException {
    return database.read(
        connection -> {
          List<Series> all = new ArrayList<>();
          for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
            all.add(
                series(
                    table,
                    positions(connection, gateway, table),
                    differing(connection, gateway, table)));
          }
          return all;
        });
  }

  private Map<Lane, Position> positions(Connection connection, String gateway, Table table)
      throws SQLException {
    Map<Lane, Position> positions = new EnumMap<>(Lane.class);
    query(
            """
            SELECT p.lane, p.position
            FROM tributary_position p
            JOIN tributary_gateway g ON g.id = p.gateway_id
            WHERE g.name = ? AND p.table_name = ? AND p.lane IN ('LIVE', 'HISTORY')
            """)
        .with(gateway)
        .with(table.name())
        .all(
            connection,
            row ->
                positions.put(
                    Lane.valueOf(row.text(1).orElseThrow()), row.maybePosition(2).orElseThrow()));
    return positions;
  }

  private Differing differing(Connection connection, String gateway, Table table)
      throws SQLException {
    return query(
            """
            SELECT SUM(c.missing), MIN(c.first_hour)
            FROM tributary_claim c
            JOIN tributary_gateway g ON g.id = c.gateway_id
            WHERE g.name = ? AND c.table_name = ? AND c.missing > 0
            """)
        .with(gateway)
        .with(table.name())
        .first(connection, GatewaySeries::differing)
        .orElse(new Differing(0, Optional.empty()));
  }

  private static Series series(Table table, Map<Lane, Position> positions, Differing differing) {
    return new Series(
        table,
        Optional.ofNullable(positions.get(Lane.LIVE)).flatMap(Position::time),
        Backlog.of(Optional.ofNullable(positions.get(Lane.HISTORY))).spans(),
        differing.rows(),
        differing.since());
  }

  private static Differing differing(Query.Row row) throws SQLException {
    long rows = row.number(1);
    return new Differing(
        rows,
        rows == 0 ? Optional.empty() : Optional.of(new Window(null, row.number(2), 1).from()));
  }

  private Query query(String text) {
    return new Query(database.engine(), text);
  }
}
