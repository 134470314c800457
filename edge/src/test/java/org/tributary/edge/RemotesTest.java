package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.wire.GatewayId;

class RemotesTest {

  @Test
  void transport_goesTheWayThatIsConfigured() {
    assertThat(transport(TransportKind.AUTO)).isInstanceOf(AutoTransport.class);
    assertThat(transport(TransportKind.SYNC)).isInstanceOf(SyncTransport.class);
    assertThat(transport(TransportKind.REST)).isInstanceOf(RestTransport.class);
  }

  private static Transport transport(TransportKind kind) {
    RemoteConfig remote =
        new RemoteConfig(
            "central", kind, Optional.of(URI.create("http://127.0.0.1/")), Optional.empty());
    return Remotes.transport(
        remote,
        new GatewayId("house-17"),
        new EdgeFiles(Path.of("push-state"), "synchronise"),
        Clock.systemUTC());
  }
}
