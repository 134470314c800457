package org.tributary.edge;

import java.time.Duration;
import java.util.Optional;

/** How one push ended. */
public sealed interface PushOutcome {

  /** It went through all tables. */
  record Done(PushResult result) implements PushOutcome {}

  /**
   * It broke off.
   *
   * @param retryAfter how long central asked us to wait, if it did
   */
  record Failed(Exception cause, Optional<Duration> retryAfter) implements PushOutcome {}
}
