package org.tributary.edge.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeSet;

/** A time zone as an operator writes it. */
final class ZoneName {

  private ZoneName() {}

  /**
   * The zone of that name.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static ZoneId parse(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no time zone; %sexpected one such as Europe/London, or UTC"
              .formatted(text, meant(text).map("did you mean %s? "::formatted).orElse("")),
          e);
    }
  }

  /** A zone whose name, or whose town alone, is nearly that. */
  private static Optional<String> meant(String text) {
    String written = text.strip().replace(' ', '_');
    TreeSet<String> names = new TreeSet<>(ZoneId.getAvailableZoneIds());
    return names.stream()
        .filter(name -> name.substring(name.lastIndexOf('/') + 1).equalsIgnoreCase(written))
        .filter(name -> name.contains("/"))
        .findFirst()
        .or(() -> written.length() < 4 ? Optional.empty() : Spelling.nearest(written, names));
  }
}
