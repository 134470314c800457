package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import org.tributary.wire.Micros;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Reads the readings that were taken at some places of a database of ours, in the order of their
 * key, a few at a time and never all at once. Immutable; safe to share.
 */
public final class PlaceRows {

  private static final int ROWS_AT_ONCE = 512;

  private final Engine engine;
  private final ActualNames names;
  private final PageReader pages;

  private PlaceRows(Engine engine, Table table, SourceTable actual) {
    this.engine = engine;
    this.names = new ActualNames(engine, table, actual);
    this.pages = new PageReader(engine, table, actual, table.columns());
  }

  /** Looks at the tables of a database of ours. */
  public static PlaceRows of(Engine engine, Connection connection) throws SQLException {
    Table table = Tables.READING;
    return new PlaceRows(
        engine, table, Reflection.of(connection).table(table.name()).orElseThrow());
  }

  /**
   * Reads a stretch of time. It is sorted as a whole, so a day at a time is best.
   *
   * @param places ids of locations
   * @param until the first moment behind it
   */
  public void read(
      Connection connection, Collection<Long> places, Instant from, Instant until, RowWork work)
      throws SQLException {
    if (places.isEmpty()) {
      return;
    }
    String sql =
        "SELECT %s FROM %s WHERE %s IN (%s) AND %s >= ? AND %s < ? ORDER BY %s"
            .formatted(
                names.list(Tables.READING.columns()),
                names.name(),
                names.column("locationId"),
                String.join(", ", Collections.nCopies(places.size(), "?")),
                names.time(),
                names.time(),
                names.keyList());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (long place : places) {
        select.setLong(index++, place);
      }
      engine.setTime(select, index++, Micros.of(from));
      engine.setTime(select, index, Micros.of(until));
      select.setFetchSize(1_000);
      try (ResultSet found = select.executeQuery()) {
        pages.each(found, ROWS_AT_ONCE, work, (row, key) -> work.passedOver(row));
      }
    }
  }

  /** When the first reading at one of these places was taken, and when the last. */
  public Optional<Ends> ends(Connection connection, Collection<Long> places) throws SQLException {
    Optional<Ends> ends = Optional.empty();
    String sql =
        "SELECT MIN(%s), MAX(%s) FROM %s WHERE %s = ?"
            .formatted(names.time(), names.time(), names.name(), names.column("locationId"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (long place : places) {
        select.setLong(1, place);
        try (ResultSet found = select.executeQuery()) {
          if (found.next() && found.getObject(1) != null) {
            Ends its =
                new Ends(
                    Micros.toInstant(engine.getTime(found, 1)),
                    Micros.toInstant(engine.getTime(found, 2)));
            ends = Optional.of(ends.map(its::and).orElse(its));
          }
        }
      }
    }
    return ends;
  }

  /** The first moment and the last. */
  public record Ends(Instant first, Instant last) {
    private Ends and(Ends other) {
      return new Ends(
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }
}
