package org.tributary.edge.direct;

/** There is no way to a database as it is set up; the message says what to change. */
public final class NoWayException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoWayException(String message) {
    super(message);
  }

  public NoWayException(String message, Throwable cause) {
    super(message, cause);
  }
}
