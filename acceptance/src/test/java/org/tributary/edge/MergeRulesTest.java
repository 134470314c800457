package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.HOUSE;
import static org.tributary.wire.Tables.NODE_TYPE;
import static org.tributary.wire.Tables.SENSOR;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.rest.RestStore;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.rest.RestTables;

/** Whose word counts, by which rule, and what becomes of it where a row is removed. */
class MergeRulesTest {

  private BothWaysCentral central;
  private BothWaysGateway gateway;

  @BeforeEach
  void furnish() throws IOException {
    central = new BothWaysCentral(fresh());
    gateway = new BothWaysGateway("gw-1", fresh());
    gateway.furnish("Study", "1 Mill Lane", 81);
  }

  @AfterEach
  void close() {
    gateway.close();
    central.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 2026-03-01, GATEWAY",
    "2026-03-01, 2026-03-02, CENTRAL",
    "2026-03-01, 2026-03-01, CENTRAL"
  })
  void newest_ofRowsThatSayOfWhenTheyAre_takesTheLaterOneAndCentralsOfTwoAlike(
      String there, String here, Conflict.Side winner) throws Exception {
    pushed("newest");
    gateway.own.execute(
        "UPDATE @NodeType@ SET @period@ = 1, @time@ = '%s 00:00:00.000000' WHERE @id@ = 0"
            .formatted(there));
    central.execute(
        "UPDATE @NodeType@ SET @period@ = 2, @time@ = '%s 00:00:00.000000' WHERE @id@ = 0"
            .formatted(here));

    gateway.push(0);

    long expected = winner == Conflict.Side.GATEWAY ? 1 : 2;
    assertThat(central.row(NODE_TYPE, "id", 0L).orElseThrow()).containsEntry("period", expected);
    assertThat(gateway.own.row(NODE_TYPE, "id", 0L).orElseThrow())
        .containsEntry("period", expected);
    assertThat(central.conflicts())
        .isNotEmpty()
        .allSatisfy(
            conflict -> {
              assertThat(conflict.winner()).isEqualTo(winner);
              assertThat(conflict.why()).isEqualTo("newest");
            });
  }

  @Test
  void newest_ofRowsWithoutATime_takesCentrals() throws Exception {
    pushed("newest");
    gateway.own.execute("UPDATE @House@ SET @address@ = 'as the gateway says'");
    central.execute("UPDATE @House@ SET @address@ = 'as central says'");

    gateway.push(0);

    assertThat(gateway.own.rows(HOUSE).value("address", 0)).isEqualTo("as central says");
  }

  @ParameterizedTest
  @CsvSource({
    "central, CENTRAL, authority, as central says",
    "local, CENTRAL, authority, as central says",
    "central Deployment:local, GATEWAY, local, as the gateway says"
  })
  void firstMatch_ofACentralTable_isCentralsUnlessThatTableHasARule(
      String rules, Conflict.Side winner, String why, String description) throws Exception {
    central.add(DEPLOYMENT, Map.of("name", "Study", "description", "as central says"));
    gateway.own.execute("UPDATE @Deployment@ SET @description@ = 'as the gateway says'");

    pushed(rules);

    assertThat(central.rows(DEPLOYMENT).value("description", 0)).isEqualTo(description);
    assertThat(gateway.own.rows(DEPLOYMENT).value("description", 0)).isEqualTo(description);
    assertThat(central.conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.kind()).isEqualTo(Conflict.Kind.MATCHED);
              assertThat(conflict.column()).isEqualTo("description");
              assertThat(conflict.winner()).isEqualTo(winner);
              assertThat(conflict.why()).isEqualTo(why);
              assertThat(conflict.versions())
                  .isEqualTo(new Conflict.Versions(null, "as the gateway says", "as central says"));
            });
  }

  @Test
  void firstMatch_ofAGatewaysTable_isTheGateways() throws Exception {
    central.execute("INSERT INTO @Node@ (@id@, @nodeTypeId@) VALUES (81, 0)");
    central.add(SENSOR, Map.of("nodeId", 81L, "sensorTypeId", 0L, "calibrationSlope", 3.0));

    pushed("central");

    assertThat(central.row(SENSOR, "sensorTypeId", 0L).orElseThrow())
        .containsEntry("calibrationSlope", 1.0)
        .containsEntry("calibrationOffset", 0.0);
    assertThat(central.conflicts())
        .extracting(Conflict::column, Conflict::winner, Conflict::why)
        .containsExactly(tuple("calibrationSlope", Conflict.Side.GATEWAY, "authority"));
  }

  /** A gateway that mirrors removals hears of one by the REST interface as of any other. */
  @Test
  void delete_ofARowOfAMirror_removesItThere() throws Exception {
    gateway.remote(central, MergeTerms.of(true, true, "central"), () -> false);
    gateway.push(0);

    deleteSensor();
    gateway.push(0);

    assertThat(gateway.own.rows(SENSOR).size()).isEqualTo(1);
    assertThat(central.rows(SENSOR).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void delete_ofARowOfAnyOtherGateway_letsItSendItAgain(boolean takes, boolean mirrors)
      throws Exception {
    gateway.remote(central, MergeTerms.of(takes, mirrors, "central"), () -> false);
    gateway.push(0);

    deleteSensor();
    gateway.push(0);

    assertThat(gateway.own.rows(SENSOR).size()).isEqualTo(2);
    assertThat(central.rows(SENSOR).size()).isEqualTo(2);
  }

  /** Databases of other programs give a number that has become free to the next row. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "false, false"})
  void delete_ofARowWhoseNumberIsGivenAnew_letsNeitherPassForTheOther(
      boolean takes, boolean mirrors) throws Exception {
    gateway.remote(central, MergeTerms.of(takes, mirrors, "central"), () -> false);
    gateway.push(0);
    long sensor = (Long) central.row(SENSOR, "sensorTypeId", 2L).orElseThrow().get("id");
    new RestStore(central.database, Clock.systemUTC()).delete(RestTables.SENSOR, sensor);
    central.execute(
        "INSERT INTO @Sensor@ (@id@, @nodeId@, @sensorTypeId@) VALUES (%d, 81, 4)"
            .formatted(sensor));

    gateway.push(0);

    assertThat(central.rows(SENSOR).size()).isEqualTo(3);
    assertThat(central.row(SENSOR, "sensorTypeId", 2L)).isPresent();
    assertThat(central.row(SENSOR, "sensorTypeId", 4L).orElseThrow()).containsEntry("id", sensor);
  }

  private void deleteSensor() throws IOException {
    long sensor = (Long) central.rows(SENSOR).value("id", 0);
    new RestStore(central.database, Clock.systemUTC()).delete(RestTables.SENSOR, sensor);
  }

  private void pushed(String rules) throws Exception {
    gateway.remote(central, MergeTerms.of(true, false, rules), () -> false);
    gateway.push(0);
  }

  private static DatabaseUrl fresh() throws IOException {
    try (Database made = OurDatabases.fresh(TestEngine.SQLITE)) {
      return made.url();
    }
  }
}
