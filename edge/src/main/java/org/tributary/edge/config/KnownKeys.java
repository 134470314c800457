package org.tributary.edge.config;

import java.util.List;
import org.tributary.edge.config.ConfigFile.Entry;
import org.tributary.edge.config.ConfigFile.Section;

/** The keys that mean something in one kind of section. */
record KnownKeys(List<String> keys) {

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
        String meant =
            Spelling.nearest(entry.key(), keys).map("; did you mean %s?"::formatted).orElse(";");
        problems.add(
            entry.line(),
            "unknown key %s in [%s]%s expected one of %s"
                .formatted(entry.key(), section.name(), meant, String.join(", ", keys)));
      }
    }
  }
}
