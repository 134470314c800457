package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.report.Query;
import org.tributary.wire.Lane;

/**
 * What central has on record of a gateway. Sums of hours reach back 400 days; of greetings and
 * batches the newest 500 are there, and decisions of people for good. Thread-safe.
 */
public record GatewayHistory(Database database) {

  /**
   * A stretch of a gateway's past.
   *
   * @param hours in which something came, in order
   * @param contacts newest first
   * @param receipts newest first
   * @param events newest first, of all that is on record
   */
  public record History(
      List<HistoryHour> hours,
      List<HistoryContact> contacts,
      List<HistoryReceipt> receipts,
      List<HistoryEvent> events) {

    public History {
      hours = List.copyOf(hours);
      contacts = List.copyOf(contacts);
      receipts = List.copyOf(receipts);
      events = List.copyOf(events);
    }
  }

  /** Finds events of some kinds, newest first. */
  @FunctionalInterface
  interface Source {
    List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException;
  }

  private static final List<Source> SOURCES =
      List.of(
          ContactEvents::of,
          MachineEvents::of,
          RestoreEvents::of,
          DecisionEvents::of,
          RowEvents::of,
          AdministrationEvents::of);

  /**
   * The history of a gateway from a moment up to another; empty if it never greeted.
   *
   * @param most so many contacts, receipts and events at most, the newest
   */
  public Optional<History> of(String name, Instant from, Instant until, int most)
      throws StoreException {
    return database.read(
        connection -> {
          Optional<Long> gateway =
              new Query(database.engine(), "SELECT id FROM tributary_gateway WHERE name = ?")
                  .with(name)
                  .first(connection, row -> row.number(1));
          return gateway.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  read(
                      connection,
                      new Asked(database.engine(), gateway.get(), name, from, until, most)));
        });
  }

  private static History read(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    for (Source source : SOURCES) {
      events.addAll(source.of(connection, asked));
    }
    return new History(
        hours(connection, asked),
        contacts(connection, asked),
        receipts(connection, asked),
        events.stream()
            .sorted(Comparator.comparing(HistoryEvent::at).reversed())
            .limit(asked.most())
            .toList());
  }

  private static List<HistoryHour> hours(Connection connection, Asked asked) throws SQLException {
    return new Query(
            asked.engine(),
            """
            SELECT hour_number, contacts, refusals, batches, row_count, inserted, set_aside,
              byte_count, least_offset, most_offset
            FROM tributary_hour
            WHERE gateway_id = ?
              AND hour_number >= ?
              AND hour_number < ?
            ORDER BY hour_number
            """)
        .with(asked.gateway())
        .with(Math.floorDiv(asked.from().getEpochSecond(), 3_600L))
        .with(-Math.floorDiv(-asked.until().getEpochSecond(), 3_600L))
        .all(connection, GatewayHistory::hour);
  }

  private static HistoryHour hour(Query.Row row) throws SQLException {
    Optional<Long> least = row.maybeNumber(9);
    Optional<Long> most = row.maybeNumber(10);
    return new HistoryHour(
        Instant.ofEpochSecond(row.number(1) * 3_600),
        row.number(2),
        row.number(3),
        row.number(4),
        row.number(5),
        row.number(6),
        row.number(7),
        row.number(8),
        least.flatMap(low -> most.map(high -> new HistoryHour.Clock(low, high))));
  }

  private static List<HistoryContact> contacts(Connection connection, Asked asked)
      throws SQLException {
    return asked
        .query(
            """
            SELECT noticed, refused, machine, hostname, version, boot, configuration, clock_offset
            FROM tributary_contact
            WHERE gateway_id = ?
              AND noticed >= ?
              AND noticed < ?
            ORDER BY id DESC
            """)
        .all(connection, GatewayHistory::contact);
  }

  /** Of a row with the columns in that order. */
  static HistoryContact contact(Query.Row row) throws SQLException {
    return new HistoryContact(
        row.time(1),
        row.text(2),
        row.text(3).orElseThrow(),
        row.text(4).orElseThrow(),
        row.text(5).orElseThrow(),
        row.text(6),
        row.text(7).orElseThrow(),
        Duration.ofMillis(row.number(8)));
  }

  private static List<HistoryReceipt> receipts(Connection connection, Asked asked)
      throws SQLException {
    return asked
        .query(
            """
            SELECT noticed, table_name, lane, row_count, inserted, changed, unchanged, set_aside,
              kept, deleted, byte_count, position, took
            FROM tributary_receipt
            WHERE gateway_id = ?
              AND noticed >= ?
              AND noticed < ?
            ORDER BY id DESC
            """)
        .all(connection, GatewayHistory::receipt);
  }

  private static HistoryReceipt receipt(Query.Row row) throws SQLException {
    Optional<Long> kept = row.maybeNumber(9);
    Optional<Long> deleted = row.maybeNumber(10);
    return new HistoryReceipt(
        row.time(1),
        row.text(2).orElseThrow(),
        Lane.valueOf(row.text(3).orElseThrow()),
        row.number(4),
        row.number(5),
        row.number(6),
        row.number(7),
        row.number(8),
        kept.flatMap(k -> deleted.map(d -> new HistoryReceipt.Settled(k, d))),
        row.maybeNumber(11),
        row.maybePosition(12),
        Duration.ofMillis(row.number(13)));
  }
}
