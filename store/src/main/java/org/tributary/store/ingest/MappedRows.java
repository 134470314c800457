package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tributary.store.Engine;
import org.tributary.wire.Lane;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Keeps the mapping journal right when somebody else than a gateway changes what is at central.
 * Stateless; runs in its caller's transaction.
 */
public final class MappedRows {

  private final Engine engine;
  private final Terms terms = new Terms();

  public MappedRows(Engine engine) {
    this.engine = engine;
  }

  /** Makes all that match metadata wait until the commit, so that nothing is matched meanwhile. */
  public void lock(Connection connection) throws SQLException {
    Gateways.lockMatching(connection, engine);
  }

  /**
   * Forgets what is mapped to a row of central that is about to go: gateways that have it send the
   * table again, and theirs is matched anew. One that mirrors removals hears of this one instead.
   */
  public void forget(Connection connection, Table table, long central) throws SQLException {
    askAgain(connection, table, central);
    if (table.equals(Tables.LOCATION)) {
      Filings.forget(connection, central);
    }
    String sql =
        "DELETE FROM tributary_mapping WHERE table_name = ? AND central_id = ? AND gateway_id = ?";
    for (int gateway : gateways(connection, table, central)) {
      MergeTerms its = terms.of(connection, gateway);
      if (its.takes() && its.mirrors()) {
        continue;
      }
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, table.name());
        delete.setLong(2, central);
        delete.setInt(3, gateway);
        delete.executeUpdate();
      }
    }
  }

  /** Makes gateways send a table again that have that row of central mapped. */
  public void askAgain(Connection connection, Table table, long central) throws SQLException {
    for (int gateway : gateways(connection, table, central)) {
      String sql =
          "DELETE FROM tributary_position WHERE gateway_id = ? AND table_name = ? AND lane = ?";
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setInt(1, gateway);
        delete.setString(2, table.name());
        delete.setString(3, Lane.LIVE.name());
        delete.executeUpdate();
      }
    }
  }

  private static List<Integer> gateways(Connection connection, Table table, long central)
      throws SQLException {
    String sql =
        """
        SELECT DISTINCT gateway_id
        FROM tributary_mapping
        WHERE table_name = ? AND central_id = ?
        ORDER BY gateway_id
        """;
    List<Integer> gateways = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table.name());
      select.setLong(2, central);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          gateways.add(found.getInt(1));
        }
      }
    }
    return gateways;
  }
}
