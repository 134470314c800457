package org.tributary.edge.ssh;

import java.time.Duration;

/**
 * How long an SSH host may keep silent.
 *
 * @param connect until it has answered each step of signing in
 * @param keepAlive after so much silence on an open link it is asked for a sign of life
 * @param unanswered how many such questions in a row may stay without an answer; then the link is
 *     dead
 */
public record Patience(Duration connect, Duration keepAlive, int unanswered) {

  /** A dead link is noticed within a minute, and costs a few bytes a minute while it is idle. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(15), 3);

  public Patience {
    if (!isWait(connect) || !isWait(keepAlive) || unanswered < 1) {
      throw new IllegalArgumentException(
          "connect %s, keepAlive %s, unanswered %d".formatted(connect, keepAlive, unanswered));
    }
  }

  private static boolean isWait(Duration time) {
    return time.toMillis() >= 1 && time.compareTo(Duration.ofHours(1)) <= 0;
  }
}
