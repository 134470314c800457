package org.tributary.store.report;

import java.time.LocalDate;
import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** The least, the greatest and the mean value of a node's readings of one type, day by day. */
public record DailySummary(Database database) {

  public record DaySummary(LocalDate day, double min, double max, double mean) {}

  /** Days in order; those without a value are left out. */
  public List<DaySummary> of(long node, long type, Span span) throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT @day(@time), MIN(@value), MAX(@value), AVG(@value)
                    FROM @Reading
                    WHERE @nodeId = ?
                      AND @time >= ?
                      AND @time < ?
                      AND @type = ?
                      AND @value IS NOT NULL
                    GROUP BY @day(@time)
                    ORDER BY 1
                    """)
                .with(node)
                .with(span.from())
                .with(span.until())
                .with(type)
                .all(
                    connection,
                    row -> new DaySummary(row.day(1), row.real(2), row.real(3), row.real(4))));
  }
}
