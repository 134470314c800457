package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a person knows about stamps that central does not trust. */
public sealed interface Stamps {

  /** Nothing: rows whose clock was not trusted stay set aside. */
  record Unknown() implements Stamps {}

  /** They are right. */
  record Right() implements Stamps {}

  /**
   * They are all wrong by the same time.
   *
   * @param by what has to be added to them
   */
  record Off(Duration by) implements Stamps {
    public Off {
      requireNonNull(by);
      if (by.isZero()) {
        throw new IllegalArgumentException("Stamps that are off by nothing are right");
      }
    }
  }
}
