package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What central gives back to a gateway, and until when.
 *
 * @param expires when the permission ends by itself
 * @param from the time of the first rows that the permission is about; empty if it has no bound
 * @param before the time before which they lie
 * @param series by series, the days of which there is something; one without any is left out
 * @param lost rows that were set aside and can't come back, because they are not whole
 * @param shared nodes that other gateways have too, by their ids: of these only readings come back
 *     that were taken at a location of the gateway's own
 */
public record RestoreTerms(
    Instant expires,
    Optional<Instant> from,
    Optional<Instant> before,
    Map<String, List<Window>> series,
    long lost,
    List<Long> shared) {

  public RestoreTerms {
    requireNonNull(expires);
    requireNonNull(from);
    requireNonNull(before);
    series = Map.copyOf(series);
    shared = List.copyOf(shared);
  }

  /** Stretches of whole days of which there is something, oldest first. */
  public List<Window> of(Table table) {
    return series.getOrDefault(table.name(), List.of());
  }
}
