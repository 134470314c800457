package org.tributary.cli;

import java.time.Clock;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import picocli.CommandLine.Mixin;

/** Who may ask which central, and who says so. */
final class AccessOptions {

  @Mixin private CentralOption central = new CentralOption();
  @Mixin private ByOption by = new ByOption();

  AccessDesk open(Access access, Clock clock) throws UsageException, StoreException {
    return AccessDesk.open(central.url(), access, clock);
  }

  String who() {
    return by.who();
  }
}
