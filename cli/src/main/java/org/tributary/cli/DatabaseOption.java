package org.tributary.cli;

import java.nio.file.Path;
import org.tributary.store.DatabaseUrl;

/** Database URLs of the command line; relative files start from the current folder. */
final class DatabaseOption {

  private DatabaseOption() {}

  static DatabaseUrl parse(String option, String text) throws UsageException {
    try {
      return DatabaseUrl.parse(text, Path.of("").toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
