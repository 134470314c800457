package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What central knows of one gateway.
 *
 * @param clockOffsetMillis how far the gateway's clock was ahead of central's at the last contact,
 *     in milliseconds, the time on the way included
 * @param trustedUntil rows stamped later than this would be set aside now
 * @param setAsideByRule how many rows are set aside, by the rule; a rule without any is left out
 * @param stopped why the gateway is refused until somebody decides at central, if it is
 * @param untaken how many cells of its metadata were edited at central and not at the gateway;
 *     counted where one gateway is asked about, else 0
 */
public record GatewayStatus(
    GatewayId gateway,
    String hostname,
    String version,
    Instant firstContact,
    Instant lastContact,
    long clockOffsetMillis,
    Instant trustedUntil,
    List<TableStatus> tables,
    Map<Rule, Long> setAsideByRule,
    Optional<String> stopped,
    long untaken) {

  public GatewayStatus {
    requireNonNull(gateway);
    requireNonNull(hostname);
    requireNonNull(version);
    requireNonNull(firstContact);
    requireNonNull(lastContact);
    requireNonNull(trustedUntil);
    tables = List.copyOf(tables);
    setAsideByRule = Map.copyOf(setAsideByRule);
    requireNonNull(stopped);
  }

  /** One that is let on. */
  public GatewayStatus(
      GatewayId gateway,
      String hostname,
      String version,
      Instant firstContact,
      Instant lastContact,
      long clockOffsetMillis,
      Instant trustedUntil,
      List<TableStatus> tables,
      Map<Rule, Long> setAsideByRule) {
    this(
        gateway,
        hostname,
        version,
        firstContact,
        lastContact,
        clockOffsetMillis,
        trustedUntil,
        tables,
        setAsideByRule,
        Optional.empty(),
        0);
  }

  /** Where nothing is set aside, or nobody has counted by which rule. */
  public GatewayStatus(
      GatewayId gateway,
      String hostname,
      String version,
      Instant firstContact,
      Instant lastContact,
      long clockOffsetMillis,
      Instant trustedUntil,
      List<TableStatus> tables) {
    this(
        gateway,
        hostname,
        version,
        firstContact,
        lastContact,
        clockOffsetMillis,
        trustedUntil,
        tables,
        Map.of());
  }

  /**
   * How far one table has come.
   *
   * @param position of its live lane
   * @param untrusted how far its rows stamped in the future have come
   * @param setAside how many of its rows are set aside
   * @param history what the live lane left behind, as {@link Backlog} writes it
   * @param kept how many rows central keeps that the gateway has no longer
   * @param missing how many rows of before were missing here, or others, when they were compared
   *     last
   */
  public record TableStatus(
      String table,
      Optional<Position> position,
      Optional<Position> untrusted,
      long setAside,
      Optional<Position> history,
      long kept,
      long missing) {
    public TableStatus {
      requireNonNull(table);
      requireNonNull(position);
      requireNonNull(untrusted);
      requireNonNull(history);
    }

    /** Without a word about history. */
    public TableStatus(
        String table, Optional<Position> position, Optional<Position> untrusted, long setAside) {
      this(table, position, untrusted, setAside, Optional.empty(), 0, 0);
    }
  }

  /** Rows set aside in all tables together. */
  public long setAside() {
    return tables.stream().mapToLong(TableStatus::setAside).sum();
  }
}
