package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Whose a node is: one gateway's, unless two gateways have it in one and the same house. */
final class Claims {

  private static final GatewayId NOBODY_KNOWN = new GatewayId(KnownNodes.SOMEBODY);

  private final Engine engine;
  private final MappingJournal journal;

  Claims(Engine engine, MappingJournal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  /** Other gateways that have that row of central. */
  List<GatewayId> others(Connection connection, Gateway gateway, Table table, CentralId row)
      throws SQLException {
    return journal.othersWith(connection, gateway, table, row);
  }

  /** Refuses a node that another gateway has in another house, or in none. */
  void check(
      Connection connection,
      Gateway gateway,
      LocalId node,
      CentralId itself,
      Map<Column, @Nullable Object> values,
      Map<String, @Nullable Object> there)
      throws SQLException, Doubt {
    List<GatewayId> others = journal.othersWith(connection, gateway, Tables.NODE, itself);
    if (others.isEmpty()) {
      return;
    }
    Object theirs = there.get("locationId");
    Object ours = values.get(Tables.NODE.require("locationId"));
    OptionalLong house = houseOf(connection, theirs);
    OptionalLong claimed = houseOf(connection, ours);
    if (others.get(0).equals(NOBODY_KNOWN) && !house.equals(claimed)) {
      throw new Doubt(
          Rule.CLAIMED,
          ("node %s is %s there, which is no house of this gateway, and %s here; if it has moved,"
                  + " give the house there an endDate, or the node there this location")
              .formatted(node, place(connection, theirs, house), place(connection, ours, claimed)));
    }
    if (house.isEmpty() || !house.equals(claimed)) {
      throw new Doubt(
          Rule.CLAIMED,
          ("node %s is gateway %s's: %s at central, %s here; if this is the same gateway under a"
                  + " new name, set gateway = %s in [general]; else say at central what it is:"
                  + " `tributary mapping moved %s %s` if it was carried here, `tributary mapping"
                  + " different %s Node %s` if it is another node")
              .formatted(
                  node,
                  others.get(0),
                  place(connection, theirs, house),
                  place(connection, ours, claimed),
                  others.get(0),
                  gateway.id(),
                  node,
                  gateway.id(),
                  node));
    }
  }

  private String place(Connection connection, @Nullable Object location, OptionalLong house)
      throws SQLException {
    if (location == null) {
      return "without a location";
    }
    if (house.isEmpty()) {
      return "at a location without a house";
    }
    CentralTable houses = new CentralTable(engine, connection, Tables.HOUSE);
    String address =
        new RowWords((table, id) -> houses.row(new CentralId(id)))
            .of(Tables.HOUSE, house.getAsLong());
    return "in House %d%s"
        .formatted(house.getAsLong(), address.isEmpty() ? "" : " (" + address + ")");
  }

  private OptionalLong houseOf(Connection connection, @Nullable Object location)
      throws SQLException {
    if (location == null) {
      return OptionalLong.empty();
    }
    String sql =
        "SELECT %s FROM %s WHERE %s = ?"
            .formatted(
                engine.quote("houseId"),
                engine.quote(Tables.LOCATION.name()),
                engine.quote(Table.ID));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, (Long) location);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return OptionalLong.empty();
        }
        long house = found.getLong(1);
        return found.wasNull() ? OptionalLong.empty() : OptionalLong.of(house);
      }
    }
  }
}
