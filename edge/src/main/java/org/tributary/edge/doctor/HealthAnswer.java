package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What was answered to the question how central is, by whoever answered.
 *
 * @param status of HTTP
 * @param location where a redirect leads
 * @param date by the clock there
 */
public record HealthAnswer(
    int status,
    String contentType,
    Optional<String> location,
    Optional<Instant> date,
    String body) {

  public HealthAnswer {
    requireNonNull(contentType);
    requireNonNull(location);
    requireNonNull(date);
    requireNonNull(body);
  }
}
