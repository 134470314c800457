package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.Window;

/**
 * A permission to read a gateway's rows back, and what was done with it.
 *
 * @param id its number
 * @param by who granted it
 * @param expires when it ends by itself
 * @param from the time of the first rows that it is about; empty if it has no such bound
 * @param before the time before which they lie
 * @param machine the machine that used it first, and that alone may use it
 * @param hostname of that machine
 * @param begun when it was used first
 * @param finished when a gateway last said that it has all
 * @param rows that were given away; those given twice count twice
 */
public record Permit(
    long id,
    String by,
    Instant granted,
    Instant expires,
    Optional<Instant> from,
    Optional<Instant> before,
    Optional<Instant> revoked,
    Optional<String> machine,
    Optional<String> hostname,
    Optional<Instant> begun,
    Optional<Instant> lastUsed,
    Optional<Instant> finished,
    long rows) {

  public Permit {
    requireNonNull(by);
    requireNonNull(granted);
    requireNonNull(expires);
    requireNonNull(from);
    requireNonNull(before);
    requireNonNull(revoked);
    requireNonNull(machine);
    requireNonNull(hostname);
    requireNonNull(begun);
    requireNonNull(lastUsed);
    requireNonNull(finished);
  }

  /** Whether it holds at a time. */
  public boolean isInForce(Instant now) {
    return revoked.isEmpty() && expires.isAfter(now);
  }

  /** Whether a machine may use it. */
  boolean isFor(String other) {
    return machine.isEmpty() || machine.get().equals(other);
  }

  /** Whether all of a window's rows are such that it is about. */
  boolean covers(Window window) {
    return from.filter(window.from()::isBefore).isEmpty()
        && before.filter(window.to()::isAfter).isEmpty();
  }
}
