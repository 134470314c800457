package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Rule;

/**
 * What central knows of one gateway.
 *
 * @param name of the gateway
 * @param hostname for people
 * @param version of the program there; empty if it said none
 * @param houses those that are matched with houses of its, by address
 * @param state in one word
 * @param reason for that, in plain sentences
 * @param setAside how many of its rows are kept apart, by rule; rules without any are left out
 * @param week the last seven UTC days, today last
 * @param permit the permission to read its rows back that is in force
 */
public record FleetGateway(
    String name,
    String hostname,
    String version,
    List<House> houses,
    FleetState state,
    String reason,
    Contact contact,
    Unsent unsent,
    Proof proof,
    Map<Rule, Long> setAside,
    List<CoverageDay> week,
    Optional<PermitInForce> permit) {

  public FleetGateway {
    requireNonNull(name);
    requireNonNull(hostname);
    requireNonNull(version);
    houses = List.copyOf(houses);
    requireNonNull(state);
    requireNonNull(reason);
    requireNonNull(contact);
    requireNonNull(unsent);
    requireNonNull(proof);
    setAside = Map.copyOf(setAside);
    week = List.copyOf(week);
    requireNonNull(permit);
  }

  /** A house of central; without an address it is named by its number. */
  public record House(long id, String address) {
    public House {
      requireNonNull(address);
    }
  }

  /**
   * When a gateway was heard.
   *
   * @param silentAfter from how long a silence on it counts as silent, going by its habit
   * @param clockOffset how far its clock was ahead of central's at the last contact, the time on
   *     the way included; negative if it was behind
   */
  public record Contact(Instant first, Instant last, Duration silentAfter, Duration clockOffset) {
    public Contact {
      requireNonNull(first);
      requireNonNull(last);
      requireNonNull(silentAfter);
      requireNonNull(clockOffset);
    }
  }

  /**
   * What a gateway has that is not here, as far as central can know. What it recorded since its
   * last contact is not among it.
   *
   * @param rows readings and node states that it said last that it has, and that are not here or
   *     are others here
   * @param isLeast whether there are more: it left a stretch of time behind that nobody has counted
   * @param oldest the first moment that the oldest of them can be of; empty if none is known of
   * @param timeLeft until all is here; empty where it can't be told: not enough has come while
   *     central looked
   */
  public record Unsent(
      long rows, boolean isLeast, Optional<Instant> oldest, Optional<TimeLeft> timeLeft) {
    public Unsent {
      requireNonNull(oldest);
      requireNonNull(timeLeft);
    }

    /** How old the oldest of them is. */
    public Optional<Duration> age(Instant now) {
      return oldest.map(from -> Duration.between(from, now));
    }
  }

  /**
   * By what it is known that all is here.
   *
   * @param isVerified whether every day that was compared was the same at both ends when it was
   *     compared last, nothing was left behind, and nothing is kept apart
   * @param compared when both ends were compared last, whatever came of it; empty if they never
   *     were
   * @param reached the time of the newest reading that came in order; empty if none did
   */
  public record Proof(boolean isVerified, Optional<Instant> compared, Optional<Instant> reached) {
    public Proof {
      requireNonNull(compared);
      requireNonNull(reached);
    }
  }

  /** A permission to read the gateway's rows back. */
  public record PermitInForce(String by, Instant expires, boolean isBegun, boolean isFinished) {
    public PermitInForce {
      requireNonNull(by);
      requireNonNull(expires);
    }
  }

  /** How many rows are set aside, by whatever rule. */
  public long setAsideRows() {
    return setAside.values().stream().mapToLong(Long::longValue).sum();
  }
}
