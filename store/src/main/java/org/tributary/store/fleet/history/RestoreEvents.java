package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.Counted;
import org.tributary.store.fleet.history.HistoryEvent.Kind;

/** Permissions to read a gateway's rows back, and what was done with them. */
final class RestoreEvents {

  private RestoreEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    events.addAll(
        asked
            .query(
                """
                SELECT granted, granted_by, expires
                FROM tributary_permit
                WHERE gateway_id = ?
                  AND granted >= ?
                  AND granted < ?
                ORDER BY granted DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.RESTORE,
                        "%s permitted to restore it until %s"
                            .formatted(row.text(2).orElse(""), row.time(3)))));
    events.addAll(
        asked
            .query(
                """
                SELECT begun, hostname
                FROM tributary_permit
                WHERE gateway_id = ?
                  AND begun >= ?
                  AND begun < ?
                ORDER BY begun DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1), Kind.RESTORE, row.text(2).orElse("") + " began to restore")));
    events.addAll(
        asked
            .query(
                """
                SELECT finished, hostname, row_count
                FROM tributary_permit
                WHERE gateway_id = ?
                  AND finished >= ?
                  AND finished < ?
                ORDER BY finished DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.RESTORE,
                        "%s has restored; %s given back"
                            .formatted(row.text(2).orElse(""), Counted.rows(row.number(3))))));
    return events;
  }
}
