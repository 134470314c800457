package org.tributary.store.plot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.Rhythm;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;
import org.tributary.wire.Micros;

/**
 * Reads what is drawn of one sensor over a span: only its readings at places of the house. A page
 * of readings is in memory at most. Values are as they are stored: those of the sensor types that
 * come with the program have been converted before. Thread-safe.
 */
public record SeriesSlice(Database database) {

  private static final int PAGE = 20_000;

  /** Readings before the span from which the rhythm is learnt, and how old they may be. */
  private static final int PAST = 60;

  private static final Duration NEAR = Duration.ofDays(7);

  /** A node whose readings change place with every one is not told more often. */
  private static final int MAX_MOVES = 100;

  private static final long NOWHERE = Long.MIN_VALUE;

  /**
   * A reading.
   *
   * @param time in microseconds
   * @param value not finite if it has none
   * @param place the id of its location, or {@link #NOWHERE}
   */
  private record Reading(long time, double value, long place) {

    /** The row in hand; a year has 100,000 of them, so nothing is asked twice. */
    static Reading of(Query.Row row) throws SQLException {
      ResultSet found = row.found();
      double value = found.getDouble(2) + 0.0; // −0.0 + 0.0 is 0.0
      boolean hasValue = value != 0 || !found.wasNull();
      long place = found.getLong(3);
      boolean hasPlace = place != 0 || !found.wasNull();
      return new Reading(
          row.engine().getTime(found, 1),
          hasValue ? value : Double.NaN,
          hasPlace ? place : NOWHERE);
    }
  }

  /**
   * The line of a sensor.
   *
   * @param maxPoints how many readings are given one by one; more are thinned to as many stretches
   */
  public Line of(long house, SensorId sensor, Span span, int maxPoints) throws StoreException {
    return database.read(connection -> new Walk(connection, house, sensor, span, maxPoints).line());
  }

  /** One way through the readings. */
  private final class Walk {
    private final Connection connection;
    private final SensorId sensor;
    private final Span span;
    private final Places places;
    private final Points points;
    private final Rhythm rhythm = new Rhythm();
    private final List<Line.Move> moves = new ArrayList<>();
    private long lastTime = Long.MIN_VALUE;
    private long lastPlace = NOWHERE;

    Walk(Connection connection, long house, SensorId sensor, Span span, int maxPoints)
        throws SQLException {
      this.connection = connection;
      this.sensor = sensor;
      this.span = span;
      this.places = Places.of(connection, database.engine(), house);
      this.points = new Points(span, maxPoints);
    }

    Line line() throws SQLException {
      List<Reading> past =
          ask("@time >= ? AND @time < ?", span.from().minus(NEAR), span.from(), "DESC", PAST);
      for (int i = past.size() - 1; i >= 0; i--) {
        if (i == 0) {
          take(past.get(i)); // leads the line to the edge
        } else {
          learn(past.get(i));
        }
      }
      readSpan();
      ask("@time >= ? AND @time < ?", span.until(), span.until().plus(NEAR), "", 1)
          .forEach(this::takeQuietly);
      SensorKind kind =
          SensorKind.all(connection, database.engine())
              .getOrDefault(sensor.type(), SensorKind.nameless(sensor.type()));
      return points.line(sensor, kind, moves);
    }

    private void readSpan() throws SQLException {
      String next = "@time >= ? AND @time < ?";
      Instant from = span.from();
      List<Reading> page;
      do {
        page = ask(next, from, span.until(), "", PAGE);
        for (Reading reading : page) {
          take(reading);
        }
        next = "@time > ? AND @time < ?";
        from = page.isEmpty() ? from : Micros.toInstant(page.get(page.size() - 1).time());
      } while (page.size() == PAGE);
    }

    private void learn(Reading reading) {
      if (lastTime != Long.MIN_VALUE) {
        rhythm.learn(reading.time() - lastTime);
      }
      lastTime = reading.time();
      lastPlace = reading.place();
    }

    private void take(Reading reading) throws SQLException {
      if (lastTime != Long.MIN_VALUE && reading.place() != lastPlace) {
        note(reading);
      }
      takeQuietly(reading);
    }

    private void takeQuietly(Reading reading) {
      boolean isHere = places.locations().contains(reading.place());
      boolean isGap = lastTime != Long.MIN_VALUE && rhythm.missing(reading.time() - lastTime) > 0;
      if (isGap || !isHere) {
        points.endPiece();
      }
      if (isHere) {
        points.take(reading.time(), reading.value());
      }
      learn(reading);
    }

    private void note(Reading reading) throws SQLException {
      if (moves.size() < MAX_MOVES) {
        moves.add(
            new Line.Move(
                sensor.node(),
                Micros.toInstant(reading.time()),
                words(lastPlace),
                words(reading.place())));
      }
    }

    private Optional<String> words(long place) throws SQLException {
      return place == NOWHERE
          ? Optional.empty()
          : Optional.of(places.words(connection, database.engine(), place));
    }

    private List<Reading> ask(String condition, Instant from, Instant until, String order, int most)
        throws SQLException {
      return new Query(
              database.engine(),
              """
              SELECT @time, @value, @locationId
              FROM @Reading
              WHERE @nodeId = ? AND %s AND @type = ?
              ORDER BY @time %s
              LIMIT %d
              """
                  .formatted(condition, order, most))
          .with(sensor.node())
          .with(from)
          .with(until)
          .with(sensor.type())
          .all(connection, Reading::of);
    }
  }
}
