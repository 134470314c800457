package org.tributary.store.ingest;

/** A decision that can't be taken or taken back as it is wanted; the message says why. */
public final class UndecidedException extends Exception {
  private static final long serialVersionUID = 1L;

  UndecidedException(String message) {
    super(message);
  }
}
