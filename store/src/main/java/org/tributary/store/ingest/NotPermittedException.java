package org.tributary.store.ingest;

import org.tributary.wire.GatewayId;

/** A gateway wants its rows back and may not have them; the message says what to run where. */
public final class NotPermittedException extends Exception {
  private static final long serialVersionUID = 1L;

  NotPermittedException(String message) {
    super(message);
  }

  static NotPermittedException of(GatewayId id, String why) {
    return new NotPermittedException(
        "%s. At central, somebody has to run: tributary gateway restore-permit %s --db URL"
            .formatted(why, id));
  }
}
