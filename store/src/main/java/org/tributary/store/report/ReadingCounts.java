package org.tributary.store.report;

import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** How many readings each location has. */
public record ReadingCounts(Database database) {

  /**
   * How many readings a location has.
   *
   * @param deployment its name; empty for a house that is in none
   * @param address empty for a location without a house
   * @param room its name; empty for a location without a room
   */
  public record LocationCount(
      Optional<String> deployment,
      Optional<String> address,
      long location,
      Optional<String> room,
      long readings) {}

  /** By deployment, house and location. */
  public List<LocationCount> byLocation() throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT d.@name, h.@address, l.@id, m.@name, n.readings
                    FROM @Location l
                    LEFT JOIN @House h ON h.@id = l.@houseId
                    LEFT JOIN @Deployment d ON d.@id = h.@deploymentId
                    LEFT JOIN @Room m ON m.@id = l.@roomId
                    LEFT JOIN (
                      SELECT @locationId, COUNT(*) AS readings
                      FROM @Reading
                      GROUP BY @locationId) n ON n.@locationId = l.@id
                    ORDER BY d.@id, h.@id, l.@id
                    """)
                .all(
                    connection,
                    row ->
                        new LocationCount(
                            row.text(1), row.text(2), row.number(3), row.text(4), row.number(5))));
  }
}
