package org.tributary.wire;

import java.io.IOException;

/** What arrived is not what the protocol says: cut short, garbled, or another program's answer. */
public final class WireFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public WireFormatException(String message) {
    super(message);
  }

  public WireFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
