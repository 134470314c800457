package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Micros;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Of which days central has rows of one gateway, set aside or not. For one transaction.
 *
 * @param nodes the gateway's, by central's ids
 */
record GatewayDays(Connection connection, Engine engine, Gateway gateway, Set<Long> nodes) {

  /** The days of which there is something, as stretches, oldest first. */
  List<Window> of(Table table) throws SQLException {
    Set<Long> hours = new HashSet<>();
    List<Window> stretches = new ArrayList<>();
    Optional<Window> stored = stored(table);
    stored.ifPresent(stretches::add);
    String sql =
        """
        SELECT row_time
        FROM %s
        WHERE gateway_id = ? AND table_name = ? AND row_hash IS NOT NULL
        """;
    SqlTimes times = new SqlTimes(engine);
    for (String book : List.of("tributary_setaside", "tributary_decided")) {
      try (PreparedStatement select = connection.prepareStatement(sql.formatted(book))) {
        select.setInt(1, gateway.key());
        select.setString(2, table.name());
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            hours.add(Window.dayOf(times.get(found, 1)).hour());
          }
        }
      }
    }
    stored.ifPresent(span -> hours.removeIf(hour -> hour >= span.hour() && hour < span.endHour()));
    hours.forEach(hour -> stretches.add(new Window(null, hour, Window.DAY)));
    stretches.sort(null);
    return stretches;
  }

  private Optional<Window> stored(Table table) throws SQLException {
    Optional<Window> span = Optional.empty();
    String sql =
        "SELECT MIN(%s), MAX(%s) FROM %s WHERE %s = ?"
            .formatted(
                engine.quote(table.key().get(0)),
                engine.quote(table.key().get(0)),
                engine.quote(table.name()),
                engine.quote("nodeId"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (long node : nodes) {
        select.setLong(1, node);
        try (ResultSet found = select.executeQuery()) {
          found.next();
          if (found.getObject(1) != null) {
            long first = Window.dayOf(Micros.toInstant(engine.getTime(found, 1))).hour();
            long end = Window.dayOf(Micros.toInstant(engine.getTime(found, 2))).endHour();
            long from = Math.min(first, span.map(Window::hour).orElse(first));
            long to = Math.max(end, span.map(Window::endHour).orElse(end));
            span = Optional.of(new Window(null, from, (int) (to - from)));
          }
        }
      }
    }
    return span;
  }

  /** How many rows were set aside and are not whole, so that they can't come back. */
  long lost() throws SQLException {
    String sql =
        """
        SELECT COUNT(*)
        FROM tributary_setaside
        WHERE gateway_id = ? AND table_name IN (?, ?) AND row_hash IS NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, Tables.READING.name());
      select.setString(3, Tables.NODE_STATE.name());
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }
}
