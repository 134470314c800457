package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.wire.Window;

/**
 * What became of each house's readings, day by day: from what central noted when it last compared,
 * without looking at a reading, so that a year of many houses is told at once. Thread-safe.
 */
public final class HouseDays {

  /** Days around those asked for say what is usual. */
  private static final Duration AROUND = Duration.ofDays(14);

  private final Database database;
  private final Clock clock;

  public HouseDays(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The days of some houses, by house in the order given, then by day.
   *
   * @param first the first day, of UTC
   * @param last the last one, not before it
   */
  public List<HouseDay> of(Collection<Long> houses, LocalDate first, LocalDate last)
      throws StoreException {
    if (houses.isEmpty()) {
      return List.of();
    }
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(last + " is before " + first);
    }
    Instant now = clock.instant();
    return database.read(connection -> days(connection, houses, first, last, now));
  }

  private List<HouseDay> days(
      Connection connection, Collection<Long> houses, LocalDate first, LocalDate last, Instant now)
      throws SQLException {
    Instant from = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    Window span = Window.days(from, (int) (last.toEpochDay() - first.toEpochDay()) + 1);
    Window around =
        Window.days(from.minus(AROUND), span.hours() / Window.DAY + 2 * (int) AROUND.toDays());
    HouseBooks books = new HouseBooks(database.engine(), houses);
    HouseCalendar calendar =
        HouseCalendar.of(
            books.counted(connection, around),
            books.registered(connection),
            books.tellers(connection),
            books.claims(connection, span),
            books.missing(connection, span),
            books.setAside(connection, span),
            books.unmatched(connection, span),
            books.ends(connection));
    List<HouseDay> days = new ArrayList<>();
    for (long house : houses) {
      for (long hour = span.hour(); hour < span.endHour(); hour += Window.DAY) {
        days.add(calendar.day(house, new Window(null, hour, Window.DAY), now));
      }
    }
    return days;
  }
}
