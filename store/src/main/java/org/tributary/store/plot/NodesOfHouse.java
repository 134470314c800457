package org.tributary.store.plot;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.plot.HouseNodes.Node;
import org.tributary.store.plot.HouseNodes.Room;
import org.tributary.store.plot.HouseNodes.SensorNow;
import org.tributary.store.report.Query;
import org.tributary.store.report.Span;

/**
 * Finds out what stands in a house and what it said last: of each node its newest readings, a few
 * steps into an index, however many millions there are. Thread-safe.
 */
public record NodesOfHouse(Database database) {

  /** Among so many of its newest readings each sensor of a node has spoken. */
  private static final int NEWEST = 400;

  /** A node that was carried away is looked for in so much of the span, from its end. */
  private static final Duration LOOKED_BACK = Duration.ofDays(31);

  private record Stand(long node, String type, long location, boolean isHere, Instant until) {}

  private record Said(long type, Instant time, Optional<Double> value) {}

  /**
   * The house.
   *
   * @param span nodes that measured there in its last month are shown too, wherever they are now
   * @return empty if there is no such house
   */
  public Optional<HouseNodes> of(long house, Span span) throws StoreException {
    return database.read(
        connection -> {
          Optional<HouseNodes> bare = bare(connection, house);
          return bare.isEmpty() ? bare : Optional.of(furnished(connection, bare.get(), span));
        });
  }

  private Optional<HouseNodes> bare(Connection connection, long house) throws SQLException {
    return query(
            """
            SELECT h.@address, d.@name, h.@startDate, h.@endDate
            FROM @House h
            LEFT JOIN @Deployment d ON d.@id = h.@deploymentId
            WHERE h.@id = ?
            """)
        .with(house)
        .first(
            connection,
            row ->
                new HouseNodes(
                    house,
                    row.text(1).orElse(""),
                    row.text(2),
                    row.maybeTime(3),
                    row.maybeTime(4),
                    List.of()));
  }

  private HouseNodes furnished(Connection connection, HouseNodes bare, Span span)
      throws SQLException {
    Places places = Places.of(connection, database.engine(), bare.house());
    Map<Long, SensorKind> kinds = SensorKind.all(connection, database.engine());
    List<Stand> stands = registered(connection, bare.house());
    stands.addAll(former(connection, places, span, stands));
    Map<Long, List<Node>> nodes = new HashMap<>();
    for (Stand stand : stands) {
      nodes
          .computeIfAbsent(stand.location(), each -> new ArrayList<>())
          .add(node(connection, places, kinds, stand));
    }
    List<Room> rooms =
        places.rooms().entrySet().stream()
            .map(
                each ->
                    new Room(
                        each.getKey(),
                        each.getValue(),
                        nodes.getOrDefault(each.getKey(), List.of())))
            .sorted(
                Comparator.comparing((Room room) -> room.nodes().isEmpty())
                    .thenComparing(room -> room.name().toLowerCase(Locale.ROOT))
                    .thenComparing(Room::location))
            .toList();
    return new HouseNodes(
        bare.house(), bare.address(), bare.deployment(), bare.start(), bare.end(), rooms);
  }

  private List<Stand> registered(Connection connection, long house) throws SQLException {
    return query(
            """
            SELECT n.@id, t.@name, n.@locationId
            FROM @Node n
            JOIN @Location l ON l.@id = n.@locationId
            LEFT JOIN @NodeType t ON t.@id = n.@nodeTypeId
            WHERE l.@houseId = ?
            ORDER BY n.@id
            """)
        .with(house)
        .all(
            connection,
            row ->
                new Stand(row.number(1), row.text(2).orElse(""), row.number(3), true, Instant.MAX));
  }

  /** Nodes that are not registered in the house any more, each where it measured last. */
  private Collection<Stand> former(
      Connection connection, Places places, Span span, List<Stand> registered) throws SQLException {
    Instant begin = span.until().minus(LOOKED_BACK);
    Instant from = begin.isAfter(span.from()) ? begin : span.from();
    Map<Long, Stand> former = new TreeMap<>();
    for (long location : places.locations()) {
      List<Long> known = new ArrayList<>(registered.stream().map(Stand::node).toList());
      Optional<Stand> next = other(connection, location, from, span.until(), known);
      while (next.isPresent()) {
        former.merge(
            next.get().node(),
            next.get(),
            (one, another) -> one.until().isAfter(another.until()) ? one : another);
        known.add(next.get().node());
        next = other(connection, location, from, span.until(), known);
      }
    }
    return former.values();
  }

  private Optional<Stand> other(
      Connection connection, long location, Instant from, Instant until, List<Long> known)
      throws SQLException {
    String others =
        known.isEmpty()
            ? ""
            : "AND @nodeId NOT IN (%s)"
                .formatted(String.join(", ", known.stream().map(String::valueOf).toList()));
    return query(
            """
            SELECT @nodeId, @time
            FROM @Reading
            WHERE @locationId = ? AND @time >= ? AND @time < ? %s
            ORDER BY @time DESC
            LIMIT 1
            """
                .formatted(others))
        .with(location)
        .with(from)
        .with(until)
        .first(connection, row -> new Stand(row.number(1), "", location, false, row.time(2)));
  }

  private Node node(Connection connection, Places places, Map<Long, SensorKind> kinds, Stand stand)
      throws SQLException {
    Map<Long, Said> said = new TreeMap<>();
    for (Said each : newest(connection, places, stand)) {
      said.putIfAbsent(each.type(), each);
    }
    Map<Long, Optional<String>> fitted =
        stand.isHere() ? fitted(connection, stand.node()) : Map.of();
    Map<Long, SensorNow> sensors = new TreeMap<>();
    for (long type : fitted.keySet()) {
      sensors.put(type, sensor(kinds, stand, type, Optional.empty(), fitted));
    }
    for (Said each : said.values()) {
      sensors.put(each.type(), sensor(kinds, stand, each.type(), Optional.of(each), fitted));
    }
    return new Node(stand.node(), stand.type(), stand.isHere(), List.copyOf(sensors.values()));
  }

  private static SensorNow sensor(
      Map<Long, SensorKind> kinds,
      Stand stand,
      long type,
      Optional<Said> said,
      Map<Long, Optional<String>> fitted) {
    return new SensorNow(
        new SensorId(stand.node(), type),
        kinds.getOrDefault(type, SensorKind.nameless(type)),
        said.map(Said::time),
        said.flatMap(Said::value),
        fitted.getOrDefault(type, Optional.empty()));
  }

  private List<Said> newest(Connection connection, Places places, Stand stand) throws SQLException {
    record Newest(Optional<Long> location, Said said) {}
    String until = stand.isHere() ? "" : "AND @time <= ?";
    Query query =
        query(
                """
                SELECT @type, @time, @value, @locationId
                FROM @Reading
                WHERE @nodeId = ? %s
                ORDER BY @time DESC
                LIMIT %d
                """
                    .formatted(until, NEWEST))
            .with(stand.node());
    if (!stand.isHere()) {
      query.with(stand.until());
    }
    return query
        .all(
            connection,
            row ->
                new Newest(
                    row.maybeNumber(4),
                    new Said(
                        row.number(1), row.time(2), row.maybeReal(3).filter(Double::isFinite))))
        .stream()
        .filter(each -> each.location().filter(places.locations()::contains).isPresent())
        .map(Newest::said)
        .toList();
  }

  /** The sensors that somebody has registered at a node, with their calibration in words. */
  private Map<Long, Optional<String>> fitted(Connection connection, long node) throws SQLException {
    record Fitted(long type, Optional<String> calibration) {}
    Map<Long, Optional<String>> fitted = new TreeMap<>();
    query(
            """
            SELECT @sensorTypeId, @calibrationSlope, @calibrationOffset
            FROM @Sensor
            WHERE @nodeId = ? AND @sensorTypeId IS NOT NULL
            ORDER BY @id
            """)
        .with(node)
        .all(
            connection,
            row ->
                new Fitted(
                    row.number(1),
                    calibration(row.maybeReal(2).orElse(1.0), row.maybeReal(3).orElse(0.0))))
        .forEach(each -> fitted.put(each.type(), each.calibration()));
    return fitted;
  }

  private static Optional<String> calibration(double slope, double offset) {
    return slope == 1 && offset == 0
        ? Optional.empty()
        : Optional.of(
            "%s × value %s %s".formatted(slope, offset < 0 ? "−" : "+", Math.abs(offset)));
  }

  private Query query(String text) {
    return new Query(database.engine(), text);
  }
}
