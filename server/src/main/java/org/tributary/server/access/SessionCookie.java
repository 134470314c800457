package org.tributary.server.access;

import java.util.Optional;
import org.tributary.server.http.Request;
import org.tributary.store.access.SignIns;

/** The cookie that a browser's session is known by. Stateless. */
final class SessionCookie {

  /** Browsers take one of that prefix only over TLS, and give it to no other host. */
  private static final String OVER_TLS = "__Host-tributary";

  private static final String PLAIN = "tributary";

  private SessionCookie() {}

  /** The session's secret, if there is one. */
  static Optional<String> of(Request request) {
    return request.cookie(request.isSecure() ? OVER_TLS : PLAIN);
  }

  /** The header that lets a browser keep it. */
  static String begin(Request request, String secret) {
    return header(request, secret, SignIns.SESSION.toSeconds());
  }

  /** The header that makes a browser forget it. */
  static String end(Request request) {
    return header(request, "", 0);
  }

  private static String header(Request request, String value, long seconds) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
        .formatted(
            request.isSecure() ? OVER_TLS : PLAIN,
            value,
            seconds,
            request.isSecure() ? "; Secure" : "");
  }
}
