package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Claims;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Window;

/**
 * What each gateway said last that it has of a day, so that central knows what it does not have.
 * Stateless: it stands in {@code tributary_claim}.
 */
final class LastClaims {

  /** More are told the next time. */
  private static final int OPEN_DAYS = 30;

  private final Engine engine;
  private final SqlTimes times;
  private final Clock clock;

  LastClaims(Engine engine, Clock clock) {
    this.engine = engine;
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /**
   * Notes a claim about a day, if it says something new.
   *
   * @param missing rows of it that are missing at central, or others there
   */
  void note(Connection connection, Gateway gateway, Table table, Claims.Claim claim, long missing)
      throws SQLException {
    if (isNoted(connection, gateway, table, claim, missing)) {
      return;
    }
    if (missing == 0) {
      forgetNodes(connection, gateway, table, claim.window(), Set.of());
    }
    String upsert =
        engine.insertOrUpdate(
            """
            INSERT INTO tributary_claim
              (gateway_id, table_name, first_hour, row_count, row_sum, missing, noticed)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            List.of("gateway_id", "table_name", "first_hour"),
            List.of("row_count", "row_sum", "missing", "noticed"));
    try (PreparedStatement statement = connection.prepareStatement(upsert)) {
      bind(statement, gateway, table, claim);
      statement.setLong(4, claim.digest().rows());
      statement.setLong(5, claim.digest().sum());
      statement.setLong(6, missing);
      times.set(statement, 7, clock.instant().truncatedTo(ChronoUnit.MICROS));
      statement.executeUpdate();
    }
  }

  private static boolean isNoted(
      Connection connection, Gateway gateway, Table table, Claims.Claim claim, long missing)
      throws SQLException {
    String sql =
        """
        SELECT row_count, row_sum, missing
        FROM tributary_claim
        WHERE gateway_id = ? AND table_name = ? AND first_hour = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, gateway, table, claim);
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            && found.getLong(1) == claim.digest().rows()
            && found.getLong(2) == claim.digest().sum()
            && found.getLong(3) == missing;
      }
    }
  }

  /**
   * Rows of before have arrived: so many fewer are missing of their days. Until both ends are
   * compared again one is, at least: nobody knows yet that it was all.
   *
   * @param fresh how many of them were not here
   */
  void arrived(Connection connection, Gateway gateway, Rows rows, int fresh) throws SQLException {
    Map<Long, Integer> days = new TreeMap<>();
    int time = rows.indexOf(rows.table().key().get(0));
    for (int row = 0; row < rows.size(); row++) {
      days.merge(Window.dayOfHour(Window.hourOfMicros(rows.longAt(time, row))), 1, Integer::sum);
    }
    String sql =
        """
        UPDATE tributary_claim
        SET missing = CASE WHEN missing > ? THEN missing - ? ELSE 1 END
        WHERE gateway_id = ? AND table_name = ? AND first_hour = ? AND missing > 0
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, Integer> day : days.entrySet()) {
        long its = (long) day.getValue() * fresh / rows.size();
        update.setLong(1, its);
        update.setLong(2, its);
        update.setInt(3, gateway.key());
        update.setString(4, rows.table().name());
        update.setLong(5, day.getKey());
        update.executeUpdate();
      }
    }
  }

  /** Rows that are missing at central or others there, by table, as of the last claims. */
  Map<String, Long> missing(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT table_name, SUM(missing)
        FROM tributary_claim
        WHERE gateway_id = ?
        GROUP BY table_name
        """;
    Map<String, Long> missing = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          missing.put(found.getString(1), found.getLong(2));
        }
      }
    }
    return missing;
  }

  /** Some days of which rows are missing at central or others there, newest first, by table. */
  Map<String, List<Window>> open(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        """
        SELECT table_name, first_hour
        FROM tributary_claim
        WHERE gateway_id = ? AND missing > 0
        ORDER BY first_hour DESC
        LIMIT %d
        """
            .formatted(OPEN_DAYS);
    Map<String, List<Window>> open = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          open.computeIfAbsent(found.getString(1), table -> new ArrayList<>())
              .add(new Window(null, found.getLong(2), Window.DAY));
        }
      }
    }
    return open;
  }

  /**
   * Notes which nodes' rows of a day are missing here, as they were compared node by node.
   *
   * @param missing how many, by window of a node; nodes without an entry miss nothing
   * @param nodes whose rows were compared; empty for all
   */
  void noteNodes(
      Connection connection,
      Gateway gateway,
      Table table,
      Window day,
      Set<Long> nodes,
      Map<Window, Long> missing)
      throws SQLException {
    forgetNodes(connection, gateway, table, day, nodes);
    String insert =
        """
        INSERT INTO tributary_missing
          (gateway_id, table_name, first_hour, node_id, row_count, noticed)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement fresh = connection.prepareStatement(insert)) {
      for (Map.Entry<Window, Long> each : missing.entrySet()) {
        fresh.setInt(1, gateway.key());
        fresh.setString(2, table.name());
        fresh.setLong(3, day.hour());
        fresh.setLong(4, Objects.requireNonNull(each.getKey().node()));
        fresh.setLong(5, each.getValue());
        times.set(fresh, 6, clock.instant().truncatedTo(ChronoUnit.MICROS));
        fresh.executeUpdate();
      }
    }
  }

  private static void forgetNodes(
      Connection connection, Gateway gateway, Table table, Window day, Set<Long> nodes)
      throws SQLException {
    String delete =
        """
        DELETE FROM tributary_missing
        WHERE gateway_id = ? AND table_name = ? AND first_hour = ?
        """;
    try (PreparedStatement all = connection.prepareStatement(delete);
        PreparedStatement one = connection.prepareStatement(delete + " AND node_id = ?")) {
      if (nodes.isEmpty()) {
        all.setInt(1, gateway.key());
        all.setString(2, table.name());
        all.setLong(3, day.hour());
        all.executeUpdate();
      }
      for (long node : nodes) {
        one.setInt(1, gateway.key());
        one.setString(2, table.name());
        one.setLong(3, day.hour());
        one.setLong(4, node);
        one.executeUpdate();
      }
    }
  }

  private static void bind(
      PreparedStatement statement, Gateway gateway, Table table, Claims.Claim claim)
      throws SQLException {
    statement.setInt(1, gateway.key());
    statement.setString(2, table.name());
    statement.setLong(3, claim.window().hour());
  }
}
