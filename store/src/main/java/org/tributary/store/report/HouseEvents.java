package org.tributary.store.report;

import java.time.Instant;
import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** What is noted to have happened in a house. */
public record HouseEvents(Database database) {

  public record HouseEvent(Instant time, String name) {}

  /** In order of time; those without a time or name are left out. */
  public List<HouseEvent> of(long house) throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT @time, @name
                    FROM @Event
                    WHERE @houseId = ?
                      AND @time IS NOT NULL
                      AND @name IS NOT NULL
                    ORDER BY @time, @id
                    """)
                .with(house)
                .all(connection, row -> new HouseEvent(row.time(1), row.text(2).orElseThrow())));
  }
}
