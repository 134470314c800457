package org.tributary.store.plot;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.store.Engine;
import org.tributary.store.report.Query;

/**
 * The places of one house.
 *
 * @param rooms by location, the room's name; empty where it has none
 */
record Places(long house, Map<Long, String> rooms) {

  static Places of(Connection connection, Engine engine, long house) throws SQLException {
    record Place(long location, String room) {}
    Map<Long, String> rooms = new TreeMap<>();
    new Query(
            engine,
            """
            SELECT l.@id, m.@name
            FROM @Location l
            LEFT JOIN @Room m ON m.@id = l.@roomId
            WHERE l.@houseId = ?
            """)
        .with(house)
        .all(connection, row -> new Place(row.number(1), row.text(2).orElse("")))
        .forEach(place -> rooms.put(place.location(), place.room()));
    return new Places(house, rooms);
  }

  Set<Long> locations() {
    return rooms.keySet();
  }

  /** A place in words, also one of another house. */
  String words(Connection connection, Engine engine, long location) throws SQLException {
    String room = rooms.get(location);
    if (room != null) {
      return room.isBlank() ? "location " + location : room;
    }
    return new Query(
            engine,
            """
            SELECT h.@address, m.@name
            FROM @Location l
            LEFT JOIN @House h ON h.@id = l.@houseId
            LEFT JOIN @Room m ON m.@id = l.@roomId
            WHERE l.@id = ?
            """)
        .with(location)
        .first(
            connection,
            row ->
                row.text(1).orElse("another house") + row.text(2).map(its -> ", " + its).orElse(""))
        .orElse("location " + location);
  }
}
