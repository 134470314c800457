package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** Which nodes are heard now, and by way of which others. */
public record RadioNetwork(Database database, Clock clock) {

  private static final Duration NOW = Duration.ofMinutes(7);

  /** Readings of this type say how many hops lie between a node and its base. */
  private static final long HOPS = 1001;

  /** A base station of the original laboratory, whose nodes are shown elsewhere. */
  private static final long LABORATORY = 4252;

  /**
   * A node that is heard.
   *
   * @param states how many states it has sent
   * @param parent the node that passes them on, as its newest state says
   * @param depth hops to the base, or 0 if it doesn't say
   */
  public record Heard(long node, long states, Optional<Long> parent, double depth) {}

  public List<Heard> nodes() throws StoreException {
    Instant since = clock.instant().minus(NOW);
    return database.read(
        connection -> {
          Map<Long, Double> depths = depths(connection, since);
          Map<Long, Heard> heard = new TreeMap<>();
          for (State state : states(connection, since)) {
            Heard before = heard.get(state.node());
            heard.put(
                state.node(),
                new Heard(
                    state.node(),
                    before == null ? 1 : before.states() + 1,
                    state.parent(),
                    depths.getOrDefault(state.node(), 0.0)));
          }
          List<Heard> nodes = new ArrayList<>(heard.values());
          nodes.removeIf(node -> node.parent().filter(id -> id == LABORATORY).isPresent());
          return nodes;
        });
  }

  private record State(long node, Optional<Long> parent) {}

  private List<State> states(Connection connection, Instant since) throws SQLException {
    return new Query(
            database.engine(),
            """
            SELECT @nodeId, @parent
            FROM @NodeState
            WHERE @time >= ?
            ORDER BY @time, @seq_num
            """)
        .with(since)
        .all(connection, row -> new State(row.number(1), row.maybeNumber(2)));
  }

  private Map<Long, Double> depths(Connection connection, Instant since) throws SQLException {
    Map<Long, Double> depths = new TreeMap<>();
    new Query(
            database.engine(),
            """
            SELECT @nodeId, AVG(@value)
            FROM @Reading
            WHERE @time >= ?
              AND @type = ?
              AND @value IS NOT NULL
            GROUP BY @nodeId
            """)
        .with(since)
        .with(HOPS)
        .all(connection, row -> depths.put(row.number(1), row.real(2) + 1));
    return depths;
  }
}
