package org.tributary.edge;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.edge.config.DirectConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.direct.DirectCentral;
import org.tributary.edge.direct.TunnelReach;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.key.KeyFile;
import org.tributary.wire.GatewayId;

/** Chooses the way to a remote. */
final class Remotes {

  private Remotes() {}

  /** A way that never waits between batches. */
  static Transport transport(RemoteConfig remote, GatewayId gateway, EdgeFiles files, Clock clock) {
    return transport(remote, gateway, files, clock, pause -> {});
  }

  /**
   * @param files where the little lies that a way has to remember
   * @param pauses waits as long as central wishes between batches
   */
  static Transport transport(
      RemoteConfig remote,
      GatewayId gateway,
      EdgeFiles files,
      Clock clock,
      Consumer<Duration> pauses) {
    return switch (remote.transport()) {
      case AUTO ->
          new AutoTransport(
              remote.name(),
              new SyncTransport(uri(remote), gateway, security(remote), pauses),
              rest(remote, gateway, files, clock));
      case SYNC -> new SyncTransport(uri(remote), gateway, security(remote), pauses);
      case REST -> rest(remote, gateway, files, clock);
      case DIRECT -> direct(remote, gateway, files, clock);
    };
  }

  /** The way to a server of the REST interface. */
  static RestTransport rest(RemoteConfig remote, GatewayId gateway, EdgeFiles files, Clock clock) {
    return new RestTransport(
        uri(remote), gateway, security(remote), files.rest(remote.name()), clock);
  }

  /** By what we are known there. */
  static LinkSecurity security(RemoteConfig remote) {
    return new LinkSecurity(
        remote
            .http()
            .keyFile()
            .<LinkSecurity.KeySource>map(file -> () -> new KeyFile(file).read().key())
            .orElse(Optional::empty),
        remote.http().insecure(),
        remote.http().trust());
  }

  private static URI uri(RemoteConfig remote) {
    return remote.uri().orElseThrow();
  }

  private static DirectTransport direct(
      RemoteConfig remote, GatewayId gateway, EdgeFiles files, Clock clock) {
    DirectConfig direct = remote.direct().orElseThrow();
    return new DirectTransport(
        new DirectCentral(
            remote.name(),
            new TunnelReach(direct),
            direct.createTables(),
            gateway,
            "%s behind %s, gateway %s"
                .formatted(direct.database().printable(), direct.ssh().address(), gateway),
            files.direct(remote.name()),
            clock));
  }
}
