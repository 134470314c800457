package org.tributary.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.GatewayId;

/** The sync protocol, to a central in this process. */
class SyncTransportContractTest extends AccountingContract {

  private record Served(CentralServer server) implements Central {
    @Override
    public Transport transport(GatewayId gateway) {
      return new SyncTransport(
          URI.create("http://127.0.0.1:%d/".formatted(server.port())), gateway, LinkSecurity.NONE);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  Central start(String databaseUrl) throws IOException {
    return new Served(
        CentralServer.start(
            DatabaseUrl.parse(databaseUrl, Path.of("/")),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC()));
  }
}
