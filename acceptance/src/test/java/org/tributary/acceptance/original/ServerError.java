package org.tributary.acceptance.original;

/** Whatever goes wrong in the original is an exception, and that is status 500. */
final class ServerError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerError(String message) {
    super(message);
  }
}
