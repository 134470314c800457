package org.tributary.store.direct;

/** A database does not take what is pushed as it stands; the message says what is in the way. */
public final class UnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnfitException(String message) {
    super(message);
  }
}
