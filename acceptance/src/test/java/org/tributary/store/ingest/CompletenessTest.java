package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.NODE_STATE;
import static org.tributary.wire.Tables.READING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Completeness;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.NodeDay;
import org.tributary.store.report.Span;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Claims;
import org.tributary.wire.Contents;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Lane;
import org.tributary.wire.Part;
import org.tributary.wire.Position;
import org.tributary.wire.RowHash;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** What central says that it lacks, and why. */
class CompletenessTest {

  private static final Instant MIDNIGHT = Instant.parse("2016-05-31T00:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2016-05-31");
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int SAMPLES = 288;

  /** A day of two nodes, 7 and 8, with a temperature, a humidity and a state every five minutes. */
  private static final class Day {
    private final List<Object[]> readings = new ArrayList<>();
    private final List<Object[]> states = new ArrayList<>();

    /** What is heard of a node, and under which number. */
    void sample(int node, int i, int number) {
      Instant time = MIDNIGHT.plus(PERIOD.multipliedBy(i));
      readings.add(row(time, node, 0, 1L + (node + 1) % 2, 20.0 + i / 100.0));
      readings.add(row(time, node, 2, 1L + (node + 1) % 2, 50.0));
      states.add(row(time, node, null, null, number % 256, null));
    }

    void push(Feed gateway) throws Exception {
      gateway.live(READING, readings.toArray(Object[][]::new));
      gateway.live(NODE_STATE, states.toArray(Object[][]::new));
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aDayOfWhichAllArrived_saysThatNothingIsMissing(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = new Day();
      for (int i = 0; i < SAMPLES; i++) {
        day.sample(7, i, i);
        day.sample(8, i, i);
      }
      day.push(gateway);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.present()).isEqualTo(4L * SAMPLES);
      assertThat(house.expected()).isEqualTo(4L * SAMPLES);
      assertThat(house.gaps()).isEmpty();
      assertThat(house.days()).extracting(NodeDay::isComplete).containsExactly(true, true);
      assertThat(house.digest()).isEqualTo(digest(central));
      assertThat(house.gateways()).extracting(each -> each.gateway()).containsExactly("gw");
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aDayWithGaps_givesEachItsCause(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = new Day();
      for (int i = 0; i < SAMPLES; i++) {
        boolean off = i >= 120 && i < 144; // 10:00 to 12:00: nobody hears anything
        boolean lost = i >= 72 && i < 84; // 6:00 to 7:00: node 7 sends, and is not heard
        boolean paused = i >= 180 && i < 192; // 15:00 to 16:00: node 8 sends nothing
        if (!off && !lost) {
          day.sample(7, i, i);
        }
        if (!off && !paused) {
          day.sample(8, i, i < 180 ? i : i - 12);
        }
      }
      day.push(gateway);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps())
          .extracting(Gap::node, gap -> gap.from().toString().substring(11, 16), Gap::cause)
          .containsExactly(
              tuple(7L, "05:55", Cause.RADIO_LOSS),
              tuple(7L, "09:55", Cause.GATEWAY_OFF),
              tuple(8L, "09:55", Cause.GATEWAY_OFF),
              tuple(8L, "14:55", Cause.SENSOR_SILENT));
      assertThat(house.gaps().get(0).evidence()).contains("71 to 84");
      assertThat(house.lost())
          .isEqualTo(
              Map.of(Cause.GATEWAY_OFF, 96L, Cause.RADIO_LOSS, 24L, Cause.SENSOR_SILENT, 24L));
      assertThat(house.expected()).isEqualTo(4L * SAMPLES);
      assertThat(house.present()).isEqualTo(4L * SAMPLES - 144);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_readingsThatTheGatewaySaysItHas_saysThatTheyWait(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 200, 212).push(gateway);
      claim(central, gateway, 8, 2L * SAMPLES);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.waiting()).isEqualTo(24);
      assertThat(house.gaps())
          .extracting(Gap::node, Gap::cause)
          .containsExactly(tuple(8L, Cause.WAITING));
      assertThat(house.days().get(1).expected()).isEqualTo(2L * SAMPLES);
      assertThat(house.recorded()).isEqualTo(house.expected());

      Day rest = new Day();
      for (int i = 200; i < 212; i++) {
        rest.sample(8, i, i);
      }
      gateway.accept(unmoved(Lane.HISTORY, rest.readings.toArray(Object[][]::new)));
      claim(central, gateway, 8, 2L * SAMPLES);

      HouseCompleteness healed = of(central, MIDNIGHT.plus(Duration.ofDays(1)));
      assertThat(healed.waiting()).isZero();
      assertThat(healed.expected()).isEqualTo(healed.present());
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_whatAGatewayLeftBehindToSendNewerRowsFirst_saysThatItIsStillSent(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 200, 212).push(gateway);
      Backlog.Span behind =
          new Backlog.Span(
              MIDNIGHT.minus(Duration.ofDays(9)), MIDNIGHT.plus(Duration.ofMinutes(212 * 5)));

      backlog(gateway, Optional.empty(), Backlog.NONE.with(behind));
      HouseCompleteness sending = of(central, MIDNIGHT.plus(Duration.ofDays(1)));
      backlog(gateway, Optional.of(Backlog.NONE.with(behind).position()), Backlog.NONE);
      HouseCompleteness sent = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(sending.isStillSent()).isTrue();
      assertThat(sending.gateways().get(0).backlog().spans()).containsExactly(behind);
      assertThat(sending.gaps()).extracting(Gap::cause).containsExactly(Cause.WAITING);
      assertThat(sent.isStillSent()).isFalse();
      assertThat(sent.gaps()).extracting(Gap::cause).doesNotContain(Cause.WAITING);
    }
  }

  private static void backlog(Feed gateway, Optional<Position> after, Backlog left)
      throws Exception {
    Batch note =
        new Batch(
            READING,
            Lane.HISTORY,
            after,
            Optional.of(left.position()),
            Rows.none(READING),
            List.of());
    assertThat(gateway.accept(note).position())
        .isEqualTo(left.isEmpty() ? Optional.empty() : Optional.of(left.position()));
  }

  @ParameterizedTest
  @EnumSource
  void of_readingsThatWereDeleted_saysByWhom(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 300, 300).push(gateway);
      gateway.accept(
          new Batch(
              READING,
              Lane.HISTORY,
              Optional.empty(),
              Optional.empty(),
              Rows.none(READING),
              List.of(),
              Optional.of(
                  new Contents(
                      RowHash.allColumns(READING),
                      Optional.empty(),
                      5,
                      OptionalLong.of(1_000),
                      List.of(Part.whole(new Window(7L, Window.hourOf(MIDNIGHT) + 9, 1)))))));

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps()).hasSize(1);
      assertThat(house.gaps().get(0).cause()).isEqualTo(Cause.DELETED);
      assertThat(house.gaps().get(0).evidence()).isEqualTo("24 deleted by gateway gw");
      assertThat(house.corrections()).isEqualTo(24);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aTimeWhenTheClockWasWrong_saysSo(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 216, 228).push(gateway); // 18:00 to 19:00
      to(central, MIDNIGHT.plus(Duration.ofMinutes(18 * 60 + 30)));
      List<Object[]> wrong = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        wrong.add(row(Instant.EPOCH.plusSeconds(300L * i), 8, 0, 2L, 20.0));
        wrong.add(row(Instant.EPOCH.plusSeconds(300L * i), 8, 2, 2L, 50.0));
      }
      gateway.accept(unmoved(Lane.LIVE, wrong.toArray(Object[][]::new)));

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps()).extracting(Gap::cause).containsExactly(Cause.CLOCK_UNTRUSTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_readingsThatAreSetAside_countsThemByRule(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 300, 300).push(gateway);
      gateway.accept(unmoved(Lane.HISTORY, row(MIDNIGHT.plusSeconds(7), 8, 99, 2L, 1.0)));

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.days().get(1).setAside()).isEqualTo(Map.of(Rule.PARENT_MISSING, 1L));
      assertThat(house.expected()).isEqualTo(house.present() + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aGapWhileReadingsOfAnotherSensorAreSetAside_countsBothAndConfusesNone(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 200, 224).push(gateway);
      List<Object[]> unknown = new ArrayList<>();
      for (int i = 176; i < 224; i++) { // half of them while node 8's other sensors were silent
        unknown.add(row(MIDNIGHT.plus(PERIOD.multipliedBy(i)), 8, 99, 2L, 1.0));
      }
      gateway.accept(unmoved(Lane.HISTORY, unknown.toArray(Object[][]::new)));

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.days().get(1).setAside()).isEqualTo(Map.of(Rule.PARENT_MISSING, 48L));
      assertThat(house.present()).isEqualTo(4L * SAMPLES - 48);
      assertThat(house.expected()).isEqualTo(4L * SAMPLES + 48);
      assertThat(house.gaps()).hasSize(1);
      assertThat(house.lost()).doesNotContainKey(Cause.SET_ASIDE).containsValue(48L).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aHouseWhoseNodesAreAllInDoubt_countsWhatIsSetAsideOfThem(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      house(central);
      Feed other = central.gateway("other");
      other.house(0, "D", "2 High Street", 7, 8); // they are the first's
      Object[][] readings = new Object[24][];
      for (int hour = 0; hour < 24; hour++) {
        readings[hour] = row(MIDNIGHT.plus(Duration.ofHours(hour)), 7, 0, 1L, 20.0);
      }
      other.live(READING, readings);

      Completeness completeness =
          new Completeness(
              central.database, Clock.fixed(MIDNIGHT.plus(Duration.ofDays(1)), ZoneOffset.UTC));
      Span span = Span.between(Optional.of(MIDNIGHT), Optional.empty());
      long second = completeness.houses(Optional.of("2 high street")).get(0).id();
      HouseCompleteness doubtful = completeness.of(second, span).orElseThrow();
      long first = completeness.houses(Optional.of("1 high street")).get(0).id();
      HouseCompleteness untouched = completeness.of(first, span).orElseThrow();

      assertThat(doubtful.present()).isZero();
      assertThat(doubtful.setAside()).isEqualTo(24);
      assertThat(doubtful.expected()).isEqualTo(24);
      assertThat(doubtful.isComplete()).isFalse();
      assertThat(untouched.setAside()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_readingsThatTheGatewayCannotRead_saysThatTheyAreSetAside(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      whole(8, 200, 206).push(gateway);
      List<Unreadable> broken = new ArrayList<>();
      for (int i = 200; i < 206; i++) {
        for (int type : new int[] {0, 2}) {
          Instant time = MIDNIGHT.plus(PERIOD.multipliedBy(i));
          broken.add(
              new Unreadable(
                  "[%s, 8, %d]".formatted(time, type),
                  "{\"time\":\"%s\",\"nodeId\":8,\"type\":%d,\"value\":\"?\"}"
                      .formatted(time, type),
                  "value is no number"));
        }
      }
      gateway.unreadable(READING, broken.toArray(Unreadable[]::new));

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.days().get(1).setAside()).isEqualTo(Map.of(Rule.UNREADABLE, 12L));
      assertThat(house.expected()).isEqualTo(4L * SAMPLES);
      assertThat(house.gaps())
          .extracting(Gap::node, Gap::cause, Gap::evidence)
          .containsExactly(tuple(8L, Cause.SET_ASIDE, "12 kept apart: unreadable"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_readingsThatWereStoredWithoutALocation_saysThatTheyAreHere(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = whole(8, 300, 300);
      Instant from = MIDNIGHT.plus(Duration.ofHours(6));
      for (Object[] each : day.readings) {
        Instant time = (Instant) each[0];
        boolean strays = !time.isBefore(from) && time.isBefore(from.plus(Duration.ofHours(3)));
        if (each[1].equals(7) && strays) {
          each[3] = null;
        }
      }
      day.push(gateway);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps())
          .extracting(Gap::node, Gap::cause, Gap::evidence)
          .containsExactly(tuple(7L, Cause.UNLOCATED, "72 are here, stored without a location"));
      assertThat(house.lost()).isEqualTo(Map.of(Cause.UNLOCATED, 72L));
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aHouseThatIsNoLongerHeard_saysSinceWhen(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = new Day();
      for (int i = 0; i < 144; i++) {
        day.sample(7, i, i);
        day.sample(8, i, i);
      }
      day.push(gateway);
      to(central, MIDNIGHT.plus(Duration.ofHours(12)));
      gateway.greet();

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(3)));

      assertThat(house.gaps())
          .extracting(Gap::node, Gap::cause)
          .containsExactly(tuple(7L, Cause.NOT_HEARD), tuple(8L, Cause.NOT_HEARD));
      assertThat(house.days()).hasSize(6);
      assertThat(house.expected()).isBetween(12L * SAMPLES - 8, 12L * SAMPLES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aNodeWithOneDeadSensor_saysThatTheOthersWereHeard(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = whole(8, 300, 300);
      day.readings.removeIf(
          each ->
              each[1].equals(7)
                  && each[2].equals(2)
                  && !((Instant) each[0]).isBefore(MIDNIGHT.plus(Duration.ofHours(6)))
                  && ((Instant) each[0]).isBefore(MIDNIGHT.plus(Duration.ofHours(9))));
      day.push(gateway);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps()).hasSize(1);
      assertThat(house.gaps().get(0).cause()).isEqualTo(Cause.SENSOR_SILENT);
      assertThat(house.gaps().get(0).evidence()).contains("silent: types [2]");
      assertThat(house.gaps().get(0).rows()).isEqualTo(36);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_aNodeThatIsHeardWithoutReadings_saysSo(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = house(central);
      Day day = whole(8, 300, 300);
      day.readings.removeIf(
          each ->
              each[1].equals(7)
                  && !((Instant) each[0]).isBefore(MIDNIGHT.plus(Duration.ofHours(6)))
                  && ((Instant) each[0]).isBefore(MIDNIGHT.plus(Duration.ofHours(9))));
      day.push(gateway);

      HouseCompleteness house = of(central, MIDNIGHT.plus(Duration.ofDays(1)));

      assertThat(house.gaps()).extracting(Gap::cause).containsExactly(Cause.SENSOR_SILENT);
      assertThat(house.gaps().get(0).evidence())
          .isEqualTo("36 messages of the node were heard, without readings");
    }
  }

  /** A whole day of both nodes, but for some samples of one. */
  private static Day whole(int node, int from, int before) {
    Day day = new Day();
    for (int i = 0; i < SAMPLES; i++) {
      for (int each : new int[] {7, 8}) {
        if (each != node || i < from || i >= before) {
          day.sample(each, i, i);
        }
      }
    }
    return day;
  }

  private static Feed house(Central central) throws Exception {
    Feed gateway = central.gateway("gw");
    gateway.house(0, "D", "1 High Street", 7, 8);
    return gateway;
  }

  /** Readings that move no position. */
  private static Batch unmoved(Lane lane, Object[]... readings) {
    return new Batch(
        READING, lane, Optional.empty(), Optional.empty(), Feed.rows(READING, readings), List.of());
  }

  private static void to(Central central, Instant moment) {
    central.clock.advance(Duration.between(central.clock.instant(), moment));
  }

  private static HouseCompleteness of(Central central, Instant now) throws Exception {
    Completeness completeness =
        new Completeness(central.database, Clock.fixed(now, ZoneOffset.UTC));
    long house = completeness.houses(Optional.of("1 high street")).get(0).id();
    Span span = Span.between(Optional.of(MIDNIGHT), Optional.empty());
    HouseCompleteness found = completeness.of(house, span).orElseThrow();
    assertThat(found.days()).extracting(NodeDay::day).contains(DAY);
    return found;
  }

  /** The gateway says how many rows it has of a node's day. */
  private static void claim(Central central, Feed gateway, long node, long rows) throws Exception {
    Window day = Window.dayOf(MIDNIGHT);
    Map<Window, Digest> digests = new TreeMap<>();
    for (List<Object> each : central.rows(READING)) {
      Rows one = Feed.rows(READING, each.toArray());
      digests.merge(day.of(one.longAt(1, 0)), new Digest(1, local(each)), Digest::plus);
    }
    Digest here = digests.get(day.of(node));
    if (here.rows() < rows) {
      digests.put(day.of(node), new Digest(rows, here.sum() + 1));
    }
    for (Grain grain : List.of(Grain.WHOLE, Grain.NODE)) {
      Digest all = digests.values().stream().reduce(Digest.NONE, Digest::plus);
      central.ingest.differences(
          gateway.id,
          new Claims(
              READING,
              RowHash.allColumns(READING),
              gateway.position(READING),
              grain,
              true,
              List.of(day),
              grain == Grain.WHOLE
                  ? List.of(new Claims.Claim(day, all))
                  : digests.entrySet().stream()
                      .map(each -> new Claims.Claim(each.getKey(), each.getValue()))
                      .toList()));
    }
  }

  /** A row's hash by the gateway's own ids: its first location is 1, its second 2. */
  private static long local(List<Object> row) {
    List<Object> theirs = new ArrayList<>(row);
    theirs.set(3, row.get(1).equals(7L) ? 1L : 2L);
    return new RowHash(READING, RowHash.allColumns(READING))
        .of(Feed.rows(READING, theirs.toArray()), 0);
  }

  private static Digest digest(Central central) throws Exception {
    RowHash hash = new RowHash(READING, RowHash.allColumns(READING));
    Digest sum = Digest.NONE;
    for (List<Object> each : central.rows(READING)) {
      sum = sum.plus(new Digest(1, hash.of(Feed.rows(READING, each.toArray()), 0)));
    }
    return sum;
  }
}
