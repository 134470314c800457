package org.tributary.cli;

import org.tributary.wire.GatewayId;

/** A gateway's name on the command line. */
final class GatewayOption {

  private GatewayOption() {}

  static GatewayId named(String text) throws UsageException {
    try {
      return new GatewayId(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--gateway: " + e.getMessage());
    }
  }
}
