package org.tributary.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TargetDatabase;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A central in this process, and a gateway that loses its database and gets it back. */
abstract class LostGateway {

  static final Instant FIRST = Instant.parse("2025-03-01T00:00:00Z");
  static final int DAYS = 4;

  @TempDir Path folder;

  DatabaseUrl central;
  CentralServer server;
  Path house;
  String gateway = "house12";
  String local = "sqlite:///house.db";
  EdgeConfig config;

  CentralServer start(TestEngine engine) throws Exception {
    central = DatabaseUrl.parse(engine.freshDatabase(), Path.of("/"));
    server =
        CentralServer.start(
            central,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC());
    house = folder.resolve("house.db");
    configure(server.port(), "");
    return server;
  }

  void configure(int port, String more) throws Exception {
    Path file = folder.resolve(gateway + ".conf");
    Files.writeString(
        file,
        """
        [general]
        localurl = %s
        gateway = %s
        %s
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(local, gateway, more, port));
    config = EdgeConfig.read(file, Map.of(), Optional.empty());
  }

  /** Ids that a new database would never give, and all kinds of rows. */
  void logHouse() throws Exception {
    try (TargetDatabase target = new TargetDatabase(config.local())) {
      target.upgrade();
      target.add(
          List.of(
              rows(Tables.DEPLOYMENT, row(70L, "Trial", "a trial", FIRST, null)),
              rows(Tables.HOUSE, row(71L, 70L, "1 High Street", FIRST, null)),
              rows(Tables.LOCATION, row(72L, 71L, 1L), row(73L, 71L, 2L)),
              rows(Tables.NODE, row(37L, 72L, 0L), row(38L, 73L, 0L)),
              rows(Tables.SENSOR, row(74L, 0L, 37L, 1.5, -0.25))));
    }
    log(FIRST, DAYS * 24);
  }

  /** An hour after the other, three readings and a node's state. */
  void log(Instant from, int hours) throws Exception {
    try (TargetDatabase target = new TargetDatabase(config.local())) {
      Rows.Builder readings =
          new Rows.Builder(Tables.READING, Tables.READING.travelling(), hours * 3);
      Rows.Builder states = new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.travelling(), 16);
      for (int i = 0; i < hours; i++) {
        Instant time = from.plus(Duration.ofHours(i)).plusNanos(123_000);
        readings.row(time, 37L, 0L, 72L, 20.1 + i / 7.0);
        readings.row(time, 37L, 2L, null, i % 5 == 0 ? null : 48.5 + i);
        readings.row(time, 38L, 0L, 73L, -0.0);
        if (i % 6 == 0 && hours > 5) {
          states.row(time, 38L, 0L, 1_000L + i, (long) i, -71L);
        }
      }
      target.add(List.of(readings.build(), states.build()));
    }
  }

  void loseHouse() throws IOException {
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(house + ending));
    }
  }

  void permit() throws Exception {
    try (GatewayDesk desk = GatewayDesk.open(central, Access.WRITE, Clock.systemUTC())) {
      desk.permit(
          new GatewayId("house12"),
          Duration.ofHours(1),
          Optional.empty(),
          Optional.empty(),
          "operator");
    }
  }

  PushResult push() throws Exception {
    try (EdgeDaemon daemon =
        new EdgeDaemon(config, "test", Clock.systemUTC(), new PushListener() {})) {
      PushOutcome outcome = daemon.pushOnce().get("central");
      if (outcome instanceof PushOutcome.Failed failed) {
        throw failed.cause();
      }
      return ((PushOutcome.Done) outcome).result();
    }
  }

  Restoration restoration() {
    return new Restoration(config, "test", Clock.systemUTC(), pause -> {});
  }

  RemoteConfig remote() {
    return config.remotes().get(0);
  }

  Restoration.Report restore(Restoration.Span span) throws Exception {
    return restoration().from(remote(), span, (table, back, added) -> {});
  }

  Verification.Report verified() throws Exception {
    try (Verification verification = new Verification(config, "test", Clock.systemUTC())) {
      return verification.with(remote(), false);
    }
  }

  SyncTransport transport() {
    return new SyncTransport(
        URI.create("http://127.0.0.1:%d/".formatted(server.port())),
        new GatewayId("house12"),
        LinkSecurity.NONE);
  }

  String machine() {
    return GatewayIdentity.of(config, "test").machine();
  }

  /** Every row of every table that travels. */
  Map<Table, List<String>> contents() throws IOException {
    Map<Table, List<String>> all = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
    try (LocalDatabase local = new LocalDatabase(config.local(), config.wallClock())) {
      for (Table table : Tables.ALL) {
        Rows rows =
            table.isSeries()
                ? local.readAfter(table, Optional.empty(), Optional.empty(), 100_000).rows()
                : local.readAll(table).rows();
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
          cells.add(rows.row(row).values().toString());
        }
        all.put(table, cells);
      }
    }
    return all;
  }

  static Rows rows(Table table, Object[]... rows) {
    Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.length);
    for (Object[] row : rows) {
      builder.row(row);
    }
    return builder.build();
  }

  static Object[] row(Object... cells) {
    return cells;
  }
}
