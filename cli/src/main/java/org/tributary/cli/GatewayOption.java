package org.tributary.cli;

import org.tributary.wire.GatewayId;

/** A gateway's name on the command line. */
final class GatewayOption {

  private GatewayOption() {}

  /** Of {@code --gateway}. */
  static GatewayId named(String text) throws UsageException {
    return named("--gateway: ", text);
  }

  /**
   * Of any other place.
   *
   * @param place what a complaint begins with
   */
  static GatewayId named(String place, String text) throws UsageException {
    try {
      return new GatewayId(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(place + e.getMessage());
    }
  }
}
