package org.tributary.wire.rest;

import java.io.IOException;

/** A member of an object, or a parameter of a query, is not what it has to be. */
public final class BadFieldException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the member or parameter
   * @param message what is wrong with it and what is expected, a whole sentence
   */
  public BadFieldException(String field, String message) {
    super(message);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
