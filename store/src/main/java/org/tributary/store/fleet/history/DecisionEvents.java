package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tributary.store.fleet.history.HistoryEvent.Kind;
import org.tributary.store.report.Query;

/** What people said about which row is which, and what both ends had otherwise. */
final class DecisionEvents {

  private DecisionEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    for (String moment : List.of("decided", "undone")) {
      events.addAll(mapping(connection, asked, moment));
    }
    events.addAll(
        asked
            .query(
                """
                SELECT noticed, table_name, local_id, column_name, winner, rule
                FROM tributary_conflict
                WHERE gateway_id = ?
                  AND noticed >= ?
                  AND noticed < ?
                ORDER BY id DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.CONFLICT,
                        "%s was otherwise at both ends; what %s has counts (%s)"
                            .formatted(field(row, 2), end(row, 5), word(row, 6)))));
    events.addAll(
        asked
            .query(
                """
                SELECT decided, table_name, local_id, column_name, chosen, decided_by
                FROM tributary_conflict
                WHERE gateway_id = ?
                  AND decided >= ?
                  AND decided < ?
                ORDER BY decided DESC
                """)
            .all(
                connection,
                row ->
                    new HistoryEvent(
                        row.time(1),
                        Kind.CONFLICT,
                        "%s: %s chose what %s has"
                            .formatted(field(row, 2), row.text(6).orElse(""), end(row, 5)))));
    return events;
  }

  private static List<HistoryEvent> mapping(Connection connection, Asked asked, String moment)
      throws SQLException {
    return asked
        .query(
            """
            SELECT %s, table_name, local_id, verdict, %s_by, id
            FROM tributary_decision
            WHERE gateway_id = ?
              AND %s >= ?
              AND %s < ?
            ORDER BY id DESC
            """
                .formatted(moment, moment, moment, moment))
        .all(
            connection,
            row ->
                new HistoryEvent(
                    row.time(1),
                    Kind.MAPPING,
                    "%s %d: %s%s by %s (decision %d)"
                        .formatted(
                            row.text(2).orElse(""),
                            row.number(3),
                            word(row, 4),
                            moment.equals("undone") ? ", undone" : "",
                            row.text(5).orElse(""),
                            row.number(6))));
  }

  /** The row and the column that a conflict is about: {@code House 3 address}. */
  private static String field(Query.Row row, int first) throws SQLException {
    return "%s %d %s"
        .formatted(
            row.text(first).orElse(""), row.number(first + 1), row.text(first + 2).orElse(""))
        .strip();
  }

  private static String end(Query.Row row, int column) throws SQLException {
    String end = word(row, column);
    return end.equals("gateway") ? "the gateway" : end;
  }

  private static String word(Query.Row row, int column) throws SQLException {
    return row.text(column).orElse("").toLowerCase(Locale.ROOT);
  }
}
