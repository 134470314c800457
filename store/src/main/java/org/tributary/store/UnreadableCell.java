package org.tributary.store;

import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cell does not hold what its column says. Only ever caught row by row, hence no stack trace. */
final class UnreadableCell extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable LocalDateTime standing;

  UnreadableCell(String message) {
    this(message, null);
  }

  UnreadableCell(String message, @Nullable LocalDateTime standing) {
    super(message, null, false, false);
    this.standing = standing;
  }

  /** What stands there, if it is a time to the database though none to us. */
  Optional<LocalDateTime> standing() {
    return Optional.ofNullable(standing);
  }
}
