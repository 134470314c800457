package org.tributary.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.GatewayId;

/** The REST interface, to a central of ours in this process. */
class RestTransportContractTest extends TransportContract {

  @TempDir static Path folder;

  private record Served(CentralServer server, Path files) implements Central {
    @Override
    public Transport transport(GatewayId gateway) {
      return new RestTransport(
          URI.create("http://127.0.0.1:%d/".formatted(server.port())),
          gateway,
          LinkSecurity.NONE,
          new EdgeFiles(files, gateway.value()).rest("central"),
          Clock.systemUTC());
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Override
  Central start(String databaseUrl) throws IOException {
    CentralServer server =
        CentralServer.start(
            DatabaseUrl.parse(databaseUrl, Path.of("/")),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port(databaseUrl)),
            CentralServer.Auth.OFF,
            "test",
            Clock.systemUTC());
    ports.put(databaseUrl, server.port());
    return new Served(server, filesOf(databaseUrl));
  }

  // Who is started again is found at the same address.
  private final java.util.Map<String, Integer> ports = new java.util.HashMap<>();

  private int port(String databaseUrl) {
    return ports.getOrDefault(databaseUrl, 0);
  }

  /** Another central's gateways remember other things. */
  private static Path filesOf(String databaseUrl) {
    try {
      return Files.createDirectories(folder.resolve(Integer.toHexString(databaseUrl.hashCode())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
