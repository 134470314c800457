package org.tributary.edge.http;

import java.io.IOException;
import java.net.URI;

/** Nothing was sent, because everybody on the way could have read it. */
public final class InsecureException extends IOException {
  private static final long serialVersionUID = 1L;

  InsecureException(URI base) {
    super(
        base
            + " would be spoken to without TLS, and everybody on the way could read along; nothing was"
            + " sent. Expected https:// in its address, or, if you know what you do,"
            + " insecure_http = yes beside it");
  }
}
