package org.tributary.wire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Central's answer to a {@link Greeting}: what it has, and what it takes.
 *
 * @param version of the program at central
 * @param protocol version of the sync protocol to speak
 * @param now central's clock
 * @param maxRows most rows that a batch may hold
 * @param maxBytes most bytes that an encoded batch may take
 * @param trustedUntil rows stamped later than this are set aside: their clock is not trusted
 * @param positions how far each table's live lane has come; a table not begun is left out
 * @param untrusted the same for rows stamped in the future
 * @param setAside rows of this gateway that are set aside in all
 * @param history by series, what the live lane left behind, as {@link Backlog} writes it
 * @param differences what differs of each of the greeting's claims, in their order
 * @param open by series, days that differed when they were compared last, newest first
 * @param hasChanges whether metadata was changed at central that this gateway would take
 */
public record Welcome(
    String version,
    int protocol,
    Instant now,
    int maxRows,
    int maxBytes,
    Instant trustedUntil,
    Map<String, Position> positions,
    Map<String, Position> untrusted,
    long setAside,
    Map<String, Position> history,
    List<List<Difference>> differences,
    Map<String, List<Window>> open,
    boolean hasChanges) {

  public Welcome {
    requireNonNull(version);
    requireNonNull(now);
    requireNonNull(trustedUntil);
    untrusted = Map.copyOf(untrusted);
    positions = Map.copyOf(positions);
    history = Map.copyOf(history);
    differences = differences.stream().map(List::copyOf).toList();
    open = Map.copyOf(open);
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("A batch must be able to hold a row");
    }
  }

  /** Without a word about history. */
  public Welcome(
      String version,
      int protocol,
      Instant now,
      int maxRows,
      int maxBytes,
      Instant trustedUntil,
      Map<String, Position> positions,
      Map<String, Position> untrusted,
      long setAside) {
    this(
        version,
        protocol,
        now,
        maxRows,
        maxBytes,
        trustedUntil,
        positions,
        untrusted,
        setAside,
        Map.of(),
        List.of(),
        Map.of(),
        false);
  }

  /** Days of a series that differed when they were compared last. */
  public List<Window> open(Table table) {
    return open.getOrDefault(table.name(), List.of());
  }

  public Optional<Position> position(Table table, Lane lane) {
    Map<String, Position> reached =
        switch (lane) {
          case LIVE -> positions;
          case UNTRUSTED -> untrusted;
          case HISTORY -> history;
        };
    return Optional.ofNullable(reached.get(table.name()));
  }
}
