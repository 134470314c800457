package org.tributary.edge.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;

/** The keys that mean something in one kind of section. */
record KnownKeys(List<String> keys) {

  /** How many letters may be wrong for a key to be taken for another. */
  private static final int CLOSE = 2;

  KnownKeys {
    keys = List.copyOf(keys);
  }

  static KnownKeys of(String... keys) {
    return new KnownKeys(List.of(keys));
  }

  /** Reports every entry that would otherwise be passed over in silence. */
  void reportOthers(Section section, Problems problems) {
    for (Entry entry : section.entries()) {
      if (keys.stream().noneMatch(entry.key()::equalsIgnoreCase)) {
        String meant = nearest(entry.key()).map("; did you mean %s?"::formatted).orElse(";");
        problems.add(
            entry.line(),
            "unknown key %s in [%s]%s expected one of %s"
                .formatted(entry.key(), section.name(), meant, String.join(", ", keys)));
      }
    }
  }

  private Optional<String> nearest(String key) {
    String written = key.toLowerCase(Locale.ROOT);
    return keys.stream()
        .filter(known -> distance(written, known) <= CLOSE)
        .min(Comparator.comparingInt(known -> distance(written, known)));
  }

  /** Levenshtein's: letters to insert, leave out or change to come from one to the other. */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] here = new int[to.length() + 1];
      here[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(above[column - 1] + change, Math.min(above[column], here[column - 1]) + 1);
      }
      above = here;
    }
    return above[to.length()];
  }
}
