package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.CentralId;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Why a person can't decide something so. Stateless; runs in its caller's transaction. */
record DecisionObjections(Engine engine, MappingJournal journal) {

  /** A decision that stands is taken back first; one whose row is gone says nothing any more. */
  void refuseSecond(Connection connection, GatewayId id, Table table, long local, String by)
      throws SQLException {
    if (!MappingWords.isDecided(table)) {
      throw new Stop(
          table
              + "s are not decided about: what they refer to says what they are"
              + " (a location its house and room, a sensor its node and type)");
    }
    for (MappingDecision each : journal.decisions().all(connection)) {
      boolean isIt =
          each.gateway().equals(id)
              && each.table().equals(table.name())
              && each.local() == local
              && each.undone().isEmpty();
      if (isIt && isGone(connection, table, each)) {
        journal.decisions().undo(connection, each.number(), by);
      } else if (isIt) {
        throw new Stop(
            "decision %d says already what %s %d of gateway %s is (%s); undo it first: tributary mapping undo %d"
                .formatted(each.number(), table, local, id, each.verdict().words(), each.number()));
      }
    }
  }

  /** Whether the row of central is gone that somebody decided for. */
  private boolean isGone(Connection connection, Table table, MappingDecision decision)
      throws SQLException {
    return decision.verdict() != Verdict.DIFFERENT
        && new TableWriter(engine, table).byId(connection, decision.central()).isEmpty();
  }

  /** A node that stands where its gateway says has not been carried anywhere. */
  void refuseThere(
      Connection connection, Gateway gateway, MatchingState start, long local, long node)
      throws SQLException {
    RowAt at = new RowAt(Tables.NODE, local);
    MatchingState.Entry entry = start.journal().get(at);
    if (entry == null || !entry.inForce()) {
      return;
    }
    Object here = TakenFromCentral.cellsOf(at, entry).get("locationId");
    Object there = new TableWriter(engine, Tables.NODE).byId(connection, node).get("locationId");
    Map<Long, Long> places = journal.ids(connection, gateway, Tables.LOCATION.name());
    if (here instanceof Long place && Objects.equals(places.get(place), there)) {
      throw new Stop(
          "Node %d of gateway %s is at central where this gateway has it already (Location %s, its %s): nothing is to be decided"
              .formatted(local, gateway.id(), there, here));
    }
  }

  /** Nodes that another gateway has too would stay behind in the house that it has too. */
  void refuseSharedNodes(Connection connection, Gateway gateway, long local, CentralId house)
      throws SQLException {
    SharedHouses houses = new SharedHouses(engine);
    Map<Long, GatewayId> shared = houses.nodesIn(connection, gateway, house);
    if (shared.isEmpty()) {
      return;
    }
    List<Long> nodes = List.copyOf(shared.keySet());
    String which =
        "its %s %s also gateway %s's"
            .formatted(
                nodes.size() == 1 ? "node" : "nodes",
                nodes.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + (nodes.size() == 1 ? " is" : " are"),
                new TreeSet<>(shared.values().stream().map(GatewayId::value).toList())
                    .stream().collect(Collectors.joining("'s and gateway ")));
    if (houses.isMixed(connection, gateway, nodes)) {
      throw new Stop(which + ", and " + SharedHouses.TOO_LATE);
    }
    String first =
        nodes.stream()
            .map(node -> "`tributary mapping different %s Node %d`".formatted(gateway.id(), node))
            .collect(Collectors.joining(", "));
    throw new Stop(
        "%s, and would stay behind in House %s; say first that %s, then this: %s, `tributary mapping different %s House %d`"
            .formatted(
                which,
                house,
                nodes.size() == 1 ? "it is another one" : "they are others",
                first,
                gateway.id(),
                local));
  }
}
