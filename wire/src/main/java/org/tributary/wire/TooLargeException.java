package org.tributary.wire;

import java.io.IOException;

/** A body that holds more than its reader takes; nothing of it is kept. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(String message) {
    super(message);
  }
}
