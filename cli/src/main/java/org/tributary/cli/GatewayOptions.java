package org.tributary.cli;

import java.time.Clock;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Option;

/** Which central's gateways. */
final class GatewayOptions {

  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "sqlite:///tributary.db",
      description = "Central's database (default: ${DEFAULT-VALUE}).")
  private String db = "";

  GatewayDesk open(Access access, Clock clock) throws UsageException, StoreException {
    return GatewayDesk.open(DatabaseOption.parse("--db", db), access, clock);
  }

  /** The gateway of that name. */
  static GatewayId named(String text) throws UsageException {
    try {
      return new GatewayId(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("NAME: " + e.getMessage());
    }
  }

  /** That there is none. */
  static UsageException unknown(String name) {
    return new UsageException(
        "No gateway \"%s\" has ever greeted; tributary gateway list shows those that have"
            .formatted(name));
  }
}
