package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Welcome;

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
              new SyncTransport(uri(remote), gateway, pauses),
              rest(remote, gateway, files, clock));
      case SYNC -> new SyncTransport(uri(remote), gateway, pauses);
      case REST -> rest(remote, gateway, files, clock);
      case DIRECT ->
          new NotYet(
              "transport = direct (SSH and a database) comes later: this release pushes to"
                  + " Tributary centrals, url = http(s)://…");
    };
  }

  private static RestTransport rest(
      RemoteConfig remote, GatewayId gateway, EdgeFiles files, Clock clock) {
    return new RestTransport(uri(remote), gateway, files.rest(remote.name()), clock);
  }

  private static URI uri(RemoteConfig remote) {
    return remote.uri().orElseThrow();
  }

  /** A way that this release does not have: it refuses, and the other remotes go on. */
  private record NotYet(String reason) implements Transport {
    @Override
    public Welcome greet(Greeting greeting) throws RefusedException {
      throw new RefusedException(reason);
    }

    @Override
    public Ack send(Batch batch) throws RefusedException {
      throw new RefusedException(reason);
    }

    @Override
    public Optional<GatewayStatus> status() throws IOException, RefusedException {
      throw new RefusedException(reason);
    }
  }
}
