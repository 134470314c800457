package org.tributary.store.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** By way of which node each node was heard, and when that changed. */
public record Topology(Database database) {

  /**
   * A node is heard by way of another than before, or for the first time.
   *
   * @param before when it was last heard by way of the one before
   */
  public record Change(long node, Instant time, long parent, Optional<Instant> before) {

    public LocalDate day() {
      return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Whether the node was heard by way of both on the same day. */
    public boolean isWithinADay() {
      return before
          .map(last -> last.atOffset(ZoneOffset.UTC).toLocalDate().equals(day()))
          .orElse(false);
    }
  }

  /** All changes, node by node, in order of time. */
  public List<Change> changes() throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT @nodeId, @time, @parent, last_time
                    FROM (
                      SELECT @nodeId, @time, @parent,
                        LAG(@parent) OVER (PARTITION BY @nodeId ORDER BY @time, @seq_num) AS last_parent,
                        LAG(@time) OVER (PARTITION BY @nodeId ORDER BY @time, @seq_num) AS last_time
                      FROM @NodeState
                      WHERE @parent IS NOT NULL) states
                    WHERE last_time IS NULL
                      OR last_parent <> @parent
                    ORDER BY @nodeId, @time
                    """)
                .all(
                    connection,
                    row ->
                        new Change(row.number(1), row.time(2), row.number(3), row.maybeTime(4))));
  }

  /** When a node was last heard. */
  public Optional<Instant> lastHeard() throws StoreException {
    return database.read(
        connection ->
            new Query(database.engine(), "SELECT @time FROM @NodeState ORDER BY @time DESC LIMIT 1")
                .first(connection, row -> row.time(1)));
  }
}
