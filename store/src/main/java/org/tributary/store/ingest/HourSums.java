package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tributary.store.Engine;

/**
 * What a gateway did in each hour, UTC, for somewhat more than a year. Stateless: it stands in
 * {@code tributary_hour}.
 */
final class HourSums {

  /** For how long they stay. */
  static final Duration KEPT = Duration.ofDays(400);

  private final Engine engine;

  HourSums(Engine engine) {
    this.engine = engine;
  }

  /**
   * A greeting that was answered.
   *
   * @param ahead how far its clock was ahead, in milliseconds
   */
  void addContact(Connection connection, Gateway gateway, Instant now, long ahead)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_hour
        SET contacts = contacts + 1,
          least_offset = CASE WHEN least_offset <= ? THEN least_offset ELSE ? END,
          most_offset = CASE WHEN most_offset >= ? THEN most_offset ELSE ? END
        WHERE gateway_id = ? AND hour_number = ?
        """;
    add(connection, gateway, now, sql, ahead, ahead, ahead, ahead);
  }

  /** Anything that was refused. */
  void addRefusal(Connection connection, Gateway gateway, Instant now) throws SQLException {
    String sql =
        """
        UPDATE tributary_hour
        SET refusals = refusals + 1
        WHERE gateway_id = ? AND hour_number = ?
        """;
    add(connection, gateway, now, sql);
  }

  void addBatch(Connection connection, Gateway gateway, Instant now, Receipt receipt)
      throws SQLException {
    String sql =
        """
        UPDATE tributary_hour
        SET batches = batches + 1,
          row_count = row_count + ?,
          inserted = inserted + ?,
          set_aside = set_aside + ?,
          byte_count = byte_count + ?
        WHERE gateway_id = ? AND hour_number = ?
        """;
    add(
        connection,
        gateway,
        now,
        sql,
        receipt.arrival().batch().size(),
        receipt.stored().inserted(),
        receipt.setAside(),
        receipt.arrival().bytes().orElse(0L));
  }

  /** Adds to an hour, which in its first moment is not there yet. */
  private void add(
      Connection connection, Gateway gateway, Instant now, String update, long... amounts)
      throws SQLException {
    if (changed(connection, gateway, now, update, amounts) == 0) {
      begin(connection, gateway, now);
      changed(connection, gateway, now, update, amounts);
    }
  }

  private static int changed(
      Connection connection, Gateway gateway, Instant now, String sql, long... amounts)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int index = 1;
      for (long amount : amounts) {
        update.setLong(index++, amount);
      }
      update.setInt(index++, gateway.key());
      update.setLong(index, hour(now));
      return update.executeUpdate();
    }
  }

  // Two may come in an hour's first moment at once.
  private void begin(Connection connection, Gateway gateway, Instant now) throws SQLException {
    String sql =
        engine.insertNewOnly(
            """
            INSERT INTO tributary_hour
              (gateway_id, hour_number, contacts, refusals, batches, row_count, inserted, set_aside,
               byte_count)
            VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)
            """,
            List.of("gateway_id", "hour_number"));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setLong(2, hour(now));
      insert.executeUpdate();
    }
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 3_600L);
  }

  void forgetOld(Connection connection, Gateway gateway, Instant now) throws SQLException {
    String sql = "DELETE FROM tributary_hour WHERE gateway_id = ? AND hour_number < ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, gateway.key());
      delete.setLong(2, hour(now.minus(KEPT)));
      delete.executeUpdate();
    }
  }
}
