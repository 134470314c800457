package org.tributary.cli.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

class BelievableHousesTest {

  static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");

  @TempDir Path folder;

  private DatabaseUrl filled(String file, Plan plan) throws StoreException {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + file, folder);
    try (TargetDatabase database = new TargetDatabase(url)) {
      database.upgrade();
      BelievableHouses.in(database, plan, NOON).fill(rows -> {});
    }
    return url;
  }

  @Test
  void fill_withTheSameSeed_makesTheSameRows() throws Exception {
    DatabaseUrl one = filled("one.db", new Plan(2, 4, 3, 1, 7));
    DatabaseUrl two = filled("two.db", new Plan(2, 4, 3, 1, 7));

    for (Table table : Tables.ALL) {
      assertThat(Contents.of(two, table)).isEqualTo(Contents.of(one, table));
    }
  }

  @Test
  void fill_withAnotherSeed_makesOthers() throws Exception {
    DatabaseUrl one = filled("one.db", new Plan(1, 2, 1, 1, 7));
    DatabaseUrl two = filled("two.db", new Plan(1, 2, 1, 1, 8));

    assertThat(Contents.of(two, Tables.READING)).isNotEqualTo(Contents.of(one, Tables.READING));
  }

  @Test
  void fill_givesEveryHouseItsNodesAndEveryNodeASampleEveryFiveMinutes() throws Exception {
    DatabaseUrl url = filled("gateway.db", new Plan(3, 4, 2, 11, 7));

    assertThat(Contents.of(url, Tables.HOUSE)).hasSize(3);
    assertThat(Contents.of(url, Tables.NODE))
        .extracting(row -> row.get("id"))
        .containsExactly(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L, 21L, 22L);
    Map<Object, Instant> last = new HashMap<>();
    int regular = 0;
    List<Map<String, Object>> states = Contents.of(url, Tables.NODE_STATE);
    for (Map<String, Object> state : states) {
      Instant time = (Instant) state.get("time");
      assertThat(time).isBefore(NOON).isAfterOrEqualTo(NOON.minus(Duration.ofDays(2)));
      Instant before = last.put(state.get("nodeId"), time);
      if (before != null) {
        Duration between = Duration.between(before, time);
        assertThat(between).isGreaterThan(Duration.ofSeconds(299));
        regular += between.compareTo(Duration.ofSeconds(301)) < 0 ? 1 : 0;
      }
    }
    assertThat(last).hasSize(12);
    assertThat(regular).isGreaterThan(states.size() * 9 / 10);
  }

  @Test
  void fill_measuresWhatTheNodesHaveSensorsFor() throws Exception {
    DatabaseUrl url = filled("gateway.db", new Plan(1, 4, 1, 1, 7));

    Set<List<Object>> sensors = new HashSet<>();
    for (Map<String, Object> row : Contents.of(url, Tables.SENSOR)) {
      sensors.add(List.of(row.get("nodeId"), row.get("sensorTypeId")));
    }
    Set<List<Object>> measured = new HashSet<>();
    Set<Object> unplaced = new HashSet<>();
    for (Map<String, Object> row : Contents.of(url, Tables.READING)) {
      measured.add(List.of(row.get("nodeId"), row.get("type")));
      if (row.get("locationId") == null) {
        unplaced.add(row.get("nodeId"));
      }
    }
    assertThat(measured).isEqualTo(sensors);
    assertThat(sensors).extracting(pair -> pair.get(1)).contains(0L, 2L, 6L, 8L, 11L);
    assertThat(unplaced).as("before somebody said where they stand").hasSize(4);
  }

  @Test
  void fill_tellsItsProgressInTheRowsThatWerePlanned() throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///gateway.db", folder);
    try (TargetDatabase database = new TargetDatabase(url)) {
      database.upgrade();
      BelievableHouses houses = BelievableHouses.in(database, new Plan(1, 4, 30, 1, 7), NOON);
      long[] told = {0};

      Written written = houses.fill(rows -> told[0] += rows);

      assertThat(told[0]).isCloseTo(houses.plannedRows(), offset(900L));
      assertThat(written.rows()).isLessThan(houses.plannedRows()).isGreaterThan(100_000);
      assertThat(Contents.of(url, Tables.READING)).hasSize((int) written.readings());
      assertThat(Contents.of(url, Tables.NODE_STATE)).hasSize((int) written.states());
    }
  }

  @Test
  void takenNode_namesTheNodeThatStandsInTheWay() throws Exception {
    DatabaseUrl url = filled("gateway.db", new Plan(1, 2, 1, 10, 7));
    try (TargetDatabase database = new TargetDatabase(url)) {
      assertThat(BelievableHouses.takenNode(database, new Plan(1, 4, 1, 8, 7))).hasValue(10);
      assertThat(BelievableHouses.takenNode(database, new Plan(1, 4, 1, 12, 7))).isEmpty();
    }
  }

  @Test
  void plan_refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new Plan(1, 4, -1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--days takes a number from 1 to 3650, not -1");
    assertThatThrownBy(() -> new Plan(0, 4, 1, 1, 1)).hasMessageContaining("--houses");
    assertThatThrownBy(() -> new Plan(1, 101, 1, 1, 1)).hasMessageContaining("--nodes");
  }
}
