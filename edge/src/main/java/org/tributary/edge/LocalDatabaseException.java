package org.tributary.edge;

import java.io.IOException;

/** The gateway's own database can't be read now; the message says why and what to do. */
public final class LocalDatabaseException extends IOException {
  private static final long serialVersionUID = 1L;

  LocalDatabaseException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  LocalDatabaseException(String message) {
    super(message);
  }
}
