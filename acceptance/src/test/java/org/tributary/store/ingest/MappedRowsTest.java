package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.store.ingest.Feed.row;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.rest.Outcome;
import org.tributary.store.rest.RestStore;
import org.tributary.store.rest.TableQuery;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTables;

/** Rows that a gateway has mapped, and that somebody deletes or changes by the REST interface. */
class MappedRowsTest {

  static final Instant NOON = Instant.parse("2016-05-01T12:00:00Z");

  @ParameterizedTest
  @EnumSource
  void delete_ofAMappedHouse_makesTheGatewaySendItAnewAndFileItsReadingsThere(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("a");
      Feed other = central.gateway("b");
      gateway.house(50, "Deployment", "1 Mill Lane", 11, 12);
      other.house(70, "Deployment", "2 Mill Lane", 21);
      gateway.live(Tables.READING, row(NOON, 11, 0, 51, 20.0));
      Object house = central.row(Tables.HOUSE, "address", "1 Mill Lane").get("id");

      Outcome outcome = rest(central).delete(RestTables.HOUSE, (Long) house);

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(central.column(Tables.HOUSE, "address")).containsExactly("2 Mill Lane");
      for (Table table : List.of(Tables.HOUSE, Tables.LOCATION, Tables.NODE)) {
        assertThat(gateway.position(table)).as("%s", table).isEmpty();
        assertThat(other.position(table)).as("%s", table).isPresent();
      }
      assertThat(gateway.position(Tables.DEPLOYMENT)).isPresent();
      assertThat(gateway.position(Tables.READING)).isPresent();

      gateway.live(Tables.READING, row(NOON.plusSeconds(1), 11, 0, 51, 21.0)); // has to wait
      gateway.house(50, "Deployment", "1 Mill Lane", 11, 12);

      assertThat(central.setAside(gateway)).isEmpty();
      assertThat(central.addressOf(central.row(Tables.NODE, "id", 11L).get("locationId")))
          .isEqualTo("1 Mill Lane");
      assertThat(central.row(Tables.READING, "value", 20.0)).containsEntry("locationId", null);
      assertThat(central.addressOf(central.row(Tables.READING, "value", 21.0).get("locationId")))
          .isEqualTo("1 Mill Lane");
    }
  }

  @ParameterizedTest
  @EnumSource
  void delete_ofAMappedLocation_letsItBeMatchedAnew(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("a");
      gateway.house(50, "Deployment", "1 Mill Lane", 11);
      Object kitchen = central.rows(Tables.LOCATION).get(1).get(0);

      rest(central).delete(RestTables.LOCATION, (Long) kitchen);

      assertThat(central.rows(Tables.LOCATION)).hasSize(1);
      assertThat(gateway.position(Tables.LOCATION)).isEmpty();
      gateway.whole(Tables.LOCATION, row(51, 51, 51), row(52, 51, 52));
      assertThat(central.rows(Tables.LOCATION)).hasSize(2);
      assertThat(central.setAside(gateway)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replace_thatGivesATypeAnotherMeaning_makesTheGatewayStopUnderIt(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("a");
      gateway.house(50, "Deployment", "1 Mill Lane", 11);
      Object[] type = row(901, "CO", "CO", "ppm", 0.0, 1.0, 0.0, 0.0);
      gateway.whole(Tables.SENSOR_TYPE, type);
      Position sent = gateway.position(Tables.SENSOR_TYPE).orElseThrow();

      replaceType(central, 901, "CO", 1.5);
      assertThat(gateway.position(Tables.SENSOR_TYPE)).isEqualTo(Optional.of(sent));

      replaceType(central, 901, "Methane", 1.5);
      assertThat(gateway.position(Tables.SENSOR_TYPE)).isEmpty();
      gateway.whole(Tables.SENSOR_TYPE, type);
      gateway.live(Tables.READING, row(NOON, 11, 901, 51, 20.0));
      assertThat(central.setAside(gateway))
          .extracting(SetAside::rule)
          .containsExactlyInAnyOrder(Rule.MEANING_DIFFERS, Rule.PARENT_MISSING);
      assertThat(central.rows(Tables.READING)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replace_ofAMappedHouse_isKeptWhenTheGatewayHasNotChangedIt(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("a");
      gateway.house(50, "Deployment", "1 Mill Lane", 11);
      Map<String, Object> house = central.row(Tables.HOUSE, "address", "1 Mill Lane");
      Map<Column, Object> row = new LinkedHashMap<>();
      RestTables.HOUSE
          .columns()
          .forEach(column -> row.put(column, house.getOrDefault(column.name(), null)));
      row.put(Tables.HOUSE.require("address"), "1a Mill Lane");

      rest(central).replace(byId(RestTables.HOUSE.key().get(0), (Long) house.get("id")), row);

      gateway.house(50, "Deployment", "1 Mill Lane", 11);
      gateway.live(Tables.READING, row(NOON, 11, 0, 51, 20.0));
      assertThat(central.column(Tables.HOUSE, "address")).containsExactly("1a Mill Lane");
      assertThat(central.addressOf(central.row(Tables.READING, "value", 20.0).get("locationId")))
          .isEqualTo("1a Mill Lane");
    }
  }

  private static TableQuery byId(Column id, long value) {
    return TableQuery.all(RestTables.HOUSE).and(id, TableQuery.Operator.EQUAL, value);
  }

  private static void replaceType(Central central, long id, String name, double c0)
      throws Exception {
    Map<Column, Object> row = new LinkedHashMap<>();
    row.put(Tables.SENSOR_TYPE.require("name"), name);
    row.put(Tables.SENSOR_TYPE.require("code"), "CO");
    row.put(Tables.SENSOR_TYPE.require("units"), "ppm");
    row.put(Tables.SENSOR_TYPE.require("c0"), c0);
    rest(central)
        .replace(
            TableQuery.all(RestTables.SENSOR_TYPE)
                .and(Tables.SENSOR_TYPE.require("id"), TableQuery.Operator.EQUAL, id),
            row);
  }

  private static RestStore rest(Central central) {
    return new RestStore(central.database, central.clock);
  }
}
