package org.tributary.server.http;

import java.io.IOException;

/** The other end of a request sends or takes so little that it is given up. */
final class TooSlowException extends IOException {
  private static final long serialVersionUID = 1L;

  TooSlowException(String message) {
    super(message);
  }
}
