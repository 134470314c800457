package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.fleet.history.HistoryEvent.Kind;
import org.tributary.store.report.Query;

/** What the audit trail has about a gateway, and when its keys were used first. */
final class AdministrationEvents {

  private AdministrationEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    events.addAll(
        // Permissions that were granted are in books that are older than the trail. People and
        // tokens may have a gateway's name.
        named(
                asked,
                """
                SELECT written, act, actor, detail
                FROM tributary_audit
                WHERE subject = ?
                  AND written >= ?
                  AND written < ?
                  AND (act LIKE 'gateway-%' OR act = 'restore-revoke')
                ORDER BY id DESC
                """)
            .all(
                connection,
                row -> {
                  String detail = row.text(4).orElse("");
                  return new HistoryEvent(
                      row.time(1),
                      Kind.ADMINISTRATION,
                      "%s by %s%s"
                          .formatted(
                              row.text(2).orElse("").replace('-', ' '),
                              row.text(3).orElse(""),
                              detail.isEmpty() ? "" : ": " + detail));
                }));
    events.addAll(
        named(
                asked,
                """
                SELECT first_used, key_id
                FROM tributary_key
                WHERE holder = ?
                  AND first_used >= ?
                  AND first_used < ?
                  AND role = 'GATEWAY'
                ORDER BY first_used DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.ADMINISTRATION,
                        "key %s was used for the first time".formatted(row.text(2).orElse("")))));
    return events;
  }

  private static Query named(Asked asked, String sql) {
    return new Query(asked.engine(), sql + "LIMIT " + asked.most())
        .with(asked.name())
        .with(asked.from())
        .with(asked.until());
  }
}
