package org.tributary.server.http;

import java.io.IOException;

/** There are too many at once; whoever asked comes again. */
final class CrowdedException extends IOException {
  private static final long serialVersionUID = 1L;

  CrowdedException(String message) {
    super(message);
  }
}
