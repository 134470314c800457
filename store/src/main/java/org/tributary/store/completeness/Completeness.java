package org.tributary.store.completeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Database;
import org.tributary.store.PlaceRows;
import org.tributary.store.RowWork;
import org.tributary.store.StoreException;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.store.completeness.HouseCompleteness.House;
import org.tributary.store.completeness.Known.NodeAndDay;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;

/** Says how complete a house's readings are, and why what is missing is missing. Thread-safe. */
public final class Completeness {

  private final Database database;
  private final Clock clock;

  public Completeness(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The houses of that id or address, or all of them where nothing is said. */
  public List<House> houses(Optional<String> idOrAddress) throws StoreException {
    return database.read(
        connection ->
            new Query(
                    database.engine(),
                    """
                    SELECT h.@id, h.@address, d.@name
                    FROM @House h
                    LEFT JOIN @Deployment d ON d.@id = h.@deploymentId
                    ORDER BY h.@id
                    """)
                    .all(
                        connection,
                        row -> new House(row.number(1), row.text(2).orElse(""), row.text(3)))
                    .stream()
                    .filter(house -> idOrAddress.isEmpty() || isMeant(house, idOrAddress.get()))
                    .toList());
  }

  private static boolean isMeant(House house, String idOrAddress) {
    return house.address().equalsIgnoreCase(idOrAddress)
        || String.valueOf(house.id()).equals(idOrAddress);
  }

  /**
   * How complete a house is.
   *
   * @param span of which time; what lies before its first reading or in the future is no part of it
   * @return empty if there is no such house
   */
  public Optional<HouseCompleteness> of(long house, Span span) throws StoreException {
    return of(house, span, rows -> {});
  }

  /**
   * How complete a house is, while its readings are handed over as well, in the order of their key.
   */
  public Optional<HouseCompleteness> of(long house, Span span, RowWork readings)
      throws StoreException {
    return database.read(
        connection -> {
          Known known = new Known(database.engine());
          Optional<Known.Place> place = known.place(connection, house);
          return place.isEmpty()
              ? Optional.empty()
              : Optional.of(scan(connection, known, place.get(), span, readings));
        });
  }

  private HouseCompleteness scan(
      Connection connection, Known known, Known.Place place, Span span, RowWork readings)
      throws SQLException {
    PlaceRows rows = PlaceRows.of(database.engine(), connection);
    Optional<PlaceRows.Ends> ends = rows.ends(connection, place.locations());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant until = earlier(span.until(), now);
    KeptApart apart = new KeptApart(database.engine());
    Unmatched unmatched = new Unmatched(database.engine());
    long house = place.house().id();
    Optional<Instant> apartAlone =
        ends.isPresent() ? Optional.empty() : unmatched.first(connection, house);
    Instant first = ends.map(PlaceRows.Ends::first).or(() -> apartAlone).orElse(until);
    Instant begin = earlier(later(span.from(), first), until);
    List<GatewayReach> gateways = known.gateways(connection, house, span);
    Map<NodeAndDay, Long> waiting = known.waiting(connection, house, begin, until);
    HouseScan scan =
        new HouseScan(
            connection,
            known,
            apart,
            place,
            begin,
            gateways,
            waiting,
            apart.within(connection, house, begin, until));
    Set<Long> registered = new HashSet<>(known.registered(connection, house));
    for (long node : registered) {
      scan.scan(node);
    }
    Instant from = begin;
    while (from.isBefore(until)) {
      Instant next = earlier(from.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)), until);
      rows.read(
          connection,
          place.locations(),
          from,
          next,
          some -> {
            scan.take(some);
            readings.take(some);
          });
      scan.endDay(from, next);
      from = next;
    }
    scan.end(until, registered);
    long corrections = 0;
    for (long node : scan.nodes()) {
      corrections += known.corrections(connection, node, begin, until);
    }
    return new HouseCompleteness(
        place.house(),
        begin,
        until,
        gateways,
        scan.days(unmatched.within(connection, List.of(house), begin, until)),
        scan.gaps(),
        corrections);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
