package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.OptionalLong;
import org.tributary.wire.GatewayId;

/**
 * One way to answer the question what a row of a gateway is.
 *
 * @param local the row's id at the gateway
 * @param central the row that it is, for {@link Verdict#SAME}
 */
public record Choice(
    GatewayId gateway, String table, String local, Verdict verdict, OptionalLong central) {

  public Choice {
    requireNonNull(gateway);
    requireNonNull(table);
    requireNonNull(local);
    requireNonNull(verdict);
    requireNonNull(central);
  }

  static Choice same(GatewayId gateway, String table, String local, long central) {
    return new Choice(gateway, table, local, Verdict.SAME, OptionalLong.of(central));
  }

  static Choice different(GatewayId gateway, String table, String local) {
    return new Choice(gateway, table, local, Verdict.DIFFERENT, OptionalLong.empty());
  }

  /** A node that was carried to another house. */
  static Choice moved(GatewayId gateway, String local) {
    return new Choice(gateway, "Node", local, Verdict.MOVED, OptionalLong.empty());
  }

  /** The command that says so. */
  public String command() {
    String verb = verdict.name().toLowerCase(Locale.ROOT);
    return switch (verdict) {
      case SAME ->
          "tributary mapping %s %s %s %s %d"
              .formatted(verb, gateway, table, local, central.orElseThrow());
      case DIFFERENT -> "tributary mapping %s %s %s %s".formatted(verb, gateway, table, local);
      case MOVED -> "tributary mapping %s %s %s".formatted(verb, gateway, local);
    };
  }
}
