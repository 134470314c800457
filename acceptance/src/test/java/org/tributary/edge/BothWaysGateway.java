package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.store.WallClock;
import org.tributary.store.metadata.OwnMetadata;
import org.tributary.wire.GatewayId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Tables;

/** A gateway with a house of its own that takes what is changed at its centrals. */
final class BothWaysGateway implements AutoCloseable {

  /** Its database, to be edited by hand. */
  final BothWaysCentral own;

  final String name;
  private final LocalDatabase local;
  private final List<Pusher> pushers = new ArrayList<>();
  private final ExecutorService senders = Executors.newCachedThreadPool();

  BothWaysGateway(String name, DatabaseUrl url) {
    this.name = name;
    this.own = new BothWaysCentral(url);
    this.local = new LocalDatabase(url, WallClock.UTC);
  }

  BothWaysGateway remote(BothWaysCentral central, MergeTerms terms, BooleanSupplier loses) {
    GatewayId id = new GatewayId(name);
    pushers.add(
        new Pusher(
            local,
            new BothWaysLink(central, id, loses),
            new GatewayIdentity(
                id, true, "machine of " + name, "host", "test", Optional.empty(), terms),
            new PushListener() {},
            new BatchSize(1_000),
            senders,
            Clock.systemUTC(),
            carrying -> null,
            terms.takes()
                ? Optional.of(
                    new MetadataTaking(local, new OwnMetadata(own.database.url(), WallClock.UTC)))
                : Optional.empty()));
    return this;
  }

  /** A house with a living room and a node in it that has two sensors. */
  void furnish(String deployment, String address, long node) throws IOException {
    try (TargetDatabase target = new TargetDatabase(own.database.url())) {
      long project = target.idOf(Tables.DEPLOYMENT, Map.of("name", deployment));
      long house = target.idOf(Tables.HOUSE, Map.of("deploymentId", project, "address", address));
      long room = ((Number) own.rows(Tables.ROOM).value("id", 0)).longValue();
      long place = target.idOf(Tables.LOCATION, Map.of("houseId", house, "roomId", room));
      own.execute(
          "INSERT INTO @Node@ (@id@, @locationId@, @nodeTypeId@) VALUES (%d, %d, 0)"
              .formatted(node, place));
      for (long type : new long[] {0, 2}) {
        target.idOf(
            Tables.SENSOR,
            Map.of(
                "nodeId",
                node,
                "sensorTypeId",
                type,
                "calibrationSlope",
                1.0,
                "calibrationOffset",
                0.0));
      }
    }
  }

  PushResult push(int remote) throws IOException, RefusedException {
    return pushers.get(remote).pushAll(() -> false);
  }

  int remotes() {
    return pushers.size();
  }

  @Override
  public void close() {
    senders.shutdownNow();
    local.close();
    own.close();
  }
}
