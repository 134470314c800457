package org.tributary.edge.http;

import java.io.IOException;

/** Central does not let us in: there is no key, or it is none of its own. */
public final class NotLetInException extends IOException {
  private static final long serialVersionUID = 1L;

  public NotLetInException(String message) {
    super(message);
  }
}
