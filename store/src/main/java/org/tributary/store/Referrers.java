package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds rows that refer to a row, before it is removed. Not every database watches over that
 * itself: tables made by hand, or of MyISAM, know no foreign keys, and others remove what refers to
 * it along with it. Stateless.
 *
 * @param engine of the database, with what its tables lack
 * @param leftOut names of tables that are not there, or not as they should be
 */
public record Referrers(Engine engine, Set<String> leftOut) {

  public Referrers {
    leftOut = Set.copyOf(leftOut);
  }

  /** A column of some row that refers to that row, such as {@code Reading.nodeId}. */
  public Optional<String> to(Connection connection, Table table, long id) throws SQLException {
    for (Table child : Tables.ALL) {
      for (Column column : child.columns()) {
        boolean refers = column.references().filter(table.name()::equals).isPresent();
        if (refers
            && !leftOut.contains(child.name())
            && !engine.asBuilt().lacks(child, column)
            && any(connection, child, column, id)) {
          return Optional.of(AsBuilt.named(child, column));
        }
      }
    }
    return Optional.empty();
  }

  private boolean any(Connection connection, Table child, Column column, long id)
      throws SQLException {
    String sql =
        "SELECT 1 FROM %s WHERE %s = ? LIMIT 1"
            .formatted(engine.quote(child.name()), engine.quote(column.name()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }
}
