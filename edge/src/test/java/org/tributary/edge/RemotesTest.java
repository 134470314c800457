package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.wire.GatewayId;

class RemotesTest {

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "SYNC"})
  void transport_whenItMayBeACentralOfOurs_speaksTheSyncProtocol(TransportKind kind) {
    assertThat(transport(kind)).isInstanceOf(SyncTransport.class);
  }

  @Test
  void transport_whenTheWayIsNotThereYet_refusesInASentence() {
    assertThatThrownBy(() -> transport(TransportKind.REST).status())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("comes later");
  }

  private static Transport transport(TransportKind kind) {
    RemoteConfig remote =
        new RemoteConfig(
            "central", kind, Optional.of(URI.create("http://127.0.0.1/")), Optional.empty());
    return Remotes.transport(remote, new GatewayId("house-17"));
  }
}
