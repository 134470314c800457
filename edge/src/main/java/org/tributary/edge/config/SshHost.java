package org.tributary.edge.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where SSH connects to, as {@code url} has it in the oldest files: {@code user@host:port}. */
record SshHost(Optional<String> user, String name, int port) {
  private static final int USUAL_PORT = 22;
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:([^\\s:/@]+)@)?(?:([\\p{L}\\p{N}._-]+)|\\[([0-9A-Fa-f:.]+)])(?::(\\d{1,5}))?");

  /** Doesn't quote a text that it refuses: it may be a URL that has lost its beginning. */
  static SshHost parse(String text) {
    Matcher match = WRITTEN.matcher(text);
    if (match.matches()) {
      String name = match.group(2) == null ? match.group(3) : match.group(2);
      int port = match.group(4) == null ? USUAL_PORT : Integer.parseInt(match.group(4));
      if (port >= 1 && port <= 65535) {
        return new SshHost(Optional.ofNullable(match.group(1)), name, port);
      }
    }
    throw new IllegalArgumentException(
        "neither an address of HTTP nor a host for SSH; expected https://host/ or user@host:port");
  }
}
