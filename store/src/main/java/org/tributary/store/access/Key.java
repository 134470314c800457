package org.tributary.store.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a gateway or a program signs in with, as central keeps it.
 *
 * @param id by which it is found
 * @param holder the gateway's name, or the name that a token was given
 * @param createdBy who made it
 * @param expires when it ends by itself; empty if it doesn't
 * @param firstUsed empty if it never was
 * @param lastUsed to the hour; empty if it never was
 * @param revoked when it was taken back; empty if it was not
 * @param why it was
 */
public record Key(
    String id,
    Role role,
    String holder,
    Instant created,
    String createdBy,
    Optional<Instant> expires,
    Optional<Instant> firstUsed,
    Optional<Instant> lastUsed,
    Optional<Instant> revoked,
    Optional<String> why) {

  public Key {
    requireNonNull(id);
    requireNonNull(role);
    requireNonNull(holder);
    requireNonNull(created);
    requireNonNull(createdBy);
    requireNonNull(expires);
    requireNonNull(firstUsed);
    requireNonNull(lastUsed);
    requireNonNull(revoked);
    requireNonNull(why);
  }

  /** Whether it opens anything. */
  public boolean isInForce(Instant now) {
    return revoked.isEmpty() && expires.filter(end -> !end.isAfter(now)).isEmpty();
  }
}
