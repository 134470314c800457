package org.tributary.edge;

import java.io.IOException;
import java.util.Optional;
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

  static Transport transport(RemoteConfig remote, GatewayId gateway) {
    return switch (remote.transport()) {
      // Greeting finds out whether a central of ours answers; if not, it says so.
      case AUTO, SYNC -> new SyncTransport(remote.uri().orElseThrow(), gateway);
      case REST ->
          new NotYet("transport = rest comes later: this release pushes to Tributary centrals");
      case DIRECT ->
          new NotYet(
              "transport = direct (SSH and a database) comes later: this release pushes to"
                  + " Tributary centrals, url = http(s)://…");
    };
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
