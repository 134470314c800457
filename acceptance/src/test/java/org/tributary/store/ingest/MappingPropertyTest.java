package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.LOCATION;
import static org.tributary.wire.Tables.NODE;
import static org.tributary.wire.Tables.NODE_TYPE;
import static org.tributary.wire.Tables.READING;
import static org.tributary.wire.Tables.ROOM;
import static org.tributary.wire.Tables.ROOM_TYPE;
import static org.tributary.wire.Tables.SENSOR;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Three gateways, two of them in one house, number their nodes and a sensor type as they like. They
 * push, and a person decides and undoes, in any order; of each reading the test knows where it was
 * taken and what it is.
 */
class MappingPropertyTest {

  private static final int SEEDS = 8;
  private static final int STEPS = 30;

  @Test
  void anyOrderOfPushesDecisionsAndUndos_filesEachReadingWhereItWasTaken() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Central central = new Central(TestEngine.SQLITE)) {
        new Life(central, new Random(seed)).live();
      } catch (AssertionError | Exception e) {
        throw new AssertionError("With seed " + seed, e);
      }
    }
  }

  /** A gateway, and all that it has measured. */
  private static final class Home {
    final Feed feed;
    final int base;
    final String address;
    final String wind;
    final long[] nodes;
    final List<Object[]> readings = new ArrayList<>();

    Home(Feed feed, int base, String address, String wind, long... nodes) {
      this.feed = feed;
      this.base = base;
      this.address = address;
      this.wind = wind;
      this.nodes = nodes;
    }

    void pushWhole() throws Exception {
      feed.whole(
          SENSOR_TYPE,
          row(0, "Temperature", "T", "deg.C", 0.0, 1.0, 0.0, 0.0),
          row(901, wind, "W", "m/s", 0.0, 1.0, 0.0, 0.0));
      feed.whole(NODE_TYPE, row(0, "Base", null, 1, 0, 307_200, false, "31,4"));
      feed.whole(ROOM_TYPE, row(base + 1, "Living Area"));
      feed.whole(ROOM, row(base + 1, base + 1, "Living Room"), row(base + 2, base + 1, "Hall"));
      feed.whole(DEPLOYMENT, row(base + 1, "D", null, null, null));
      feed.whole(HOUSE, row(base + 1, base + 1, address, null, null));
      feed.whole(LOCATION, row(base + 1, base + 1, base + 1), row(base + 2, base + 1, base + 2));
      feed.whole(NODE, row(nodes[0], base + 1, 0), row(nodes[1], base + 2, 0));
      feed.whole(
          SENSOR, row(base + 1, 0, nodes[0], 1.0, 0.0), row(base + 2, 901, nodes[1], 1.0, 0.0));
    }
  }

  private static final class Life {
    private final Central central;
    private final Random random;
    private final MappingDesk desk;
    private final List<Home> homes = new ArrayList<>();
    private final Map<Double, Home> takenAt = new TreeMap<>();
    private int clock;

    Life(Central central, Random random) throws Exception {
      this.central = central;
      this.random = random;
      this.desk = new MappingDesk(central.database, central.clock);
      homes.add(new Home(central.gateway("a"), 0, "1 High Street", "Wind", 7, 8));
      homes.add(new Home(central.gateway("b"), 100, "2 Mill Lane", "Wind speed", 7, 9));
      homes.add(new Home(central.gateway("c"), 200, "1 High Street", "Gusts", 9, 10));
    }

    void live() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        Home home = homes.get(random.nextInt(homes.size()));
        switch (random.nextInt(6)) {
          case 0 -> home.pushWhole();
          case 1, 2 -> measure(home);
          case 3 -> decideSomething(home);
          case 4 -> decideAndUndo(home);
          default -> undoTheLast();
        }
        check();
      }
      settle();
    }

    private void measure(Home home) throws Exception {
      List<Object[]> fresh = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int which = random.nextInt(2);
        double value = ++clock;
        fresh.add(
            row(
                HistoryLaneTest.T.plusSeconds(clock),
                home.nodes[which],
                random.nextBoolean() ? 0 : 901,
                home.base + 1 + which,
                value));
        takenAt.put(value, home);
      }
      home.readings.addAll(fresh);
      home.feed.live(READING, fresh.toArray(Object[][]::new));
    }

    private OptionalLong decideSomething(Home home) throws Exception {
      List<MappingDesk.Question> open = desk.questions(home.feed.id);
      Table table;
      long id;
      if (open.isEmpty()) {
        table = HOUSE;
        id = home.base + 1L;
      } else {
        MappingDesk.Question question = open.get(random.nextInt(open.size()));
        table = Tables.named(question.table()).orElseThrow();
        id = Long.parseLong(question.key());
      }
      try {
        return OptionalLong.of(
            desk.decide(
                    home.feed.id, table, id, Verdict.DIFFERENT, OptionalLong.empty(), "ann", false)
                .number());
      } catch (UndecidedException e) {
        return OptionalLong.empty(); // nothing to tell apart, or not heard of yet
      }
    }

    private void decideAndUndo(Home home) throws Exception {
      Map<String, List<String>> before = Dump.lasting(central.database);
      OptionalLong number = decideSomething(home);
      if (number.isPresent()) {
        desk.undo(number.getAsLong(), "ann", false);
        assertThat(Dump.lasting(central.database)).isEqualTo(before);
      }
    }

    private void undoTheLast() throws Exception {
      for (MappingDecision each : desk.decisions()) {
        if (each.undone().isEmpty()) {
          try {
            desk.undo(each.number(), "ann", false);
          } catch (UndecidedException e) {
            assertThat(e).hasMessageNotContaining("null");
          }
          return;
        }
      }
    }

    /** Once all is decided, all is there, and both ends agree. */
    private void settle() throws Exception {
      for (int round = 0; round < 3; round++) {
        for (Home home : homes) {
          home.pushWhole();
          for (MappingDesk.Question each : desk.questions(home.feed.id)) {
            if (desk.questions(home.feed.id).stream().anyMatch(q -> q.key().equals(each.key()))) {
              desk.decide(
                  home.feed.id,
                  Tables.named(each.table()).orElseThrow(),
                  Long.parseLong(each.key()),
                  Verdict.DIFFERENT,
                  OptionalLong.empty(),
                  "ann",
                  false);
            }
          }
        }
      }
      check();
      assertThat(central.column(READING, "value")).hasSize(takenAt.size());
      for (Home home : homes) {
        Object[][] all = home.readings.toArray(Object[][]::new);
        if (all.length > 0) {
          assertThat(HistoryLaneTest.differences(central, home.feed, false, all)).isEmpty();
          assertThat(HistoryLaneTest.differences(central, home.feed, true, all)).isEmpty();
        }
      }
    }

    /** Nothing is lost, nothing is there twice, and what is filed is filed rightly. */
    private void check() throws Exception {
      List<Object> stored = central.column(READING, "value");
      long waiting = 0;
      for (Home home : homes) {
        waiting +=
            central.setAside(home.feed).stream()
                .filter(each -> each.table().equals("Reading"))
                .count();
      }
      assertThat(stored).doesNotHaveDuplicates();
      assertThat(stored.size() + waiting).isEqualTo(takenAt.size());
      Map<Object, Map<String, Object>> types = byId(SENSOR_TYPE);
      Map<Object, Map<String, Object>> places = byId(LOCATION);
      Map<Object, Map<String, Object>> houses = byId(HOUSE);
      for (List<Object> reading : central.rows(READING)) {
        Home home = takenAt.get(reading.get(4));
        Object house = places.get(reading.get(3)).get("houseId");
        assertThat(houses.get(house).get("address")).isEqualTo(home.address);
        assertThat(types.get(reading.get(2)).get("name")).isIn("Temperature", home.wind);
      }
    }

    private Map<Object, Map<String, Object>> byId(Table table) throws Exception {
      Map<Object, Map<String, Object>> rows = new TreeMap<>();
      for (List<Object> cells : central.rows(table)) {
        Rows row = Feed.rows(table, cells.toArray());
        rows.put(cells.get(0), row.row(0));
      }
      return rows;
    }
  }
}
