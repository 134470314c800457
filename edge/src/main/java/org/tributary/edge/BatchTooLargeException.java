package org.tributary.edge;

/** Central takes the rows, but fewer at once. */
final class BatchTooLargeException extends RefusedException {
  private static final long serialVersionUID = 1L;

  BatchTooLargeException(String message) {
    super(message);
  }
}
