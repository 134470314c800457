package org.tributary.store.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.tributary.wire.GatewayId;

/**
 * What a person decided about a row of a gateway.
 *
 * @param number by which it can be undone
 * @param local the row's id at the gateway
 * @param central the row of central that it is
 * @param moved how many readings and node states stand elsewhere by it
 * @param released how many did not have to wait any longer
 * @param undone empty while it stands
 */
public record MappingDecision(
    long number,
    GatewayId gateway,
    String table,
    long local,
    Verdict verdict,
    long central,
    String by,
    Instant at,
    long moved,
    long released,
    Optional<Undone> undone) {

  /** That it was taken back: who did, and when. */
  public record Undone(String by, Instant at) {
    public Undone {
      requireNonNull(by);
      requireNonNull(at);
    }
  }

  public MappingDecision {
    requireNonNull(gateway);
    requireNonNull(table);
    requireNonNull(verdict);
    requireNonNull(by);
    requireNonNull(at);
    requireNonNull(undone);
  }

  /** Why a row is which, in words, for the journal. */
  String evidence() {
    return "decided by %s on %s: %s".formatted(by, at.toString().substring(0, 10), verdict.words());
  }
}
