package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tributary.store.DurationWords;
import org.tributary.store.Engine;
import org.tributary.store.fleet.FleetGateway.House;
import org.tributary.store.report.Query;
import org.tributary.wire.Window;

/** Nodes that say nothing while their gateway brings newer readings of others. */
record NodeProblems(Engine engine, List<FleetGateway> gateways, Instant now) {

  private static final Duration SILENT_LEAST = Duration.ofHours(3);
  private static final Duration SILENT_MOST = Duration.ofDays(1);

  /** So many readings in a row that did not come are not chance. */
  private static final int MISSED = 30;

  private static final int DAYS_OF_HABIT = 7;

  /**
   * A node that is registered in a house that has not ended.
   *
   * @param last the time of its newest reading; empty if it has none
   * @param aDay readings of its best day of late; 0 if none was counted
   */
  private record Node(String gateway, long id, House house, Optional<Instant> last, long aDay) {

    /** How long it may say nothing, by how often it does otherwise. */
    Duration patience() {
      if (aDay == 0) {
        return SILENT_MOST;
      }
      Duration missed = Duration.ofDays(1).multipliedBy(MISSED).dividedBy(aDay);
      if (missed.compareTo(SILENT_LEAST) < 0) {
        return SILENT_LEAST;
      }
      return missed.compareTo(SILENT_MOST) < 0 ? missed : SILENT_MOST;
    }

    boolean isSilent(Instant others) {
      return last.filter(time -> time.plus(patience()).isBefore(others)).isPresent();
    }
  }

  List<Problem> all(Connection connection) throws SQLException {
    Map<String, Instant> reached = new HashMap<>();
    for (FleetGateway each : gateways) {
      if (!Verdict.isSilent(each.contact(), now)) {
        each.proof().reached().ifPresent(time -> reached.put(each.name(), time));
      }
    }
    Map<String, List<Node>> silent = new TreeMap<>();
    for (Node node : nodes(connection)) {
      Instant others = reached.get(node.gateway());
      if (others != null && node.isSilent(others)) {
        silent.computeIfAbsent(node.gateway(), gateway -> new ArrayList<>()).add(node);
      }
    }
    List<Problem> all = new ArrayList<>();
    silent.forEach((gateway, nodes) -> all.add(problem(gateway, nodes)));
    return all;
  }

  private List<Node> nodes(Connection connection) throws SQLException {
    return new Query(
            engine,
            """
            SELECT g.name, n.@id, h.@id, h.@address,
              (SELECT MAX(r.@time) FROM @Reading r WHERE r.@nodeId = n.@id),
              (SELECT MAX(d.row_count) FROM tributary_digest d
               WHERE d.table_name = 'Reading' AND d.node_id = n.@id AND d.first_hour >= ?)
            FROM tributary_mapping m
            JOIN tributary_gateway g ON g.id = m.gateway_id
            JOIN @Node n ON n.@id = m.central_id
            JOIN @Location l ON l.@id = n.@locationId
            JOIN @House h ON h.@id = l.@houseId
            WHERE m.table_name = 'Node' AND m.in_force
              AND (h.@endDate IS NULL OR h.@endDate > ?)
            ORDER BY g.name, n.@id
            """)
        .with(Window.days(now.minus(Duration.ofDays(DAYS_OF_HABIT)), 1).hour())
        .with(now)
        .all(
            connection,
            row ->
                new Node(
                    row.text(1).orElse(""),
                    row.number(2),
                    new House(row.number(3), FleetBooks.named(row.text(4), row.number(3))),
                    row.maybeTime(5),
                    row.number(6)));
  }

  private Problem problem(String gateway, List<Node> nodes) {
    Instant since =
        nodes.stream().flatMap(node -> node.last().stream()).min(Instant::compareTo).orElse(now);
    String ids =
        nodes.stream().map(node -> String.valueOf(node.id())).collect(Collectors.joining(", "));
    return new Problem(
        ProblemKind.NODE_SILENT,
        "%s %s of %s %s nothing while others do, for up to %s"
            .formatted(
                nodes.size() == 1 ? "Node" : "Nodes",
                ids,
                gateway,
                nodes.size() == 1 ? "says" : "say",
                DurationWords.of(Duration.between(since, now))),
        Optional.of(since),
        List.of(gateway),
        nodes.stream().map(Node::house).distinct().toList(),
        0,
        "What a node does not send is not recorded anywhere.",
        "See whether it has power and reaches the base station; if it is gone, give it no location"
            + " any more.",
        nodes.stream()
            .map(Node::house)
            .distinct()
            .map(
                house ->
                    "tributary completeness --house %d --from %s --to %s --db URL"
                        .formatted(house.id(), day(since), day(now)))
            .toList());
  }

  private static String day(Instant time) {
    return time.toString().substring(0, 10);
  }
}
