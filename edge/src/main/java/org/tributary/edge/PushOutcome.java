package org.tributary.edge;

import java.time.Duration;
import java.util.Optional;

/** How one push ended, or several of which only the last could come to its end. */
public sealed interface PushOutcome {

  /** Rows that were answered before, by tries that broke off. */
  long before();

  /** The same after tries that had got so many rows through. */
  PushOutcome after(long rows);

  /** It went through all tables. */
  record Done(PushResult result, long before) implements PushOutcome {
    Done(PushResult result) {
      this(result, 0);
    }

    @Override
    public Done after(long rows) {
      return new Done(result, rows);
    }
  }

  /**
   * It broke off.
   *
   * @param retryAfter how long central asked us to wait, if it did
   */
  record Failed(Exception cause, Optional<Duration> retryAfter, long before)
      implements PushOutcome {
    Failed(Exception cause, Optional<Duration> retryAfter) {
      this(cause, retryAfter, 0);
    }

    @Override
    public Failed after(long rows) {
      return new Failed(cause, retryAfter, rows);
    }
  }
}
