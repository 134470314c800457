package org.tributary.edge.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tributary.store.DatabaseUrl;

/** Gathers what is wrong with one file while its reading goes on. */
final class Problems {
  private final Path file;
  private final List<Problem> found = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(int line, String message) {
    found.add(new Problem(file, line, message));
  }

  void add(Setting setting, String message) {
    add(setting.line(), setting.name() + ": " + message);
  }

  /**
   * What the setting means, or empty and one problem more: a meaning that refuses a text throws an
   * {@link IllegalArgumentException} with a sentence for the operator. If that quotes the text, it
   * is masked: a URL with a password may have got into the wrong line.
   */
  <T> Optional<T> meaningOf(Setting setting, Function<String, T> meaning) {
    try {
      return Optional.of(meaning.apply(setting.value()));
    } catch (IllegalArgumentException refusal) {
      String why = String.valueOf(refusal.getMessage());
      add(setting, why.replace(setting.value(), DatabaseUrl.redact(setting.value())));
      return Optional.empty();
    }
  }

  void throwIfAny() throws ConfigException {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new ConfigException(found);
    }
  }
}
