package org.tributary.store.ingest;

/** Central does not deal with this gateway as it stands; the message says what to change. */
public final class RefusedGatewayException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedGatewayException(String message) {
    super(message);
  }
}
