package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** The nodes of a house, where they stand, and whether they are well. */
public record HouseRegister(Database database, Clock clock) {

  private static final Duration WELL = Duration.ofHours(1);
  private static final double LOW_VOLTS = 2.4;

  /**
   * A node at a place of the house: it measured there, or is registered there.
   *
   * @param room empty for a location without one
   * @param samples how many readings it took there
   * @param first when the first of them was taken
   */
  public record Entry(
      long node,
      long location,
      Optional<String> room,
      long samples,
      Optional<Instant> first,
      Optional<Instant> last,
      Optional<Double> volts,
      Condition condition) {}

  /** How a node is. */
  public enum Condition {
    GOOD("Good"),
    NOT_REPORTING("Not Reporting"),
    NO_DATA("No Data"),
    LOW_BATTERY("Low Battery");

    private final String words;

    Condition(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  public List<Entry> of(long house) throws StoreException {
    List<HouseRooms.HouseRoom> rooms = new HouseRooms(database).of(house);
    return database.read(
        connection -> {
          List<Entry> entries = new ArrayList<>();
          for (HouseRooms.HouseRoom room : rooms) {
            entries.addAll(at(connection, room));
          }
          return entries;
        });
  }

  private record Samples(long node, long count, Optional<Instant> first, Optional<Instant> last) {}

  private List<Entry> at(Connection connection, HouseRooms.HouseRoom room) throws SQLException {
    Map<Long, Samples> nodes = new TreeMap<>();
    new Query(database.engine(), "SELECT @id FROM @Node WHERE @locationId = ?")
        .with(room.location())
        .all(connection, row -> row.number(1))
        .forEach(node -> nodes.put(node, none(node)));
    new Query(
            database.engine(),
            """
            SELECT @nodeId, COUNT(*), MIN(@time), MAX(@time)
            FROM @Reading
            WHERE @locationId = ?
            GROUP BY @nodeId
            """)
        .with(room.location())
        .all(
            connection,
            row -> new Samples(row.number(1), row.number(2), row.maybeTime(3), row.maybeTime(4)))
        .forEach(samples -> nodes.put(samples.node(), samples));
    List<Entry> entries = new ArrayList<>();
    for (Samples samples : nodes.values()) {
      entries.add(entry(connection, room, samples));
    }
    return entries;
  }

  private static Samples none(long node) {
    return new Samples(node, 0, Optional.empty(), Optional.empty());
  }

  private Entry entry(Connection connection, HouseRooms.HouseRoom room, Samples samples)
      throws SQLException {
    Optional<Double> volts =
        samples.last().isEmpty()
            ? Optional.empty()
            : Battery.voltage(connection, database.engine(), samples.node(), samples.last().get());
    return new Entry(
        samples.node(),
        room.location(),
        room.room(),
        samples.count(),
        samples.first(),
        samples.last(),
        volts,
        condition(samples, volts));
  }

  private Condition condition(Samples samples, Optional<Double> volts) {
    if (samples.last().isEmpty()) {
      return Condition.NO_DATA;
    }
    if (samples.last().get().isBefore(clock.instant().minus(WELL))) {
      return Condition.NOT_REPORTING;
    }
    return volts.filter(value -> value < LOW_VOLTS).isPresent()
        ? Condition.LOW_BATTERY
        : Condition.GOOD;
  }
}
