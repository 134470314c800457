package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;

/** Where readings of sensors are next to a span that has none of them. Thread-safe. */
public record NearestReadings(Database database) {

  /**
   * The nearest readings of any of the sensors at places of the house.
   *
   * @param before the last one before the span; empty if there is none
   * @param after the first one behind the span; empty if there is none
   */
  public record Found(Optional<Instant> before, Optional<Instant> after) {
    public Found {
      requireNonNull(before);
      requireNonNull(after);
    }
  }

  /** Looks for them; what is within the span is not seen. */
  public Found of(long house, List<SensorId> sensors, Span span) throws StoreException {
    return database.read(
        connection -> {
          Stream.Builder<Instant> before = Stream.builder();
          Stream.Builder<Instant> after = Stream.builder();
          for (SensorId sensor : sensors) {
            ask(connection, house, sensor, "@time < ?", span.from(), "DESC").ifPresent(before);
            ask(connection, house, sensor, "@time >= ?", span.until(), "").ifPresent(after);
          }
          return new Found(
              before.build().max(Comparator.naturalOrder()),
              after.build().min(Comparator.naturalOrder()));
        });
  }

  private Optional<Instant> ask(
      Connection connection,
      long house,
      SensorId sensor,
      String condition,
      Instant time,
      String order)
      throws SQLException {
    return new Query(
            database.engine(),
            """
            SELECT @time
            FROM @Reading
            WHERE @nodeId = ? AND %s AND @type = ?
              AND @locationId IN (SELECT @id FROM @Location WHERE @houseId = ?)
            ORDER BY @time %s
            LIMIT 1
            """
                .formatted(condition, order))
        .with(sensor.node())
        .with(time)
        .with(sensor.type())
        .with(house)
        .first(connection, row -> row.time(1));
  }
}
