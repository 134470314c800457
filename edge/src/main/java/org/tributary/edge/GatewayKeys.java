package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.key.GatewayKey;
import org.tributary.edge.key.KeyFile;

/** A gateway's keys, for a person who looks at them or wants others. Stateless. */
public final class GatewayKeys {

  private GatewayKeys() {}

  /** What stands in the file of that remote's key; {@link GatewayKey#NONE} where there is none. */
  public static GatewayKey of(RemoteConfig remote) throws IOException {
    return remote.http().keyFile().isEmpty()
        ? GatewayKey.NONE
        : new KeyFile(remote.http().keyFile().get()).read();
  }

  /**
   * Gets another key in place of the one that there is.
   *
   * @throws IOException if central can't be reached or does not let us in; the one that there is
   *     goes on
   */
  public static GatewayKey renew(RemoteConfig remote, Clock clock) throws IOException {
    return KeyRenewal.renew(remote, clock);
  }
}
