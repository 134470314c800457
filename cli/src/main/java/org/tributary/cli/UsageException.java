package org.tributary.cli;

/** What was asked for can't be done as it was asked; the message says what would do. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
