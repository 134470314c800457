package org.tributary.store;

/** A cell does not hold what its column says. Only ever caught row by row, hence no stack trace. */
final class UnreadableCell extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableCell(String message) {
    super(message, null, false, false);
  }
}
