package org.tributary.edge.page;

import java.util.Map;

/** What every answer has in common. */
final class Answers {

  /** Nothing is kept, framed, guessed at or told to other sites. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Connection", "close"); // a page every few seconds is no reason to hold one

  private static final String NOTHING_LOADS = "default-src 'none'; frame-ancestors 'none'";

  private Answers() {}

  static PageServer.Page text(String text) {
    return of("text/plain; charset=utf-8", text + "\n");
  }

  /** Something that loads nothing. */
  static PageServer.Page of(String type, String text) {
    return of(type, NOTHING_LOADS, text);
  }

  static PageServer.Page of(String type, String policy, String text) {
    return new PageServer.Page(type, policy, text);
  }
}
