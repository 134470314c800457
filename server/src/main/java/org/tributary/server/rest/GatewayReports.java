package org.tributary.server.rest;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.report.LastReading;
import org.tributary.store.report.RemoteCalls;
import org.tributary.store.report.ServedHouses;

/** What gateways ask: how far central has come, what they serve, what they are to do. */
final class GatewayReports {

  private final LastReading lastReading;
  private final RemoteCalls remoteCalls;
  private final ServedHouses servedHouses;

  GatewayReports(Database database, Clock clock) {
    this.lastReading = new LastReading(database);
    this.remoteCalls = new RemoteCalls(database);
    this.servedHouses = new ServedHouses(database, clock);
  }

  /**
   * In whole seconds, cut off: a gateway sends what is more than a second later than that, and must
   * rather send a reading twice than not at all.
   */
  @Nullable Object lastSync(Asked asked) throws IOException {
    Optional<String> house = asked.text("house");
    return house.isEmpty() ? null : wholeSeconds(lastReading.ofHouse(house.get()));
  }

  @Nullable Object lastNodeSync(Asked asked) throws IOException {
    Optional<Long> node = asked.idOr("node");
    return node.isEmpty() ? null : wholeSeconds(lastReading.ofNode(node.get()));
  }

  Object rpc(Asked asked) throws IOException {
    return remoteCalls.tunnels().stream().map(hostname -> List.of(hostname, "tunnel")).toList();
  }

  Object schema(Asked asked) throws IOException {
    Optional<String> server = asked.text("server");
    if (server.isEmpty()) {
      return List.of();
    }
    Optional<ServedHouses.Served> served = servedHouses.by(server.get());
    return served.isEmpty()
        ? List.of()
        : Json.object(
            "houses", served.get().houses(),
            "locations", served.get().locations(),
            "nodes", served.get().nodes());
  }

  private static @Nullable Instant wholeSeconds(Optional<Instant> time) {
    return time.map(exact -> exact.truncatedTo(ChronoUnit.SECONDS)).orElse(null);
  }
}
