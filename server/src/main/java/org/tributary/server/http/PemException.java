package org.tributary.server.http;

import java.io.IOException;

/** A certificate or its key can't be used; the message says which file, why, and what to do. */
public final class PemException extends IOException {
  private static final long serialVersionUID = 1L;

  PemException(String message) {
    super(message);
  }

  PemException(String message, Throwable cause) {
    super(message, cause);
  }
}
