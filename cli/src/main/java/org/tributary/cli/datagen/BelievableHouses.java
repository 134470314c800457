package org.tributary.cli.datagen;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Tables;

/**
 * Houses with people, weather and nodes, and what their nodes measure. Rows go into the database in
 * the order of time and in portions, so that any number of days fits into a small memory.
 *
 * <p>Not thread-safe.
 */
public final class BelievableHouses {

  private static final int ROWS_AT_ONCE = 10_000;
  private static final String DEPLOYMENT = "Tributary homes";

  /** The same for every gateway: all of them have one deployment. */
  private static final Instant DEPLOYED = Instant.parse("2015-01-01T00:00:00Z");

  private static final List<String> STREETS =
      List.of(
          "Mill Lane",
          "Orchard Road",
          "Spring Gardens",
          "Weir Street",
          "Chapel Hill",
          "Ferry Road",
          "Beech Avenue",
          "Canal Walk",
          "Station Road",
          "Wharf Street",
          "Alder Close",
          "Bridge Street");

  private final TargetDatabase database;
  private final Plan plan;
  private final Instant end;
  private final List<NodeCourse> nodes = new ArrayList<>();

  private BelievableHouses(TargetDatabase database, Plan plan, Instant end) {
    this.database = database;
    this.plan = plan;
    this.end = end;
  }

  /** A node of that plan which the database has already, if there is one. */
  public static OptionalLong takenNode(TargetDatabase database, Plan plan) throws StoreException {
    for (long node = plan.firstNode(); node <= plan.lastNode(); node++) {
      if (database.has(Tables.NODE, node)) {
        return OptionalLong.of(node);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Makes houses, locations, nodes and sensors; no readings yet.
   *
   * @param end of the days to fill
   */
  public static BelievableHouses in(TargetDatabase database, Plan plan, Instant end)
      throws StoreException {
    BelievableHouses houses =
        new BelievableHouses(database, plan, end.truncatedTo(ChronoUnit.MILLIS));
    houses.build();
    return houses;
  }

  public int nodes() {
    return nodes.size();
  }

  /** How many rows {@link #fill} makes, those counted that it leaves out to leave a gap. */
  public long plannedRows() {
    long samples = NodeCourse.samplesIn(Duration.ofDays(plan.days()));
    return samples * nodes.stream().mapToLong(NodeCourse::rowsPerSample).sum();
  }

  /**
   * Fills the days of the plan.
   *
   * @param progress hears how many of the planned rows are done since it last heard
   */
  public Written fill(LongConsumer progress) throws StoreException {
    PriorityQueue<NodeCourse> queue = new PriorityQueue<>(Comparator.comparing(NodeCourse::due));
    queue.addAll(nodes);
    SampleBuffer buffer = new SampleBuffer();
    Written written = Written.NOTHING;
    long done = 0;
    while (!queue.isEmpty()) {
      NodeCourse next = queue.remove();
      if (next.due().isBefore(end)) {
        int leftOut = next.sampleWhenDue(buffer);
        done += (long) next.rowsPerSample() * (1 + leftOut);
        queue.add(next);
      }
      if (buffer.readings() + buffer.states() >= ROWS_AT_ONCE || queue.isEmpty()) {
        written = written.plus(buffer.flush(database));
        progress.accept(done);
        done = 0;
      }
    }
    return written;
  }

  /** Lets every node sample once more, at a time behind all others. */
  public Written sampleAll(Instant time) throws StoreException {
    SampleBuffer buffer = new SampleBuffer();
    for (NodeCourse node : nodes) {
      node.sample(time, buffer);
    }
    return buffer.flush(database);
  }

  private void build() throws StoreException {
    Instant start = plan.start(end);
    Dice dice = new Dice(plan.seed());
    Weather weather = new Weather(dice.another(-1));
    long deployment =
        database.idOf(
            Tables.DEPLOYMENT,
            Map.of("name", DEPLOYMENT, "description", "Made up by datagen", "startDate", DEPLOYED));
    for (int number = 0; number < plan.houses(); number++) {
      String address = address(dice, number);
      long house =
          database.idOf(
              Tables.HOUSE,
              Map.of("deploymentId", deployment, "address", address, "startDate", start));
      Household household = new Household(dice.another(plan.node(number, 0)));
      for (int i = 0; i < plan.nodes(); i++) {
        nodes.add(node(house, number, i, household, weather, dice, start));
      }
    }
  }

  /** No two houses share a number, whatever the seed: it is that of their first node. */
  private String address(Dice dice, int house) {
    int street = (int) (dice.another(house).roll(0, 0) * STREETS.size());
    return plan.node(house, 0) + " " + STREETS.get(street);
  }

  private NodeCourse node(
      long house,
      int houseNumber,
      int number,
      Household household,
      Weather weather,
      Dice dice,
      Instant start)
      throws StoreException {
    long id = plan.node(houseNumber, number);
    Room room = Room.ofNode(number);
    NodeKind kind = NodeKind.of(room, number, plan.nodes());
    long type = database.idOf(Tables.ROOM_TYPE, Map.of("name", room.type()));
    long roomId = database.idOf(Tables.ROOM, Map.of("roomTypeId", type, "name", room.title()));
    long location = database.idOf(Tables.LOCATION, Map.of("houseId", house, "roomId", roomId));
    database.idOf(Tables.NODE, Map.of("id", id, "locationId", location, "nodeTypeId", kind.type()));
    Dice own = dice.another(id);
    for (SensorKind sensor : kind.sensors()) {
      database.idOf(
          Tables.SENSOR,
          Map.of(
              "sensorTypeId",
              (long) sensor.type(),
              "nodeId",
              id,
              "calibrationSlope",
              thousandths(own.between(0.98, 1.02, sensor.type(), 0)),
              "calibrationOffset",
              thousandths(own.between(-0.3, 0.3, sensor.type(), 1))));
    }
    return new NodeCourse(
        new NodeCourse.Placed(id, location, room),
        kind.sensors(),
        household,
        weather,
        plan.node(houseNumber, 0),
        own,
        start);
  }

  private static double thousandths(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
