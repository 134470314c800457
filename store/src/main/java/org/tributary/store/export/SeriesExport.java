package org.tributary.store.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tributary.store.Database;
import org.tributary.store.PlaceRows;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.NodeDay;
import org.tributary.store.plot.SensorId;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;
import org.tributary.wire.Rows;

/**
 * Writes the readings of some sensors of a house, as they are seen in its plots but every single
 * one, in the columns and to the digits of an export. Lines that begin with {@code #} come first
 * and say how complete they are. A day of the house's readings is in memory at most. Thread-safe.
 */
public final class SeriesExport {

  private final Database database;
  private final Completeness completeness;
  private final Clock clock;

  public SeriesExport(Database database, Clock clock) {
    this.database = database;
    this.completeness = new Completeness(database, clock);
    this.clock = clock;
  }

  /** Readings of sensors over a span, with what is known of those that are missing. */
  public record Chosen(HouseCompleteness house, Span asked, Set<SensorId> sensors) {
    public Chosen {
      sensors = Set.copyOf(sensors);
    }
  }

  /**
   * Finds out how complete the readings are. It reads all of the house's readings of the span.
   *
   * @return empty if there is no such house
   */
  public Optional<Chosen> choose(long house, Span span, Set<SensorId> sensors) throws IOException {
    return completeness.of(house, span).map(found -> new Chosen(found, span, sensors));
  }

  /**
   * Writes them by time, node and type.
   *
   * @param out is left open
   */
  public void write(Chosen chosen, OutputStream out) throws IOException {
    OutputStream open = new LeftOpen(out);
    for (String line : head(chosen)) {
      open.write(
          ("# " + line.replaceAll("\\p{Cntrl}", " ") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    HouseCompleteness house = chosen.house();
    ReadingCsv.Writer csv = new ReadingCsv.Writer(open, Names.of(database, house.house().id()));
    try (csv) {
      database.read(
          connection -> {
            readDays(connection, chosen, csv);
            return chosen;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<String> head(Chosen chosen) {
    HouseCompleteness house = chosen.house();
    List<String> lines = new ArrayList<>();
    lines.add(
        "House %d, %s%s"
            .formatted(
                house.house().id(),
                house.house().address(),
                house.house().deployment().map(name -> " (" + name + ")").orElse("")));
    SortedSet<Long> nodes = new TreeSet<>();
    chosen.sensors().forEach(sensor -> nodes.add(sensor.node()));
    boolean isAnyHere =
        house.days().stream().anyMatch(day -> nodes.contains(day.node()) && day.present() > 0);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    lines.add(
        isAnyHere
            ? "Readings from %s until %s, UTC, as of %s".formatted(house.from(), house.until(), now)
            : "None of the nodes has a reading here from %s until %s, UTC, as of %s"
                .formatted(chosen.asked().from(), chosen.asked().until(), now));
    for (long node : nodes) {
      lines.add(words(house, node));
    }
    if (house.isStillSent()) {
      lines.add("A gateway of the house still sends what it left behind; more is to come");
    }
    return lines;
  }

  private static String words(HouseCompleteness house, long node) {
    List<NodeDay> days = house.days().stream().filter(day -> day.node() == node).toList();
    long present = days.stream().mapToLong(NodeDay::present).sum();
    long recorded = days.stream().mapToLong(NodeDay::recorded).sum();
    long waiting = days.stream().mapToLong(NodeDay::waiting).sum();
    long lost =
        days.stream().flatMap(day -> day.lost().values().stream()).mapToLong(Long::longValue).sum();
    return ("Node %d, all its sensors: expected %d, present %d, waiting %d, set aside %d, missing"
            + " by its rhythm %d")
        .formatted(
            node,
            days.stream().mapToLong(NodeDay::expected).sum(),
            present,
            waiting,
            recorded - present - waiting,
            lost);
  }

  private void readDays(Connection connection, Chosen chosen, ReadingCsv.Writer csv)
      throws SQLException {
    HouseCompleteness house = chosen.house();
    PlaceRows rows = PlaceRows.of(database.engine(), connection);
    List<Long> places =
        new Query(database.engine(), "SELECT @id FROM @Location WHERE @houseId = ? ORDER BY @id")
            .with(house.house().id())
            .all(connection, row -> row.number(1));
    Instant from = house.from();
    while (from.isBefore(house.until())) {
      Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
      Instant next = midnight.isBefore(house.until()) ? midnight : house.until();
      rows.read(connection, places, from, next, some -> csv.take(chosenOf(some, chosen)));
      from = next;
    }
  }

  private static Rows chosenOf(Rows rows, Chosen chosen) {
    int node = rows.indexOf("nodeId");
    int type = rows.indexOf("type");
    return rows.where(
        row ->
            chosen
                .sensors()
                .contains(new SensorId(rows.longAt(node, row), rows.longAt(type, row))));
  }

  /** The CSV library closes what it wrote to. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
