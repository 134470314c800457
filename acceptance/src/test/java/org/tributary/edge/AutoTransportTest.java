package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/** A gateway finds out what its remote speaks, from the configuration file on. */
class AutoTransportTest {

  @TempDir Path folder;

  @Test
  void push_toAServerOfOld_goesThroughItsRestInterfaceBelowItsPrefix() throws Exception {
    try (OriginalServer server = new OriginalServer("/salford/rest/");
        RestGateway gateway = RestGateway.withAHouse(folder, server.url())) {
      server.seed(gateway.connection());
      gateway.readings(0, 3).reading("1970-01-01 00:00:10.000000", 5);
      EdgeConfig config = configure(gateway, "resturl = " + server.url());

      PushOutcome outcome = push(config);

      assertThat(outcome).isInstanceOf(PushOutcome.Done.class);
      assertThat(server.rows("Reading")).hasSize(3);
      RemoteStatus status = EdgeStatus.of(config, "test", Clock.systemUTC()).remotes().get(0);
      assertThat(status.standing()).isEqualTo(Standing.ACTION_NEEDED);
      assertThat(status.rowsWaiting()).isZero();
      assertThat(status.setAside()).isEqualTo(1);
      assertThat(status.lastSample()).contains(RestGateway.MORNING.plusSeconds(120));
      assertThat(status.caveat()).hasValueSatisfying(text -> assertThat(text).contains("proved"));
    }
  }

  @Test
  void push_toACentralOfOurs_speaksTheSyncProtocolWhateverTheAddressSays() throws Exception {
    try (CentralServer central = central(0);
        RestGateway gateway = RestGateway.withAHouse(folder, URI.create("http://127.0.0.1:1/"))) {
      gateway.readings(0, 3);
      EdgeConfig config =
          configure(gateway, "resturl = http://127.0.0.1:%d/rest/".formatted(central.port()));

      push(config);

      RemoteStatus status = EdgeStatus.of(config, "test", Clock.systemUTC()).remotes().get(0);
      assertThat(status.standing()).isEqualTo(Standing.ALL_SENT);
      assertThat(status.caveat()).isEmpty();
      assertThat(gateway.files().record()).doesNotExist();
    }
  }

  @Test
  void status_whenTheServerOfOldGivesWayToACentralOfOurs_isDecidedAnew() throws Exception {
    OriginalServer server = new OriginalServer("/rest/");
    int port = server.url().getPort();
    EdgeConfig config;
    Transport way;
    try (RestGateway gateway = RestGateway.withAHouse(folder, server.url())) {
      config = configure(gateway, "url = http://127.0.0.1:" + port);
      RemoteConfig remote = config.remotes().get(0);
      way =
          Remotes.transport(
              remote,
              new org.tributary.wire.GatewayId("house-17"),
              EdgeFiles.of(config),
              Clock.systemUTC());
      assertThat(way.status()).isEmpty();
      assertThat(way.caveat()).isPresent();
    } finally {
      server.close();
    }
    assertThatThrownBy(way::status).isInstanceOf(IOException.class);
    try (CentralServer central = central(port)) {
      assertThat(central.port()).isEqualTo(port);
      assertThat(way.status()).isEmpty();
      assertThat(way.caveat()).isEmpty();
    }
  }

  private CentralServer central(int port) throws Exception {
    return CentralServer.start(
        DatabaseUrl.parse(TestEngine.SQLITE.freshDatabase(), folder),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        CentralServer.Auth.OFF,
        "test",
        Clock.systemUTC());
  }

  private EdgeConfig configure(RestGateway gateway, String address) throws Exception {
    Path file = folder.resolve("synchronise.conf");
    Files.writeString(
        file,
        """
        [general]
        localurl = %s
        gateway = house-17
        [locations]
        central = 1
        [central]
        %s
        """
            .formatted(gateway.url(), address));
    return EdgeConfig.read(file, Map.of(), Optional.empty());
  }

  private static PushOutcome push(EdgeConfig config) throws Exception {
    try (EdgeDaemon daemon =
        new EdgeDaemon(config, "test", Clock.systemUTC(), new PushListener() {})) {
      return java.util.Objects.requireNonNull(daemon.pushOnce().get("central"));
    }
  }
}
