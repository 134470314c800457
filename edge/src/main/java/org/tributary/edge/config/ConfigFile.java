package org.tributary.edge.config;

import java.util.List;
import java.util.Optional;

/**
 * A configuration file as it stands: sections of entries, each with its line, and no opinion on
 * what they mean. Names of sections and keys don't mind case, because files in the field have both
 * {@code localurl} and {@code localUrl}.
 */
record ConfigFile(List<Section> sections) {

  ConfigFile {
    sections = List.copyOf(sections);
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equalsIgnoreCase(name)).findFirst();
  }

  /** What stands below one {@code [name]}. */
  record Section(String name, int line, List<Entry> entries) {

    Section {
      entries = List.copyOf(entries);
    }

    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equalsIgnoreCase(key)).findFirst();
    }

    boolean has(String key) {
      return entry(key).isPresent();
    }

    /** The entry as a setting of one value; empty if it is missing, or damaged or a list. */
    Optional<Setting> setting(String key, Problems problems) {
      return entry(key).flatMap(entry -> entry.setting(problems));
    }

    /** The same, unless nothing stands right of its equals sign. */
    Optional<Setting> given(String key, Problems problems) {
      return setting(key, problems).filter(set -> !set.value().isEmpty());
    }
  }

  /**
   * One {@code key = value, value}.
   *
   * @param damaged its value could not be read and that is reported: nobody should complain again
   */
  record Entry(String key, int line, List<String> values, boolean damaged) {

    Entry {
      values = List.copyOf(values);
    }

    Optional<Setting> setting(Problems problems) {
      if (damaged) {
        return Optional.empty();
      }
      if (values.size() > 1) {
        problems.add(
            line,
            "%s: a list of %d values; expected one, in quotes if the comma is part of it"
                .formatted(key, values.size()));
        return Optional.empty();
      }
      return Optional.of(new Setting(key, line, values.isEmpty() ? "" : values.get(0)));
    }
  }
}
