package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tributary.store.Engine;

/** What the battery of a node last had. */
final class Battery {

  private static final long VOLTAGE = 6;

  /** Older than that it says nothing; and a node that never says it is not looked through whole. */
  private static final Duration RECENT = Duration.ofDays(7);

  private Battery() {}

  /** Volts, as it said in the week before it was last heard. */
  static Optional<Double> voltage(Connection connection, Engine engine, long node, Instant last)
      throws SQLException {
    return new Query(
            engine,
            """
            SELECT @value
            FROM @Reading
            WHERE @nodeId = ?
              AND @time >= ?
              AND @type = ?
              AND @value IS NOT NULL
            ORDER BY @time DESC
            LIMIT 1
            """)
        .with(node)
        .with(last.minus(RECENT))
        .with(VOLTAGE)
        .first(connection, row -> row.real(1));
  }
}
