package org.tributary.edge.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where SSH connects to, as {@code url} has it in the oldest files: {@code user@host:port}. */
record SshHost(Optional<String> user, String name, OptionalInt port) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:([^\\s:/@]+)@)?(?:([\\p{L}\\p{N}._-]+)|\\[([0-9A-Fa-f:.]+)])(?::(\\d{1,5}))?");

  /** Doesn't quote a text that it refuses: it may be a URL that has lost its beginning. */
  static SshHost parse(String text) {
    Matcher match = WRITTEN.matcher(text);
    if (match.matches()) {
      String name = match.group(2) == null ? match.group(3) : match.group(2);
      OptionalInt port =
          match.group(4) == null
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(match.group(4)));
      if (port.isEmpty() || PortNumber.isPort(port.getAsInt())) {
        return new SshHost(Optional.ofNullable(match.group(1)), name, port);
      }
    }
    throw new IllegalArgumentException(
        "neither an address of HTTP nor a host for SSH; expected https://host/ or user@host:port");
  }
}
