package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.Engine;
import org.tributary.store.SqlTimes;
import org.tributary.wire.Correction;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;

/**
 * What rows of series were before their gateway changed or deleted them. Stateless: it stands in
 * {@code tributary_correction}.
 */
final class Corrections {

  private final SqlTimes times;
  private final Clock clock;

  Corrections(Engine engine, Clock clock) {
    this.times = new SqlTimes(engine);
    this.clock = clock;
  }

  /** Notes a row as it was. */
  void note(Connection connection, Gateway gateway, Correction.Kind kind, Rows before, int row)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_correction
          (gateway_id, table_name, row_key, kind, row_before, noticed, node_id, row_time)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway.key());
      insert.setString(2, before.table().name());
      insert.setString(3, Sieve.keyOf(before, row));
      insert.setString(4, kind.name());
      insert.setString(5, SyncJson.writeRow(before.row(row)));
      times.set(insert, 6, clock.instant().truncatedTo(ChronoUnit.MICROS));
      insert.setLong(7, before.longAt(before.indexOf("nodeId"), row));
      times.set(insert, 8, Micros.toInstant(before.longAt(before.indexOf("time"), row)));
      insert.executeUpdate();
    }
  }

  /** The newest ones, newest first. */
  List<Correction> newest(Connection connection, Gateway gateway, int max) throws SQLException {
    String sql =
        """
        SELECT table_name, row_key, kind, row_before, noticed
        FROM tributary_correction
        WHERE gateway_id = ?
        ORDER BY id DESC
        LIMIT %d
        """
            .formatted(max);
    List<Correction> corrections = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          corrections.add(
              new Correction(
                  found.getString(1),
                  found.getString(2),
                  Correction.Kind.valueOf(found.getString(3)),
                  found.getString(4),
                  times.get(found, 5)));
        }
      }
    }
    return corrections;
  }
}
