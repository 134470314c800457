package org.tributary.store.certificate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The circumstances of a certificate.
 *
 * @param software what issues it, with its version
 * @param at when
 * @param first the first day that was asked for, UTC
 * @param last the last one
 */
public record Issue(String software, Instant at, LocalDate first, LocalDate last) {
  public Issue {
    requireNonNull(software);
    requireNonNull(at);
    requireNonNull(first);
    requireNonNull(last);
  }
}
