package org.tributary.acceptance.servers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.servers.RealReadings.Sample;

/**
 * Fills a database of the original schema as a gateway in the field would: one deployment, two
 * houses, four nodes, and what these have measured.
 */
public final class OriginalHouse {
  /** When somebody told the gateway where node 11 hangs; its readings until then have no place. */
  public static final Instant NODE_11_PLACED = Instant.parse("2015-08-10T00:00:00Z");

  private static final int TEMPERATURE = 0;
  private static final int HUMIDITY = 2;
  private static final int BATTERY = 6;
  private static final int CO2 = 8;
  private static final int AIR_QUALITY = 9;
  private static final int TEMPERATURE_ADC0 = 41;

  private static final Instant BEGIN = Instant.parse("2015-08-01T00:00:00Z");
  private static final Instant END = Instant.parse("2016-07-31T00:00:00Z");

  private OriginalHouse() {}

  /** How many rows {@link #load} has stored; rows whose key was taken are not among them. */
  public record Loaded(long readings, long nodeStates) {}

  private record Node(int id, int nodeType, int locationId, double co2Slope, double co2Offset) {}

  private static final List<Node> NODES =
      List.of(
          new Node(1, 2, 1, 1.0, 0.0),
          new Node(2, 3, 2, 1.06, -12.5),
          new Node(10, 10, 3, 0.97, 4.25),
          new Node(11, 6, 4, 1.0, 31.0));

  /**
   * Stores the houses and the first samples in order of time, each as six readings and a node
   * state, in one transaction. The schema must be there and hold nothing but its first rows.
   */
  public static Loaded load(Connection connection, TestEngine engine, int maxSamples)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (engine == TestEngine.POSTGRESQL) {
        trustForeignKeys(connection);
      }
      storeHouses(connection, engine);
      storeNodes(connection, engine);
      Loaded loaded = storeSamples(connection, engine, RealReadings.first(maxSamples));
      connection.commit();
      return loaded;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Halves PostgreSQL's time. The rows are known to fit; and the transaction's end ends this. */
  private static void trustForeignKeys(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL session_replication_role = replica");
    }
  }

  private static void storeHouses(Connection connection, TestEngine engine) throws SQLException {
    // ids are left to the database, which counts them from one
    try (BulkInsert deployments =
            insert(
                connection, engine, "Deployment", "name", "description", "startDate", "endDate");
        BulkInsert houses =
            insert(connection, engine, "House", "deploymentId", "address", "startDate", "endDate");
        BulkInsert locations = insert(connection, engine, "Location", "houseId", "roomId")) {
      deployments.add("Orchard Lane", "Two houses before their refurbishment", BEGIN, END);
      deployments.finish();
      houses.add(1, "12 Orchard Lane", BEGIN, END);
      houses.add(1, "Mühlenhaus, 14 Orchard Lane", BEGIN, null);
      houses.finish();
      locations.add(1, 4); // 1: living room
      locations.add(1, 1); // 2: master bedroom
      locations.add(2, 4); // 3: living room
      locations.add(2, 8); // 4: kitchen
      locations.add(2, 6); // 5: bathroom, where no node hangs
      locations.finish();
    }
  }

  private static void storeNodes(Connection connection, TestEngine engine) throws SQLException {
    try (BulkInsert nodes = insert(connection, engine, "Node", "id", "locationId", "nodeTypeId");
        BulkInsert sensors =
            insert(
                connection,
                engine,
                "Sensor",
                "sensorTypeId",
                "nodeId",
                "calibrationSlope",
                "calibrationOffset")) {
      for (Node node : NODES) {
        nodes.add(node.id(), node.locationId(), node.nodeType());
      }
      nodes.finish();
      for (Node node : NODES) {
        sensors.add(TEMPERATURE, node.id(), 1.0, 0.0);
        sensors.add(HUMIDITY, node.id(), 1.0, 0.0);
        sensors.add(TEMPERATURE_ADC0, node.id(), 1.0, 0.0);
        sensors.add(CO2, node.id(), node.co2Slope(), node.co2Offset());
        sensors.add(AIR_QUALITY, node.id(), 1.0, null);
        sensors.add(BATTERY, node.id(), null, null);
      }
      sensors.finish();
    }
  }

  private static Loaded storeSamples(Connection connection, TestEngine engine, List<Sample> samples)
      throws SQLException {
    Map<Integer, Instant> booted = new HashMap<>();
    try (BulkInsert readings =
            insert(connection, engine, "Reading", "time", "nodeId", "type", "locationId", "value");
        BulkInsert states =
            insert(
                connection,
                engine,
                "NodeState",
                "time",
                "nodeId",
                "parent",
                "localtime",
                "seq_num",
                "rssi")) {
      for (Sample sample : samples) {
        Instant time = sample.time();
        int node = sample.nodeId();
        Integer location = locationOf(sample);
        readings.add(time, node, TEMPERATURE, location, sample.temperature());
        readings.add(time, node, HUMIDITY, location, sample.humidity());
        readings.add(time, node, TEMPERATURE_ADC0, location, sample.adc0());
        readings.add(time, node, CO2, location, sample.adc1());
        readings.add(time, node, AIR_QUALITY, location, sample.adc2());
        readings.add(time, node, BATTERY, location, sample.battery());

        Instant boot = booted.computeIfAbsent(node, first -> time);
        long localTime = Duration.between(boot, time).toMillis(); // a node only knows its uptime
        states.add(time, node, sample.parent(), localTime, sample.sequenceNumber(), sample.rssi());
      }
      return new Loaded(readings.finish(), states.finish());
    }
  }

  private static @Nullable Integer locationOf(Sample sample) {
    if (sample.nodeId() == 11 && sample.time().isBefore(NODE_11_PLACED)) {
      return null;
    }
    return NODES.stream()
        .filter(node -> node.id() == sample.nodeId())
        .findFirst()
        .orElseThrow()
        .locationId();
  }

  private static BulkInsert insert(
      Connection connection, TestEngine engine, String table, String... columns)
      throws SQLException {
    return new BulkInsert(connection, engine, table, List.of(columns));
  }
}
