package org.tributary.store.report;

import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** The locations of a house with their rooms. */
public record HouseRooms(Database database) {

  /**
   * A location of a house.
   *
   * @param room its name; empty for a location without a room
   */
  public record HouseRoom(long location, Optional<String> room) {}

  public List<HouseRoom> of(long house) throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT l.@id, m.@name
                    FROM @Location l
                    LEFT JOIN @Room m ON m.@id = l.@roomId
                    WHERE l.@houseId = ?
                    ORDER BY l.@id
                    """)
                .with(house)
                .all(connection, row -> new HouseRoom(row.number(1), row.text(2))));
  }
}
