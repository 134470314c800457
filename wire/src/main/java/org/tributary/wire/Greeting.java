package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A gateway's first words in each cycle.
 *
 * @param machine a hash that tells this machine and database from others of the same name
 * @param hostname for people
 * @param version of the program at the gateway
 * @param protocol newest version of the sync protocol that the gateway speaks
 * @param now the gateway's clock
 * @param claims what the gateway has of the last days, and of a stretch of its past
 * @param terms what it wants done with metadata that both sides changed
 */
public record Greeting(
    GatewayId gateway,
    String machine,
    String hostname,
    String version,
    int protocol,
    Instant now,
    List<Claims> claims,
    MergeTerms terms) {

  public Greeting {
    requireNonNull(gateway);
    requireNonNull(machine);
    requireNonNull(hostname);
    requireNonNull(version);
    requireNonNull(now);
    claims = List.copyOf(claims);
    requireNonNull(terms);
  }

  /** Without claims, of a gateway that only sends. */
  public Greeting(
      GatewayId gateway,
      String machine,
      String hostname,
      String version,
      int protocol,
      Instant now) {
    this(gateway, machine, hostname, version, protocol, now, List.of(), MergeTerms.ONE_WAY);
  }
}
