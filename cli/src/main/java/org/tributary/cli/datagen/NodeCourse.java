package org.tributary.cli.datagen;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One node over time: what its room is like, what its sensors make of that, and how it gets on
 * itself. The air of a room follows the house and the weather with a delay, so samples must be
 * taken in the order of time.
 *
 * <p>Not thread-safe.
 */
final class NodeCourse {

  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final long BASE_STATION = 40_960;
  private static final int TICKS_PER_SECOND = 1_024;
  private static final int UNPLACED_SAMPLES = 2;
  private static final double CHANCE_OF_GAP = 1 / 2_000.0;
  private static final double CHANCE_OF_DAMAGE = 1 / 8_000.0;
  private static final double[] DAMAGED = {1.17549e38, -39.6, 6_553.5, -2.31e22, 0};

  private final long id;
  private final long location;
  private final Room room;
  private final List<SensorKind> kinds;
  private final Household household;
  private final Weather weather;
  private final long neighbour;
  private final SplittableRandom random;
  private final double clockDrift;
  private final int usualRssi;
  private final double newBattery;

  private Instant booted;
  private Instant due;
  private Instant before;
  private double temperature;
  private double vapour;
  private double co2 = 420;
  private long parent = BASE_STATION;
  private int sequence;
  private int samples;

  /**
   * A node that is put up and switched on.
   *
   * @param neighbour a node that it may send through
   */
  NodeCourse(
      Placed placed,
      List<SensorKind> kinds,
      Household household,
      Weather weather,
      long neighbour,
      Dice dice,
      Instant start) {
    this.id = placed.node();
    this.location = placed.location();
    this.room = placed.room();
    this.kinds = List.copyOf(kinds);
    this.household = household;
    this.weather = weather;
    this.neighbour = neighbour;
    this.random = new SplittableRandom(dice.seed());
    this.clockDrift = 40e-6 * (random.nextDouble() - 0.5);
    this.usualRssi = -58 - random.nextInt(25);
    this.newBattery = 3.0 + 0.15 * random.nextDouble();
    this.booted = start;
    this.before = start;
    this.due = start.plusMillis(random.nextInt((int) PERIOD.toMillis()));
    Moment then = Moment.of(start);
    this.temperature = household.wantedTemperature(then);
    this.vapour = weather.vapourPressure(then) + 200;
  }

  /** Where a node stands. */
  record Placed(long node, long location, Room room) {}

  /** When it samples next. */
  Instant due() {
    return due;
  }

  /** How many samples come regularly in that time. */
  static long samplesIn(Duration time) {
    return time.dividedBy(PERIOD);
  }

  /** How many rows one sample makes. */
  int rowsPerSample() {
    return kinds.size() + 1;
  }

  /** Samples now and works out when to do so again; how many samples are left out until then. */
  int sampleWhenDue(SampleBuffer into) {
    sample(due, into);
    int leftOut = 0;
    if (random.nextDouble() < CHANCE_OF_GAP) {
      leftOut = 2 + random.nextInt(140);
      booted = due.plus(PERIOD.multipliedBy(leftOut));
      sequence = 0;
    }
    double millis = PERIOD.toMillis() * (leftOut + 1) * (1 + clockDrift) + jitter();
    due = due.plusMillis(Math.round(millis));
    return leftOut;
  }

  /** Samples at a time of somebody else's choice. */
  void sample(Instant time, SampleBuffer into) {
    breathe(time);
    Moment at = Moment.of(time);
    Long placed = samples < UNPLACED_SAMPLES ? null : Long.valueOf(location);
    boolean damaged = random.nextDouble() < CHANCE_OF_DAMAGE;
    for (SensorKind kind : kinds) {
      double value = damaged ? DAMAGED[random.nextInt(DAMAGED.length)] : measured(kind, at);
      into.reading(time, id, kind, placed, value);
    }
    long ticks = Math.max(0, Duration.between(booted, time).toMillis() * TICKS_PER_SECOND / 1_000);
    into.state(time, id, parent(), ticks, sequence, usualRssi + (int) (3 * noise()));
    sequence = (sequence + 1) & 0xFF;
    samples++;
  }

  /** Lets the room's air come nearer to where house and weather draw it. */
  private void breathe(Instant time) {
    Moment at = Moment.of(time);
    double hours = Math.max(0, Duration.between(before, time).toMillis() / 3.6e6);
    before = time;
    double people = household.peopleIn(room, at);
    double outside = weather.temperature(at);
    double wanted = household.wantedTemperature(at) - 0.04 * (20 - outside) + 0.4 * people;
    double steam =
        switch (room.use()) {
          case WASHING -> household.isShowering(at) ? 1_500 : 0;
          case COOKING -> household.isCooking(at) ? 700 : 0;
          case LIVING, SLEEPING, PASSING -> 0;
        };
    temperature = towards(Math.max(wanted, outside + 1), temperature, hours, 1.8);
    vapour = towards(weather.vapourPressure(at) + 150 + 90 * people + steam, vapour, hours, 0.8);
    co2 = towards(420 + 410 * people, co2, hours, 1.1);
  }

  private double measured(SensorKind kind, Moment at) {
    return switch (kind) {
      case TEMPERATURE -> hundredths(temperature + 0.05 * noise());
      case HUMIDITY -> hundredths(relativeHumidity() + 0.3 * noise());
      case CO2 -> hundredths(Math.max(400, co2 + 8 * noise()));
      case BATTERY -> hundredths(battery());
      case POWER -> hundredths(household.power(at) * (1 + 0.04 * noise()) + random.nextInt(40));
    };
  }

  private double relativeHumidity() {
    return Math.min(99.5, 100 * vapour / Weather.saturation(temperature));
  }

  private double battery() {
    return Math.max(2.1, newBattery - samples * 3.5e-6 + 0.002 * (temperature - 20));
  }

  private long parent() {
    if (random.nextInt(400) == 0) {
      parent = parent == BASE_STATION && neighbour != id ? neighbour : BASE_STATION;
    }
    return parent;
  }

  private double jitter() {
    return 40 * noise();
  }

  /** Mostly between -1 and 1, seldom beyond 2. */
  private double noise() {
    return random.nextDouble()
        + random.nextDouble()
        + random.nextDouble()
        + random.nextDouble()
        - 2;
  }

  private static double towards(double goal, double now, double hours, double hoursToFollow) {
    return goal + (now - goal) * Math.exp(-hours / hoursToFollow);
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
