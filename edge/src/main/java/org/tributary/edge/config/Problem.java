package org.tributary.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One thing in the configuration that its operator has to mend: where it is, what was found and
 * what is expected. It never holds a password.
 *
 * @param line counted from 1; 0 when the whole file is meant, or the environment around it
 */
public record Problem(Path file, int line, String message) {

  public Problem {
    requireNonNull(file, "file");
    requireNonNull(message, "message");
    if (line < 0) {
      throw new IllegalArgumentException("line %d".formatted(line));
    }
  }

  /** As compilers print it, so that editors find the place. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
  }
}
