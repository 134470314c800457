package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.store.fleet.FleetGateway.House;

/**
 * One thing that somebody should know of, or do something about.
 *
 * @param title in one sentence, with how much and how many
 * @param since when it began, as far as that is known
 * @param gateways whose it is, by name
 * @param houses that it hits
 * @param waiting rows that are known to wait at the gateways because of it
 * @param consequence what it costs: that nothing is lost, or what is
 * @param step what to do next, in a sentence
 * @param commands that do it, word for word but for the database's URL; none where none does
 */
public record Problem(
    ProblemKind kind,
    String title,
    Optional<Instant> since,
    List<String> gateways,
    List<House> houses,
    long waiting,
    String consequence,
    String step,
    List<String> commands) {
  public Problem {
    requireNonNull(kind);
    requireNonNull(title);
    requireNonNull(since);
    gateways = List.copyOf(gateways);
    houses = List.copyOf(houses);
    requireNonNull(consequence);
    requireNonNull(step);
    commands = List.copyOf(commands);
  }
}
