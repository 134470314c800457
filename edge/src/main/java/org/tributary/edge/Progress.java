package org.tributary.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Position;

/**
 * What a push at work has heard of one remote since it began, besides what its record keeps in the
 * file. Immutable.
 *
 * @param isAnswered whether central answered, or could not be reached
 * @param rowsSent rows that were answered
 * @param failures pushes that broke off or were refused as a whole
 * @param failure why the last one did, until central answers again
 * @param clockOffset how far this machine's clock was ahead of central's when a push ended last
 * @param lastPush how long the last push took that came to its end
 * @param next when the next one begins; empty while one is at work
 * @param trustedUntil rows stamped later would have been set aside at the last contact
 * @param differing days that were not the same at central when they were compared last, and that no
 *     push has mended since
 * @param untrusted how far the lane of such rows has come, by the table's name
 */
record Progress(
    boolean isAnswered,
    long rowsSent,
    long failures,
    Optional<Exception> failure,
    Optional<Duration> clockOffset,
    Optional<Duration> lastPush,
    Optional<Instant> next,
    Optional<Instant> trustedUntil,
    long differing,
    Map<String, Position> untrusted) {

  Progress {
    untrusted = Map.copyOf(untrusted);
  }
}
