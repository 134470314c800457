package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Database;
import org.tributary.store.StaleWindows;
import org.tributary.store.StoreException;
import org.tributary.store.TableWriter;
import org.tributary.wire.Column;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Moves nodes between rooms at central, as an operator says. Thread-safe. */
public record NodeMoves(Database database) {

  /** Where a node stands now. */
  public record Place(long location, String room, String address) {}

  /**
   * Registers a node in a room of a house; the room and the location are made where there is none.
   *
   * @param room its name
   * @return empty if there is no such node or no such house
   */
  public Optional<Place> move(long node, long house, String room) throws StoreException {
    return database.write(
        connection -> {
          Map<String, @Nullable Object> there = writer(Tables.HOUSE).byId(connection, house);
          if (there.isEmpty() || writer(Tables.NODE).byId(connection, node).isEmpty()) {
            return Optional.empty();
          }
          long roomId = idOf(connection, Tables.ROOM, Map.of("name", room));
          long location =
              idOf(connection, Tables.LOCATION, Map.of("houseId", house, "roomId", roomId));
          writer(Tables.NODE)
              .update(connection, node, Map.of(Tables.NODE.require("locationId"), location));
          Object address = there.get("address");
          return Optional.of(new Place(location, room, address == null ? "" : address.toString()));
        });
  }

  /**
   * Files all readings that a node took while a house was observed under one of its locations.
   * There they stay, also when a gateway tells them once more.
   *
   * @return how many were filed under another one before; empty if there is no such house, or the
   *     location is none of it
   */
  public Optional<Integer> file(long node, long house, long location) throws StoreException {
    return database.write(
        connection -> {
          Map<String, @Nullable Object> there = writer(Tables.HOUSE).byId(connection, house);
          Map<String, @Nullable Object> place = writer(Tables.LOCATION).byId(connection, location);
          if (there.isEmpty() || !Long.valueOf(house).equals(place.get("houseId"))) {
            return Optional.empty();
          }
          int filed =
              new Filings(database.engine())
                  .file(
                      connection,
                      node,
                      location,
                      (Instant) there.get("startDate"),
                      (Instant) there.get("endDate"));
          if (filed > 0) {
            StaleWindows.markNode(connection, Tables.READING, node);
          }
          return Optional.of(filed);
        });
  }

  /** The first row with these values; a new one if there is none. */
  private long idOf(Connection connection, Table table, Map<String, Object> values)
      throws SQLException {
    Map<Column, @Nullable Object> cells = new LinkedHashMap<>();
    values.forEach((name, value) -> cells.put(table.require(name), value));
    TableWriter writer = writer(table);
    List<Long> known = writer.find(connection, cells);
    return known.isEmpty() ? writer.insert(connection, cells) : known.get(0);
  }

  private TableWriter writer(Table table) {
    return new TableWriter(database.engine(), table);
  }
}
