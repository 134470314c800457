package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Which houses a gateway may take for its own. */
public enum Scope {
  /** Any that has its address: whoever can write to the database is believed. */
  ANY,

  /**
   * Of a gateway with a key, its own: one that another gateway has is no house of its until a
   * person says so. Else whoever steals a key could write into any house of which he knows the
   * address.
   */
  BY_KEY;

  /** Whether houses that other gateways have are out of a gateway's reach. */
  boolean isOwnHousesOnly(Connection connection, Gateway gateway) throws SQLException {
    return this == BY_KEY && hasKey(connection, gateway);
  }

  private static boolean hasKey(Connection connection, Gateway gateway) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM tributary_key"
            + " WHERE role = 'GATEWAY' AND holder = ? AND revoked IS NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, gateway.id().value());
      try (ResultSet found = select.executeQuery()) {
        return found.next() && found.getLong(1) > 0;
      }
    }
  }
}
