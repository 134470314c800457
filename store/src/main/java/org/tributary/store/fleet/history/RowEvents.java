package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tributary.store.Counted;
import org.tributary.store.fleet.history.HistoryEvent.Kind;
import org.tributary.store.report.Query;
import org.tributary.wire.Rule;

/** Rows that were kept apart, decided about or corrected, by the hour; and what was told. */
final class RowEvents {

  private RowEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    events.addAll(
        byHour(asked, "tributary_setaside", "since", "rule", "rule")
            .all(
                connection,
                row ->
                    event(
                        row,
                        Kind.SET_ASIDE,
                        "set aside: " + Rule.valueOf(row.text(3).orElseThrow()).words())));
    events.addAll(
        byHour(asked, "tributary_decided", "decided", "decision", "decided_by")
            .all(
                connection,
                row ->
                    event(
                        row,
                        Kind.DECIDED,
                        "set aside before, %s by %s"
                            .formatted(
                                row.text(3).orElse("").toLowerCase(Locale.ROOT),
                                row.text(4).orElse("")))));
    events.addAll(
        byHour(asked, "tributary_correction", "noticed", "kind", "kind")
            .all(
                connection,
                row ->
                    event(
                        row,
                        Kind.CORRECTION,
                        row.text(3).orElse("").toLowerCase(Locale.ROOT) + " at the gateway")));
    events.addAll(told(connection, asked));
    return events;
  }

  /**
   * Sums of rows: when the last of them came, the table, two columns that they have in common, and
   * how many they are.
   */
  private static Query byHour(Asked asked, String table, String time, String one, String other) {
    return asked.query(
        """
        SELECT MAX($time), table_name, $one, $other, COUNT(*)
        FROM $table
        WHERE gateway_id = ?
          AND $time >= ?
          AND $time < ?
        GROUP BY SUBSTR(CAST($time AS CHAR(26)), 1, 13), table_name, $one, $other
        ORDER BY 1 DESC
        """
            .replace("$table", table)
            .replace("$time", time)
            .replace("$one", one)
            .replace("$other", other));
  }

  private static HistoryEvent event(Query.Row row, Kind kind, String what) throws SQLException {
    return new HistoryEvent(
        row.time(1),
        kind,
        "%s of %s %s".formatted(Counted.rows(row.number(5)), row.text(2).orElse(""), what));
  }

  private static List<HistoryEvent> told(Connection connection, Asked asked) throws SQLException {
    return asked
        .query(
            """
            SELECT last_noticed, times, words
            FROM tributary_told
            WHERE gateway_id = ?
              AND last_noticed >= ?
              AND last_noticed < ?
            ORDER BY id DESC
            """)
        .all(
            connection,
            row ->
                new HistoryEvent(
                    row.time(1),
                    Kind.TOLD,
                    row.text(3).orElse("")
                        + (row.number(2) == 1
                            ? ""
                            : " (told %,d times)".formatted(row.number(2)))));
  }
}
