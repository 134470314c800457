package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/**
 * What gateways replaced at central. Where several gateways and several centrals share a row, two
 * edits of one field may chase each other around for ever, each looking like a fresh one wherever
 * it comes to: they are known by coming again. Stateless: it stands in {@code tributary_edit}.
 */
final class Edits {

  /** How long an edit is remembered for that; chasing goes at the pace of pushes. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final SqlTimes times;
  private final Clock clock;

  Edits(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Notes cells that a gateway is about to replace. */
  void note(
      Connection connection,
      Gateway gateway,
      Table table,
      CentralId central,
      Map<String, @Nullable Object> before,
      Set<Column> replaced)
      throws SQLException {
    if (replaced.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO tributary_edit
          (gateway_id, table_name, central_id, column_name, value_before, noticed)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Column column : replaced) {
        insert.setInt(1, gateway.key());
        insert.setString(2, table.name());
        insert.setLong(3, central.value());
        insert.setString(4, column.name());
        insert.setString(5, cell(column, before.get(column.name())));
        times.set(insert, 6, clock.instant().truncatedTo(ChronoUnit.MICROS));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Whether two values of a field have both stood at central lately and been replaced there by a
   * gateway, so that neither is a fresh edit.
   */
  boolean haveBothBeenReplaced(
      Connection connection,
      Table table,
      CentralId central,
      Column column,
      @Nullable Object one,
      @Nullable Object other)
      throws SQLException {
    String sql =
        """
        SELECT value_before
        FROM tributary_edit
        WHERE table_name = ? AND central_id = ? AND column_name = ? AND noticed > ?
        """;
    Set<String> replaced = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table.name());
      select.setLong(2, central.value());
      select.setString(3, column.name());
      times.set(select, 4, clock.instant().minus(REMEMBERED).truncatedTo(ChronoUnit.MICROS));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          replaced.add(found.getString(1));
        }
      }
    }
    return replaced.contains(cell(column, one)) && replaced.contains(cell(column, other));
  }

  /** Whether a gateway has replaced a cell of central's since some time. */
  boolean isReplacedBy(
      Connection connection,
      Gateway gateway,
      Table table,
      long central,
      Column column,
      Instant since)
      throws SQLException {
    String sql =
        """
        SELECT 1
        FROM tributary_edit
        WHERE gateway_id = ? AND table_name = ? AND central_id = ? AND column_name = ?
          AND noticed > ?
        LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      select.setString(2, table.name());
      select.setLong(3, central);
      select.setString(4, column.name());
      times.set(select, 5, since);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Whether the first of two values is the one that stays where nothing else decides. */
  static boolean staysOf(Column column, @Nullable Object one, @Nullable Object other) {
    return cell(column, one).compareTo(cell(column, other)) > 0;
  }

  private static String cell(Column column, @Nullable Object value) {
    Map<String, @Nullable Object> cell = new HashMap<>();
    cell.put(column.name(), value);
    return SyncJson.writeRow(cell);
  }
}
