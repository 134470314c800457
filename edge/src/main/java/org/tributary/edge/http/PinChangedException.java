package org.tributary.edge.http;

import java.security.cert.CertificateException;

/** A certificate that is in order, but its key is none of those that are pinned. */
final class PinChangedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final String shown;

  PinChangedException(Pin shown) {
    super("its key is " + shown);
    this.shown = shown.text();
  }

  /** The key that was shown. */
  String shown() {
    return shown;
  }
}
