package org.tributary.store.fleet.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A greeting in a gateway's name.
 *
 * @param refused what it was told, if it was refused
 * @param machine tells machines of one name apart; no name for people
 * @param boot tells its starts apart, where it said so
 * @param configuration how it is set up, as far as a greeting tells, in words
 * @param clockAhead how far its clock was ahead of central's; behind if negative
 */
public record HistoryContact(
    Instant at,
    Optional<String> refused,
    String machine,
    String hostname,
    String version,
    Optional<String> boot,
    String configuration,
    Duration clockAhead) {

  public HistoryContact {
    requireNonNull(at);
    requireNonNull(refused);
    requireNonNull(machine);
    requireNonNull(hostname);
    requireNonNull(version);
    requireNonNull(boot);
    requireNonNull(configuration);
    requireNonNull(clockAhead);
  }
}
