package org.tributary.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** A database could not do what it was asked; the message says which database and what to do. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  public StoreException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = requireNonNull(trouble);
  }

  public StoreException(Trouble trouble, String message) {
    super(message);
    this.trouble = requireNonNull(trouble);
  }

  public Trouble trouble() {
    return trouble;
  }
}
