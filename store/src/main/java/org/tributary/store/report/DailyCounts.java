package org.tributary.store.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** How many readings of a node each day has that were taken at a known place. */
public record DailyCounts(Database database) {

  public record DailyCount(LocalDate day, long readings) {}

  /**
   * Days in order; those without readings are left out.
   *
   * @param type only readings of that sensor type
   */
  public List<DailyCount> of(long node, Optional<Long> type) throws StoreException {
    return database.read(
        connection -> {
          Query query =
              new Query(
                      database.engine(),
                      """
                      SELECT @day(@time), COUNT(*)
                      FROM @Reading
                      WHERE @nodeId = ?
                        AND @locationId IS NOT NULL
                      %s
                      GROUP BY @day(@time)
                      ORDER BY 1
                      """
                          .formatted(type.isPresent() ? "AND @type = ?" : ""))
                  .with(node);
          type.ifPresent(query::with);
          return query.all(connection, row -> new DailyCount(row.day(1), row.number(2)));
        });
  }
}
