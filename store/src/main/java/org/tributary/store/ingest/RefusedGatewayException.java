package org.tributary.store.ingest;

import java.util.Optional;
import org.tributary.wire.GatewayId;

/** Central does not deal with this gateway as it stands; the message says what to change. */
public final class RefusedGatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedGatewayException(String message) {
    super(message);
  }

  /**
   * Of a gateway that central does not let on.
   *
   * @param stopped why it was stopped; empty for one that it does not know
   */
  static RefusedGatewayException of(GatewayId id, Optional<String> stopped) {
    return new RefusedGatewayException(stopped.orElse("Gateway \"" + id + "\" has to greet first"));
  }
}
