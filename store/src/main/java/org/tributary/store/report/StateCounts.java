package org.tributary.store.report;

import java.time.LocalDate;
import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** How many states each node sent each day. */
public record StateCounts(Database database) {

  public record StateCount(long node, LocalDate day, long states) {}

  /** By node and day; days without any are left out. */
  public List<StateCount> all() throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT @nodeId, @day(@time), COUNT(*)
                    FROM @NodeState
                    GROUP BY @nodeId, @day(@time)
                    ORDER BY 1, 2
                    """)
                .all(connection, row -> new StateCount(row.number(1), row.day(2), row.number(3))));
  }
}
