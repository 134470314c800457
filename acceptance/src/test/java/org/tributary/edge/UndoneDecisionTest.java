package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tributary.store.Access;
import org.tributary.store.ingest.MappingDesk;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.store.ingest.Verdict;
import org.tributary.wire.GatewayId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A decision is undone after a gateway has taken central's text because of it: with the next push
 * both ends are as they were, and stay so.
 */
class UndoneDecisionTest {

  private static final MergeTerms BOTH = MergeTerms.of(true, false, "central");
  private static final List<Table> TOLD =
      List.of(
          Tables.DEPLOYMENT,
          Tables.HOUSE,
          Tables.LOCATION,
          Tables.NODE,
          Tables.SENSOR,
          Tables.SENSOR_TYPE);

  BothWaysCentral central;
  BothWaysGateway gateway;
  int lostAt;
  int asked;

  @BeforeEach
  void setUp() throws Exception {
    lostAt = Integer.MAX_VALUE;
    central = new BothWaysCentral(SimulatedFiles.ours());
    gateway = new BothWaysGateway("gw", SimulatedFiles.ours());
    gateway.remote(central, BOTH, () -> ++asked == lostAt);
    gateway.furnish("Study", "9 Mill Lane", 80);
  }

  @AfterEach
  void tearDown() {
    gateway.close();
    central.close();
    SimulatedFiles.delete(gateway.own.database.url());
    SimulatedFiles.delete(central.database.url());
  }

  /** Central has the id of one of its sensor types with another name. */
  private long otherType() throws Exception {
    central.execute(
        "INSERT INTO @SensorType@ (@id@, @name@, @units@) VALUES (902, 'Wind speed', 'm/s')");
    gateway.own.execute(
        "INSERT INTO @SensorType@ (@id@, @name@, @units@) VALUES (902, 'Wind', 'm/s')");
    gateway.own.execute("INSERT INTO @Sensor@ (@sensorTypeId@, @nodeId@) VALUES (902, 80)");
    gateway.push(0);
    return 902;
  }

  /** Central has a house that nobody has, with a place in it and a node there. */
  private long otherHouse() throws Exception {
    gateway.push(0);
    Object project = central.rows(Tables.DEPLOYMENT).value("id", 0);
    long house = central.add(Tables.HOUSE, Map.of("deploymentId", project, "address", "The Mill"));
    long room = ((Number) central.rows(Tables.ROOM).value("id", 1)).longValue();
    long place = central.add(Tables.LOCATION, Map.of("houseId", house, "roomId", room));
    central.execute("INSERT INTO @Node@ (@id@, @locationId@) VALUES (91, %d)".formatted(place));
    central.execute("INSERT INTO @Sensor@ (@sensorTypeId@, @nodeId@) VALUES (2, 91)");
    return house;
  }

  @Test
  void undo_ofASensorTypeWhoseTextWasTaken_bringsItsOwnTextBack() throws Exception {
    long type = otherType();
    Map<String, List<Object>> before = both();
    long decision = same(Tables.SENSOR_TYPE, 902, type);
    assertThat(gateway.push(0).taken().done())
        .containsExactly("SensorType 902 from name \"Wind\" to name \"Wind speed\"");
    assertThat(both()).isNotEqualTo(before);

    MappingDesk.Outcome undone = undo(decision);

    assertThat(undone.putBack())
        .containsExactly("SensorType 902 from name \"Wind speed\" to name \"Wind\"");
    assertThat(gateway.push(0).taken().done()).isEqualTo(undone.putBack());
    assertThat(both()).isEqualTo(before);
    assertThat(gateway.push(0).taken().done()).isEmpty();
    assertThat(both()).isEqualTo(before);
    try (MappingDesk desk = desk()) {
      assertThat(desk.questions(new GatewayId("gw"))).hasSize(1);
    }
  }

  @Test
  void undo_ofAHouseOfWhichRowsWereTaken_removesThemFromTheGateway() throws Exception {
    long house = otherHouse();
    Map<String, List<Object>> before = both();
    long decision = same(Tables.HOUSE, 1, house);
    assertThat(gateway.push(0).taken().done()).hasSize(4);

    undo(decision);

    assertThat(gateway.push(0).taken().done()).hasSize(4);
    assertThat(both()).isEqualTo(before);
    assertThat(gateway.push(0).taken().done()).isEmpty();
    assertThat(both()).isEqualTo(before);
  }

  @Test
  void undo_afterAMessageWasLostAnywhere_endsAsBefore() throws Exception {
    int[] points = {5, 9, 12, 14, 17, 21};
    for (int each : points) {
      tearDown();
      setUp();
      long house = otherHouse();
      long type = otherType();
      Map<String, List<Object>> before = both();
      long first = same(Tables.HOUSE, 1, house);
      long second = same(Tables.SENSOR_TYPE, 902, type);
      lose(each);
      try {
        undo(second);
        undo(first);
      } catch (UndecidedException e) {
        assertThat(e).hasMessageContaining("undo it after its next push");
        push();
        undoWhatStands(second, first);
      }
      lose(26 - each);
      push();
      push();
      assertThat(both()).as("lost at %d", each).isEqualTo(before);
    }
  }

  private void undoWhatStands(long... decisions) throws Exception {
    for (long each : decisions) {
      boolean stands;
      try (MappingDesk desk = desk()) {
        stands =
            desk.decisions().stream().anyMatch(it -> it.number() == each && it.undone().isEmpty());
      }
      if (stands) {
        undo(each);
      }
    }
  }

  private void lose(int number) throws RefusedException {
    asked = 0;
    lostAt = number;
    try {
      gateway.push(0);
    } catch (IOException lost) {
      assertThat(lost).hasMessage("lost on the way");
    }
    lostAt = Integer.MAX_VALUE;
  }

  private void push() throws Exception {
    gateway.push(0);
  }

  @Test
  void undo_whenTheGatewayEditsTheTextItself_leavesItsEdit() throws Exception {
    long type = otherType();
    long decision = same(Tables.SENSOR_TYPE, 902, type);
    gateway.push(0);
    undo(decision);
    gateway.own.execute("UPDATE @SensorType@ SET @name@ = 'Breeze' WHERE @id@ = 902");

    assertThat(gateway.push(0).taken().done()).isEmpty();

    assertThat(gateway.own.row(Tables.SENSOR_TYPE, "id", 902L).orElseThrow().get("name"))
        .isEqualTo("Breeze");
    assertThat(central.row(Tables.SENSOR_TYPE, "id", 902L).orElseThrow().get("name"))
        .isEqualTo("Wind speed");
  }

  @Test
  void same_onceMoreBeforeItWasPutBack_leavesCentralsTextEverywhere() throws Exception {
    long type = otherType();
    undoAfterTaking(type);

    same(Tables.SENSOR_TYPE, 902, type);

    assertThat(gateway.push(0).taken().done()).isEmpty();
    assertThat(gateway.push(0).taken().done()).isEmpty();
    assertThat(gateway.own.row(Tables.SENSOR_TYPE, "id", 902L).orElseThrow().get("name"))
        .isEqualTo("Wind speed");
  }

  private void undoAfterTaking(long type) throws Exception {
    long decision = same(Tables.SENSOR_TYPE, 902, type);
    gateway.push(0);
    undo(decision);
  }

  @Test
  void undo_whenTheGatewayTakesNothingAnyMore_isRefusedWithWhatToDo() throws Exception {
    long decision = same(Tables.SENSOR_TYPE, 902, otherType());
    gateway.push(0);
    gateway.remote(central, MergeTerms.ONE_WAY, () -> false);
    gateway.push(1);

    assertThatThrownBy(() -> undo(decision))
        .isInstanceOf(UndecidedException.class)
        .hasMessageContaining("from name \"Wind speed\" to name \"Wind\"")
        .hasMessageContaining("set metadata = both");
    gateway.push(0);
    undo(decision);
  }

  private Map<String, List<Object>> both() throws IOException {
    Map<String, List<Object>> all = new TreeMap<>();
    for (Table table : TOLD) {
      all.put("central " + table, rows(central, table));
      all.put("gateway " + table, rows(gateway.own, table));
    }
    return all;
  }

  private static List<Object> rows(BothWaysCentral database, Table table) throws IOException {
    Rows rows = database.rows(table);
    List<Object> all = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      all.add(rows.row(row));
    }
    return all;
  }

  private MappingDesk desk() throws IOException {
    return MappingDesk.open(central.database.url(), Access.DURABLE, Clock.systemUTC());
  }

  private long same(Table table, long local, long there) throws Exception {
    try (MappingDesk desk = desk()) {
      return desk.decide(
              new GatewayId("gw"), table, local, Verdict.SAME, OptionalLong.of(there), "ann", false)
          .number();
    }
  }

  private MappingDesk.Outcome undo(long number) throws Exception {
    try (MappingDesk desk = desk()) {
      return desk.undo(number, "ann", false);
    }
  }
}
