package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** How much energy was used, hour by hour or day by day (UTC), from what meters read. */
public record EnergyUse(Database database) {

  private static final String POWER = "Power";
  private static final String GAS_PULSES = "Gas Pulse Count";
  private static final int PAGE = 20_000;

  /**
   * What was used in an hour or a day.
   *
   * @param begin of the hour or day
   */
  public record Use(Instant begin, double kilowattHours) {}

  /** By a node that measures electric power. */
  public List<Use> electricOfNode(long node, Span span, ChronoUnit unit) throws StoreException {
    return use(POWER, "@nodeId", List.of(node), span, () -> new PowerMeter(unit));
  }

  /** By all nodes that measured electric power at a place of that house. */
  public List<Use> electricOfHouse(long house, Span span, ChronoUnit unit) throws StoreException {
    List<Long> locations =
        database.read(
            connection ->
                new Query(
                        database.engine(),
                        "SELECT @id FROM @Location WHERE @houseId = ? ORDER BY @id")
                    .with(house)
                    .all(connection, row -> row.number(1)));
    return use(POWER, "@locationId", locations, span, () -> new PowerMeter(unit));
  }

  /** By a node that counts the pulses of a gas meter. */
  public List<Use> gasOfNode(long node, Span span, ChronoUnit unit) throws StoreException {
    return use(GAS_PULSES, "@nodeId", List.of(node), span, () -> new GasMeter(unit));
  }

  private List<Use> use(
      String type, String column, List<Long> ids, Span span, Supplier<Meter> newMeter)
      throws StoreException {
    TreeMap<Instant, Double> total = new TreeMap<>();
    for (long id : ids) {
      Map<Long, Meter> meters = new TreeMap<>(); // by node
      Optional<Long> typeId = database.read(connection -> typeId(connection, type));
      if (typeId.isPresent()) {
        readAll(column, id, typeId.get(), span, newMeter, meters);
      }
      for (Meter meter : meters.values()) {
        meter.end().forEach((begin, used) -> total.merge(begin, used, Double::sum));
      }
    }
    return total.entrySet().stream().map(each -> new Use(each.getKey(), each.getValue())).toList();
  }

  private Optional<Long> typeId(Connection connection, String name) throws SQLException {
    return new Query(
            database.engine(), "SELECT @id FROM @SensorType WHERE @name = ? ORDER BY @id LIMIT 1")
        .with(name)
        .first(connection, row -> row.number(1));
  }

  private record Sample(Instant time, long node, double value) {}

  // Page by page: some meters are read every few seconds, for years.
  private void readAll(
      String column,
      long id,
      long type,
      Span span,
      Supplier<Meter> newMeter,
      Map<Long, Meter> meters)
      throws StoreException {
    Instant time = span.from();
    long node = Long.MIN_VALUE;
    List<Sample> page = new ArrayList<>();
    do {
      Query query = page(column, id, type, span, time, node);
      page =
          database.read(
              connection ->
                  query.all(
                      connection, row -> new Sample(row.time(1), row.number(2), row.real(3))));
      for (Sample sample : page) {
        meters
            .computeIfAbsent(sample.node(), each -> newMeter.get())
            .read(sample.time(), sample.value());
        time = sample.time();
        node = sample.node();
      }
    } while (page.size() == PAGE);
  }

  private Query page(
      String column, long id, long type, Span span, Instant afterTime, long afterNode) {
    return new Query(
            database.engine(),
            """
            SELECT @time, @nodeId, @value
            FROM @Reading
            WHERE %s = ?
              AND @time >= ?
              AND @time < ?
              AND (@time > ? OR @nodeId > ?)
              AND @type = ?
              AND @value IS NOT NULL
            ORDER BY @time, @nodeId
            LIMIT %d
            """
                .formatted(column, PAGE))
        .with(id)
        .with(afterTime)
        .with(span.until())
        .with(afterTime)
        .with(afterNode)
        .with(type);
  }
}
