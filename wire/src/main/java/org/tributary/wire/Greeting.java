package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A gateway's first words in each cycle.
 *
 * @param machine a hash that tells this machine and database from others of the same name
 * @param hostname for people
 * @param version of the program at the gateway
 * @param protocol newest version of the sync protocol that the gateway speaks
 * @param now the gateway's clock
 * @param claims what the gateway has of the last days, and of a stretch of its past
 * @param boot tells this start of the machine from every other start of any machine; empty where
 *     the system does not say
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
    Optional<String> boot,
    MergeTerms terms) {

  private static final int LONGEST_BOOT = 64;

  public Greeting {
    requireNonNull(gateway);
    requireNonNull(machine);
    requireNonNull(hostname);
    requireNonNull(version);
    requireNonNull(now);
    claims = List.copyOf(claims);
    requireNonNull(terms);
    if (boot.filter(id -> id.isEmpty() || id.length() > LONGEST_BOOT).isPresent()) {
      throw new IllegalArgumentException("A boot has 1 to " + LONGEST_BOOT + " characters");
    }
  }

  /** Without a word about the machine's start, of a gateway that only sends. */
  public Greeting(
      GatewayId gateway,
      String machine,
      String hostname,
      String version,
      int protocol,
      Instant now,
      List<Claims> claims) {
    this(
        gateway,
        machine,
        hostname,
        version,
        protocol,
        now,
        claims,
        Optional.empty(),
        MergeTerms.ONE_WAY);
  }

  /** Without claims, of a gateway that only sends. */
  public Greeting(
      GatewayId gateway,
      String machine,
      String hostname,
      String version,
      int protocol,
      Instant now) {
    this(
        gateway,
        machine,
        hostname,
        version,
        protocol,
        now,
        List.of(),
        Optional.empty(),
        MergeTerms.ONE_WAY);
  }
}
