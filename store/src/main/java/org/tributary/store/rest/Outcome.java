package org.tributary.store.rest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.tributary.wire.Rows;

/** What became of a request to change something. */
public sealed interface Outcome {

  /**
   * It was done, and is durable.
   *
   * @param rows the row as it is now; none if it was deleted
   */
  record Done(Rows rows) implements Outcome {
    public Done {
      requireNonNull(rows);
    }
  }

  /**
   * Nothing was changed.
   *
   * @param field the member that it is about, if it is about one
   * @param detail why, a whole sentence
   */
  record Refused(Reason reason, Optional<String> field, String detail) implements Outcome {
    public Refused {
      requireNonNull(reason);
      requireNonNull(field);
      requireNonNull(detail);
    }
  }

  /** Why nothing was changed. */
  enum Reason {
    /** A row with that key is there. */
    DUPLICATE,
    /** What a member refers to is not there. */
    DANGLING,
    /** Other rows refer to it. */
    IN_USE,
    /** More than one row is meant. */
    SEVERAL,
    /** A member is missing, or says something else than the path or the query. */
    CONTRADICTION,
    /** There is no such row. */
    NOT_THERE
  }

  static Refused refused(Reason reason, String detail) {
    return new Refused(reason, Optional.empty(), detail);
  }

  static Refused refused(Reason reason, String field, String detail) {
    return new Refused(reason, Optional.of(field), detail);
  }
}
