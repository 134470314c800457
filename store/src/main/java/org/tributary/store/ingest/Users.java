package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tributary.store.Engine;
import org.tributary.store.StaleWindows;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Who uses a row of central besides one gateway, and what is that gateway's alone. Stateless. */
final class Users {

  // Every gateway starts with these, and a central with them is seeded: they are nobody's own.
  private static final List<Table> SHARED = List.of(Tables.ROOM_TYPE, Tables.ROOM);

  private static final String ITS_ROWS =
      "(SELECT central_id FROM tributary_mapping WHERE gateway_id = ? AND table_name = '%s')";
  private static final String OTHERS_ROWS =
      "(SELECT central_id FROM tributary_mapping WHERE gateway_id <> ? AND table_name = '%s')";

  private final Engine engine;

  Users(Engine engine) {
    this.engine = engine;
  }

  /** Whether a row would change for others too if it were changed for this gateway. */
  boolean hasOthers(Connection connection, Gateway gateway, Table table, CentralId central)
      throws SQLException {
    if (SHARED.contains(table)) {
      return true;
    }
    String mapped =
        """
        SELECT 1
        FROM tributary_mapping
        WHERE central_id = ? AND gateway_id <> ? AND table_name = '%s'
        """
            .formatted(table);
    if (isAny(connection, mapped, central.value(), gateway)) {
      return true;
    }
    for (Table child : Tables.ALL) {
      for (Column column : child.columns()) {
        boolean refers = column.references().filter(table.name()::equals).isPresent();
        if (refers && isAny(connection, othersIn(child, column), central.value(), gateway)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether readings of a gateway's nodes stand at a location. */
  boolean hasReadings(Connection connection, Gateway gateway, long location) throws SQLException {
    String sql =
        "SELECT 1 FROM %s WHERE %s = ? AND %s IN %s"
            .formatted(
                engine.quote(Tables.READING.name()),
                engine.quote("locationId"),
                engine.quote("nodeId"),
                ITS_ROWS.formatted(Tables.NODE));
    return isAny(connection, sql, location, gateway);
  }

  /** Rows of a table that refer to another table's row and are not this gateway's. */
  private String othersIn(Table table, Column reference) {
    Table owned = table.isSeries() ? Tables.NODE : table;
    String owner = table.isSeries() ? "nodeId" : Table.ID;
    String sql =
        "SELECT 1 FROM %s c WHERE c.%s = ? AND c.%s NOT IN %s"
            .formatted(
                engine.quote(table.name()),
                engine.quote(reference.name()),
                engine.quote(owner),
                ITS_ROWS.formatted(owned));
    // A location says nothing until something is there.
    return table.equals(Tables.LOCATION)
        ? sql + " AND (" + isAt(Tables.NODE) + " OR " + isAt(Tables.READING) + ")"
        : sql;
  }

  private String isAt(Table table) {
    return "EXISTS (SELECT 1 FROM %s x WHERE x.%s = c.%s)"
        .formatted(engine.quote(table.name()), engine.quote("locationId"), engine.quote(Table.ID));
  }

  private static boolean isAny(Connection connection, String sql, long id, Gateway gateway)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql + " LIMIT 1")) {
      select.setLong(1, id);
      select.setInt(2, gateway.key());
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  /**
   * Files readings of nodes that are this gateway's alone under other locations, all at once: two
   * locations may change places.
   *
   * @return how many
   */
  int moveReadings(Connection connection, Gateway gateway, Map<CentralId, CentralId> moves)
      throws SQLException {
    if (moves.isEmpty()) {
      return 0;
    }
    List<Long> ids = new ArrayList<>();
    moves.forEach(
        (from, to) -> {
          ids.add(from.value());
          ids.add(to.value());
        });
    String column = engine.quote("locationId");
    String sql =
        "UPDATE %s SET %s = CASE %s %s END WHERE %s IN (%s) AND %s IN %s AND %s NOT IN %s"
            .formatted(
                engine.quote(Tables.READING.name()),
                column,
                column,
                moves.keySet().stream()
                    .map(from -> "WHEN ? THEN ?")
                    .collect(Collectors.joining(" ")),
                column,
                moves.keySet().stream().map(from -> "?").collect(Collectors.joining(", ")),
                engine.quote("nodeId"),
                ITS_ROWS.formatted(Tables.NODE),
                engine.quote("nodeId"),
                OTHERS_ROWS.formatted(Tables.NODE));
    int moved;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int index = 1;
      for (long id : ids) {
        update.setLong(index++, id);
      }
      for (CentralId from : moves.keySet()) {
        update.setLong(index++, from.value());
      }
      update.setInt(index++, gateway.key());
      update.setInt(index, gateway.key());
      moved = update.executeUpdate();
    }
    new Filings(engine).follow(connection, gateway, moves);
    for (long id : ids) {
      StaleWindows.markPlace(connection, Tables.READING, id);
    }
    return moved;
  }
}
