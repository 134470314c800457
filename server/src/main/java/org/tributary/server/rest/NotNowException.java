package org.tributary.server.rest;

import java.io.IOException;

/** An upload can't be taken as it is now; nothing of it was stored. */
final class NotNowException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean isTooLarge;

  private NotNowException(String message, boolean isTooLarge) {
    super(message);
    this.isTooLarge = isTooLarge;
  }

  /** It has more in it than is ever taken at once; in parts it would be taken. */
  static NotNowException tooLarge(String message) {
    return new NotNowException(message, true);
  }

  /** The same will be taken later. */
  static NotNowException busy(String message) {
    return new NotNowException(message, false);
  }

  boolean isTooLarge() {
    return isTooLarge;
  }
}
