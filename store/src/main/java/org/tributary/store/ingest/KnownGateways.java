package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What central knows of its gateways: how far they have come, and what of theirs is set aside. */
record KnownGateways(
    Gateways gateways,
    Positions positions,
    SetAsideQuery query,
    Comparison comparison,
    UntakenEdits untaken) {

  /** One gateway; empty if it never greeted. */
  Optional<GatewayStatus> one(Connection connection, GatewayId id, Instant trustedUntil)
      throws SQLException {
    for (GatewayStatus status : gateways.all(connection, trustedUntil)) {
      if (status.gateway().equals(id)) {
        Gateway gateway = gateways.find(connection, id).orElseThrow();
        return Optional.of(withTables(connection, status, untaken.count(connection, gateway)));
      }
    }
    return Optional.empty();
  }

  /** Every gateway, by name. */
  List<GatewayStatus> all(Connection connection, Instant trustedUntil) throws SQLException {
    List<GatewayStatus> all = new ArrayList<>();
    for (GatewayStatus status : gateways.all(connection, trustedUntil)) {
      all.add(withTables(connection, status, 0));
    }
    return all;
  }

  private GatewayStatus withTables(Connection connection, GatewayStatus status, long edits)
      throws SQLException {
    Gateway gateway = gateways.find(connection, status.gateway()).orElseThrow();
    Map<String, Position> reached = positions.of(connection, gateway, Lane.LIVE);
    Map<String, Position> untrusted = positions.of(connection, gateway, Lane.UNTRUSTED);
    Map<String, Position> history = positions.of(connection, gateway, Lane.HISTORY);
    Map<String, Long> kept = comparison.kept(connection, gateway);
    Map<String, Long> missing = comparison.missing(connection, gateway);
    Map<String, Long> apart = query.byTable(connection, gateway);
    List<GatewayStatus.TableStatus> tables = new ArrayList<>();
    for (Table table : Tables.ALL) {
      tables.add(
          new GatewayStatus.TableStatus(
              table.name(),
              Optional.ofNullable(reached.get(table.name())),
              Optional.ofNullable(untrusted.get(table.name())),
              apart.getOrDefault(table.name(), 0L),
              Optional.ofNullable(history.get(table.name())),
              kept.getOrDefault(table.name(), 0L),
              missing.getOrDefault(table.name(), 0L)));
      apart.remove(table.name());
    }
    // The REST interface has more tables than travel.
    apart.forEach(
        (table, rows) ->
            tables.add(
                new GatewayStatus.TableStatus(table, Optional.empty(), Optional.empty(), rows)));
    return new GatewayStatus(
        status.gateway(),
        status.hostname(),
        status.version(),
        status.firstContact(),
        status.lastContact(),
        status.clockOffsetMillis(),
        status.trustedUntil(),
        tables,
        query.byRule(connection, gateway),
        status.stopped(),
        edits);
  }

  /** Rows of a gateway that are set aside, in the order of arrival; empty if it never greeted. */
  Optional<List<SetAsideRow>> setAside(
      Connection connection, GatewayId id, SetAsideFilter filter, long afterId, int max)
      throws SQLException {
    return gateways.find(connection, id).isEmpty()
        ? Optional.empty()
        : Optional.of(query.page(connection, filter.of(id), afterId, Long.MAX_VALUE, max));
  }
}
