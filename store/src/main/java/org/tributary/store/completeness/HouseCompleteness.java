package org.tributary.store.completeness;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.wire.Backlog;
import org.tributary.wire.Digest;

/**
 * How complete a house's readings of a stretch of time are.
 *
 * @param until the first moment behind it; never later than the moment of asking
 * @param days each node's days, by day and node; only days on which something is here or missing
 * @param gaps the longer ones, by node and time; short ones are only counted in the days
 * @param corrections how many of the house's readings were edited or deleted after they were here
 */
public record HouseCompleteness(
    House house,
    Instant from,
    Instant until,
    List<GatewayReach> gateways,
    List<NodeDay> days,
    List<Gap> gaps,
    long corrections) {

  public HouseCompleteness {
    requireNonNull(house);
    requireNonNull(from);
    requireNonNull(until);
    gateways = List.copyOf(gateways);
    days = List.copyOf(days);
    gaps = List.copyOf(gaps);
  }

  /** A house as central knows it. */
  public record House(long id, String address, Optional<String> deployment) {
    public House {
      requireNonNull(address);
      requireNonNull(deployment);
    }
  }

  /**
   * How far a gateway of the house has come.
   *
   * @param lastContact when it was heard last
   * @param reached the time of the newest reading that it sent in order; empty if it sent none
   * @param unsent rows that it said last that it has and that are not here, of all its houses and
   *     times
   * @param backlog what it has left behind of the time that was asked for, and is still sending
   */
  public record GatewayReach(
      String gateway,
      String version,
      Instant lastContact,
      Optional<Instant> reached,
      long unsent,
      Backlog backlog) {
    public GatewayReach {
      requireNonNull(gateway);
      requireNonNull(version);
      requireNonNull(lastContact);
      requireNonNull(reached);
      requireNonNull(backlog);
    }
  }

  /**
   * Whether nothing is known to be missing, and no gateway is still sending what it left behind.
   */
  public boolean isComplete() {
    return expected() == present() && !isStillSent();
  }

  /** Whether a gateway left some of it behind, to send it after newer readings. */
  public boolean isStillSent() {
    return gateways.stream().anyMatch(gateway -> !gateway.backlog().isEmpty());
  }

  public long expected() {
    return days.stream().mapToLong(NodeDay::expected).sum();
  }

  public long recorded() {
    return days.stream().mapToLong(NodeDay::recorded).sum();
  }

  public long present() {
    return days.stream().mapToLong(NodeDay::present).sum();
  }

  public long waiting() {
    return days.stream().mapToLong(NodeDay::waiting).sum();
  }

  public long setAside() {
    return days.stream().mapToLong(day -> NodeDay.sum(day.setAside())).sum();
  }

  /** What is missing by the rhythm of the nodes, by cause. */
  public Map<Cause, Long> lost() {
    Map<Cause, Long> lost = new EnumMap<>(Cause.class);
    for (NodeDay day : days) {
      day.lost().forEach((cause, rows) -> lost.merge(cause, rows, Long::sum));
    }
    return lost;
  }

  /** The digest of everything that is here. */
  public Digest digest() {
    return days.stream().map(NodeDay::digest).reduce(Digest.NONE, Digest::plus);
  }
}
