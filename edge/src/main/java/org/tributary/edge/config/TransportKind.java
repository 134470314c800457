package org.tributary.edge.config;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/** How rows travel to a remote. */
public enum TransportKind {
  /** As the remote answers: by the sync protocol if it speaks it, by the REST interface if not. */
  AUTO,
  /** By our own protocol. */
  SYNC,
  /** By the REST interface that older central servers have. */
  REST,
  /** Into the remote's database, through an SSH tunnel. */
  DIRECT;

  static TransportKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is no transport; expected one of %s".formatted(text, names())));
  }

  /** As the configuration file has it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String names() {
    return Arrays.stream(values()).map(TransportKind::key).collect(joining(", "));
  }
}
