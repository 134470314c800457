package org.tributary.cli;

import java.time.Clock;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Mixin;

/** Which central's gateways. */
final class GatewayOptions {

  @Mixin private CentralOption central = new CentralOption();

  GatewayDesk open(Access access, Clock clock) throws UsageException, StoreException {
    return GatewayDesk.open(central.url(), access, clock);
  }

  /** What the same central's gateways sign in with. */
  AccessDesk openAccess(Clock clock) throws UsageException, StoreException {
    return AccessDesk.open(central.url(), Access.READ_ONLY, clock);
  }

  /** The gateway of that name. */
  static GatewayId named(String text) throws UsageException {
    return GatewayOption.named("NAME: ", text);
  }

  /** That there is none. */
  static UsageException unknown(String name) {
    return new UsageException(
        "No gateway \"%s\" has ever greeted; tributary gateway list shows those that have"
            .formatted(name));
  }
}
