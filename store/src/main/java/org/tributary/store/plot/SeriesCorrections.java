package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;
import org.tributary.wire.Correction;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/** What readings of a sensor were before they were edited or deleted. Thread-safe. */
public record SeriesCorrections(Database database) {

  /** More marks than that can't be told apart on any screen. */
  private static final int MAX = 2_000;

  /**
   * A reading that is no longer what it was.
   *
   * @param before its value then; empty if it had none
   * @param noticed when central learned of it
   */
  public record Corrected(
      Instant time, Correction.Kind kind, Optional<Double> before, Instant noticed) {
    public Corrected {
      requireNonNull(time);
      requireNonNull(kind);
      requireNonNull(before);
      requireNonNull(noticed);
    }
  }

  private record Found(Instant time, Correction.Kind kind, Rows before, Instant noticed) {}

  /** Those of a span, by time and then in the order in which they came about. */
  public List<Corrected> of(SensorId sensor, Span span) throws StoreException {
    return database
        .read(
            connection ->
                new Query(
                        database.engine(),
                        """
                        SELECT row_time, kind, row_before, noticed
                        FROM tributary_correction
                        WHERE table_name = 'Reading'
                          AND node_id = ?
                          AND row_time >= ?
                          AND row_time < ?
                        ORDER BY row_time, id
                        LIMIT %d
                        """
                            .formatted(MAX))
                    .with(sensor.node())
                    .with(span.from())
                    .with(span.until())
                    .all(
                        connection,
                        row ->
                            new Found(
                                row.time(1),
                                Correction.Kind.valueOf(row.text(2).orElseThrow()),
                                before(row.text(3).orElseThrow()),
                                row.time(4))))
        .stream()
        .filter(found -> isOf(sensor, found.before()))
        .map(
            found ->
                new Corrected(found.time(), found.kind(), value(found.before()), found.noticed()))
        .toList();
  }

  private static boolean isOf(SensorId sensor, Rows before) {
    int type = before.indexOf("type");
    return !before.isNull(type, 0) && before.longAt(type, 0) == sensor.type();
  }

  private static Optional<Double> value(Rows before) {
    int value = before.indexOf("value");
    return before.isNull(value, 0) ? Optional.empty() : Optional.of(before.realAt(value, 0));
  }

  private static Rows before(String json) throws SQLException {
    Rows.Builder builder = new Rows.Builder(Tables.READING, Tables.READING.columns(), 1);
    try {
      SyncJson.readRow(json, builder, Tables.READING.columns());
    } catch (WireFormatException e) {
      throw new SQLException("tributary_correction holds no row: " + json, e);
    }
    return builder.build();
  }
}
