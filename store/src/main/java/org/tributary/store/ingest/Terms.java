package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.MetadataJson;
import org.tributary.wire.WireFormatException;

/**
 * What gateways want done with metadata that both sides changed, as each said when it greeted last.
 * Stateless: it stands in {@code tributary_gateway}.
 */
final class Terms {

  /** Those of a gateway; of one that never said, those of one that only sends. */
  MergeTerms of(Connection connection, Gateway gateway) throws SQLException {
    return of(connection, gateway.key());
  }

  /**
   * The same.
   *
   * @param gateway its number in our own tables
   */
  MergeTerms of(Connection connection, int gateway) throws SQLException {
    String sql = "SELECT merge_terms FROM tributary_gateway WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      try (ResultSet found = select.executeQuery()) {
        String json = found.next() ? found.getString(1) : null;
        return json == null ? MergeTerms.ONE_WAY : MetadataJson.readTerms(json);
      }
    } catch (WireFormatException e) {
      throw new SQLException("tributary_gateway holds no terms of gateway " + gateway, e);
    }
  }

  /** Terms as they are kept. */
  static @Nullable String kept(MergeTerms terms) {
    return terms.equals(MergeTerms.ONE_WAY) ? null : MetadataJson.write(terms);
  }
}
