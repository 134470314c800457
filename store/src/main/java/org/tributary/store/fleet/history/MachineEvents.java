package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.fleet.history.HistoryEvent.Kind;

/** When a gateway came, was stopped, and which machine took another's place. */
final class MachineEvents {

  private MachineEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    events.addAll(
        asked
            .query(
                """
                SELECT first_contact
                FROM tributary_gateway
                WHERE id = ?
                  AND first_contact >= ?
                  AND first_contact < ?
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.FIRST_CONTACT,
                        "Gateway " + asked.name() + " greeted for the first time")));
    events.addAll(
        asked
            .query(
                """
                SELECT stopped, stopped_why
                FROM tributary_gateway
                WHERE id = ?
                  AND stopped >= ?
                  AND stopped < ?
                """)
            .all(
                connection,
                row -> new HistoryEvent(row.time(1), Kind.STOPPED, row.text(2).orElse(""))));
    events.addAll(
        asked
            .query(
                """
                SELECT since, hostname, replaced_by
                FROM tributary_replaced
                WHERE gateway_id = ?
                  AND since >= ?
                  AND since < ?
                ORDER BY since DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.REPLACED,
                        "%s took the place of %s"
                            .formatted(row.text(3).orElse(""), row.text(2).orElse("")))));
    events.addAll(starts(connection, asked));
    return events;
  }

  /** Those that no contact on record tells of. */
  private static List<HistoryEvent> starts(Connection connection, Asked asked) throws SQLException {
    return asked
        .query(
            """
            SELECT b.since, b.hostname
            FROM tributary_boot b
            WHERE b.gateway_id = ?
              AND b.since >= ?
              AND b.since < ?
              AND NOT EXISTS (
                SELECT 1
                FROM tributary_contact c
                WHERE c.gateway_id = b.gateway_id
                  AND c.boot = b.boot)
            ORDER BY b.since DESC
            """)
        .all(
            connection,
            row ->
                new HistoryEvent(
                    row.time(1), Kind.START, row.text(2).orElse("") + " has started anew"));
  }
}
