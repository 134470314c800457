package org.tributary.store.fleet.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.store.fleet.history.HistoryEvent.Kind;
import org.tributary.store.report.Query;

/** What was new in greetings, each compared with the one of the same machine before. */
final class ContactEvents {

  private ContactEvents() {}

  static List<HistoryEvent> of(Connection connection, Asked asked) throws SQLException {
    // All of them, few as they are kept: the first one asked for may follow an older one.
    List<HistoryContact> news =
        new Query(
                asked.engine(),
                """
                SELECT noticed, refused, machine, hostname, version, boot, configuration,
                  clock_offset
                FROM tributary_contact
                WHERE gateway_id = ?
                  AND is_news
                ORDER BY id
                """)
            .with(asked.gateway())
            .all(connection, GatewayHistory::contact);
    Map<String, HistoryContact> last = new HashMap<>();
    List<HistoryEvent> events = new ArrayList<>();
    for (HistoryContact contact : news) {
      HistoryContact before = last.put(contact.machine(), contact);
      if (asked.covers(contact.at())) {
        compare(before, contact, events);
      }
    }
    Collections.reverse(events);
    return events;
  }

  private static void compare(
      @Nullable HistoryContact before, HistoryContact now, List<HistoryEvent> events) {
    if (before == null) {
      events.add(
          event(
              now,
              Kind.MACHINE,
              "%s is heard of, with version %s, %s"
                  .formatted(now.hostname(), now.version(), now.configuration())));
    } else {
      changes(before, now, events);
    }
    if (now.refused().isPresent() && (before == null || before.refused().isEmpty())) {
      events.add(event(now, Kind.REFUSED, "%s: %s".formatted(now.hostname(), now.refused().get())));
    } else if (now.refused().isEmpty() && before != null && before.refused().isPresent()) {
      events.add(event(now, Kind.WELCOMED, now.hostname() + " is let on again"));
    }
  }

  private static void changes(
      HistoryContact before, HistoryContact now, List<HistoryEvent> events) {
    if (!before.hostname().equals(now.hostname())) {
      events.add(
          event(
              now,
              Kind.MACHINE,
              "%s calls itself %s now".formatted(before.hostname(), now.hostname())));
    }
    if (!before.version().equals(now.version())) {
      events.add(
          event(
              now,
              Kind.VERSION,
              "%s, before %s, on %s".formatted(now.version(), before.version(), now.hostname())));
    }
    if (!before.configuration().equals(now.configuration())) {
      events.add(
          event(
              now,
              Kind.CONFIGURATION,
              "%s; before: %s".formatted(now.configuration(), before.configuration())));
    }
    if (now.boot().isPresent() && !now.boot().equals(before.boot())) {
      events.add(event(now, Kind.START, now.hostname() + " has started anew"));
    }
  }

  private static HistoryEvent event(HistoryContact contact, Kind kind, String words) {
    return new HistoryEvent(contact.at(), kind, words);
  }
}
