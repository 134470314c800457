package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.SyncJson;

/** Batches that were stored. Stateless: they stand in {@code tributary_receipt}. */
final class Receipts {

  private final SqlTimes times;

  Receipts(Engine engine) {
    this.times = new SqlTimes(engine);
  }

  void put(Connection connection, Gateway gateway, Receipt receipt, Instant now)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_receipt
          (gateway_id, noticed, table_name, lane, row_count, inserted, changed, unchanged,
           set_aside, kept, deleted, byte_count, position, took)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    Batch batch = receipt.arrival().batch();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      times.set(insert, 2, now);
      insert.setString(3, batch.table().name());
      insert.setString(4, batch.lane().name());
      insert.setInt(5, batch.size());
      insert.setInt(6, receipt.stored().inserted());
      insert.setInt(7, receipt.stored().changed());
      insert.setInt(8, receipt.stored().unchanged());
      insert.setInt(9, receipt.setAside());
      set(insert, 10, receipt.settled().map(Ack.Settled::kept));
      set(insert, 11, receipt.settled().map(Ack.Settled::deleted));
      set(insert, 12, receipt.arrival().bytes());
      insert.setString(13, receipt.position().map(SyncJson::writePosition).orElse(null));
      // A clock may be set back meanwhile.
      insert.setLong(14, Math.max(0, Duration.between(receipt.arrival().at(), now).toMillis()));
      insert.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int index, Optional<Long> number)
      throws SQLException {
    if (number.isPresent()) {
      statement.setLong(index, number.get());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  /** Leaves the newest. */
  void forgetOld(Connection connection, Gateway gateway) throws SQLException {
    new NewestRows("tributary_receipt", "1 = 1").keep(connection, gateway);
  }
}
