package org.tributary.cli.datagen;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Tables;

/**
 * The deployment "PushTest" of the seed's {@code Datagen.py}: node 37 counts upwards from 0, node
 * 38 downwards from 100. After every so many samples both report their state and count anew; at 100
 * and 0 they count anew as well.
 *
 * <p>Not thread-safe.
 */
public final class PushTest {

  public static final long RISING = 37;
  public static final long FALLING = 38;

  private static final int TOP = 100;
  private static final int ROWS_AT_ONCE = 10_000;
  private static final long BASE_STATION = 40_960;
  private static final int RSSI = -70;
  private static final int TICKS_PER_SECOND = 1_024;

  /** One sample of both nodes. */
  public record Sample(Instant time, int rising, int falling, boolean withStates) {}

  private final TargetDatabase database;
  private final int stateSwitch;
  private final long risingAt;
  private final long fallingAt;
  private final SampleBuffer buffer = new SampleBuffer();
  private int count;
  private int sinceStates;
  private int statesSoFar;
  private @Nullable Instant begun;

  private PushTest(TargetDatabase database, int stateSwitch, long risingAt, long fallingAt) {
    this.database = database;
    this.stateSwitch = stateSwitch;
    this.risingAt = risingAt;
    this.fallingAt = fallingAt;
  }

  /**
   * Makes the deployment, its house, two rooms and two nodes, if they are not there.
   *
   * @param stateSwitch after how many samples the nodes report their state
   */
  public static PushTest in(TargetDatabase database, int stateSwitch, Instant start)
      throws StoreException {
    database.upgrade();
    long deployment =
        database.idOf(
            Tables.DEPLOYMENT,
            Map.of("name", "PushTest", "description", "Made up by datagen", "startDate", start));
    long house =
        database.idOf(
            Tables.HOUSE,
            Map.of("deploymentId", deployment, "address", "PushTest house", "startDate", start));
    return new PushTest(
        database,
        stateSwitch,
        node(database, RISING, house, "Bedroom", "Master Bedroom"),
        node(database, FALLING, house, "Living Area", "Living Room"));
  }

  /** Adds the next sample. */
  public Sample sample(Instant time) throws StoreException {
    Sample sample = next(time);
    buffer.flush(database);
    return sample;
  }

  /**
   * Adds many samples at once, the last of them at a given time.
   *
   * @param written hears how many samples were stored since it last heard
   */
  public Written bulk(long samples, Duration gap, Instant last, LongConsumer written)
      throws StoreException {
    Written sum = Written.NOTHING;
    long told = 0;
    for (long i = 0; i < samples; i++) {
      next(last.minus(gap.multipliedBy(samples - 1 - i)));
      if (buffer.readings() >= ROWS_AT_ONCE || i == samples - 1) {
        sum = sum.plus(buffer.flush(database));
        written.accept(i + 1 - told);
        told = i + 1;
      }
    }
    return sum;
  }

  private Sample next(Instant time) {
    int rising = count;
    int falling = TOP - count;
    buffer.reading(time, RISING, SensorKind.TEMPERATURE, risingAt, rising);
    buffer.reading(time, FALLING, SensorKind.TEMPERATURE, fallingAt, falling);
    sinceStates++;
    boolean withStates = sinceStates == stateSwitch;
    if (withStates) {
      addStates(time);
      sinceStates = 0;
    }
    count = withStates || count == TOP ? 0 : count + 1;
    return new Sample(time, rising, falling, withStates);
  }

  private void addStates(Instant time) {
    Instant since = begun == null ? time : begun;
    begun = since;
    long ticks = Duration.between(since, time).toSeconds() * TICKS_PER_SECOND;
    int sequence = statesSoFar++ & 0xFF;
    buffer.state(time, RISING, BASE_STATION, ticks, sequence, RSSI);
    buffer.state(time, FALLING, BASE_STATION, ticks, sequence, RSSI);
  }

  /** Makes a node with a temperature sensor; the id of its location. */
  private static long node(
      TargetDatabase database, long node, long house, String roomType, String room)
      throws StoreException {
    long type = database.idOf(Tables.ROOM_TYPE, Map.of("name", roomType));
    long location =
        database.idOf(
            Tables.LOCATION,
            Map.of(
                "houseId",
                house,
                "roomId",
                database.idOf(Tables.ROOM, Map.of("roomTypeId", type, "name", room))));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", node);
    row.put("locationId", location);
    row.put("nodeTypeId", 0L);
    database.idOf(Tables.NODE, row);
    database.idOf(
        Tables.SENSOR,
        Map.of(
            "sensorTypeId",
            (long) SensorKind.TEMPERATURE.type(),
            "nodeId",
            node,
            "calibrationSlope",
            1.0,
            "calibrationOffset",
            0.0));
    return location;
  }
}
