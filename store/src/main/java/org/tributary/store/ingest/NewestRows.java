package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Of a gateway's rows in a table of ours the newest.
 *
 * @param which of them it is about, as SQL
 */
record NewestRows(String table, String which) {

  /** How many stay of each gateway. */
  static final int KEPT = 500;

  /** Forgets the others. */
  void keep(Connection connection, Gateway gateway) throws SQLException {
    String newest =
        "SELECT id FROM %s WHERE gateway_id = ? AND %s ORDER BY id DESC LIMIT 1 OFFSET %d"
            .formatted(table, which, KEPT);
    try (PreparedStatement select = connection.prepareStatement(newest)) {
      select.setInt(1, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          forgetUpTo(connection, gateway, found.getLong(1));
        }
      }
    }
  }

  private void forgetUpTo(Connection connection, Gateway gateway, long id) throws SQLException {
    String old = "DELETE FROM %s WHERE gateway_id = ? AND id <= ? AND %s".formatted(table, which);
    try (PreparedStatement delete = connection.prepareStatement(old)) {
      delete.setInt(1, gateway.key());
      delete.setLong(2, id);
      delete.executeUpdate();
    }
  }
}
