package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.rest.Outcome;
import org.tributary.store.rest.RestStore;
import org.tributary.store.rest.TableQuery;
import org.tributary.wire.Column;
import org.tributary.wire.Correction;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestJson;
import org.tributary.wire.rest.RestTables;

/** What central noted of a day is not believed any more once others than its gateway touch it. */
class OtherWritersTest {

  @ParameterizedTest
  @EnumSource
  void store_ofABulkUploadThatEditsAReading_isSeenByTheNextComparison(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = compared(central);
      String upload =
          """
          [{"__table__": "Reading", "time": "2016-05-01T10:00:00", "nodeId": 7, "type": 0,
            "value": 33.5}]
          """;

      try (RestJson.Reader objects =
          new RestJson.Reader(
              new ByteArrayInputStream(upload.getBytes(StandardCharsets.UTF_8)), 1)) {
        RestIngest rest = new RestIngest(central.database, central.clock);
        assertThat(rest.store(objects::next).changed()).isEqualTo(1);
      }

      assertThat(differs(central, gateway)).isTrue();
      assertThat(central.ingest.corrections(Gateways.REST, 10).orElseThrow())
          .extracting(Correction::kind)
          .containsExactly(Correction.Kind.EDITED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replace_ofAReading_isSeenByTheNextComparison(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = compared(central);
      Map<Column, Object> row = new LinkedHashMap<>();
      row.put(Tables.READING.require("value"), 33.5);

      Outcome outcome =
          new RestStore(central.database, central.clock)
              .replace(
                  TableQuery.all(RestTables.READING)
                      .and(
                          Tables.READING.require("time"),
                          TableQuery.Operator.EQUAL,
                          HistoryLaneTest.T)
                      .and(Tables.READING.require("nodeId"), TableQuery.Operator.EQUAL, 7L)
                      .and(Tables.READING.require("type"), TableQuery.Operator.EQUAL, 0L),
                  row);

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(central.row(Tables.READING, "value", 33.5)).containsEntry("nodeId", 7L);
      assertThat(differs(central, gateway)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void file_underAnotherLocation_isSeenByTheNextComparison(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = compared(central);
      Long house = (Long) central.row(Tables.HOUSE, "address", "1 High Street").get("id");
      Long kitchen = (Long) central.row(Tables.NODE, "id", 8L).get("locationId");

      Optional<Integer> filed = new NodeMoves(central.database).file(7, house, kitchen);

      assertThat(filed).contains(2);
      assertThat(differs(central, gateway)).isTrue();
    }
  }

  /** A gateway whose day has been compared, and so noted. */
  private static Feed compared(Central central) throws Exception {
    Feed gateway = HistoryLaneTest.pushed(central);
    assertThat(differs(central, gateway)).isFalse();
    return gateway;
  }

  private static boolean differs(Central central, Feed gateway) throws Exception {
    return !HistoryLaneTest.differences(central, gateway, false, HistoryLaneTest.ROWS).isEmpty();
  }
}
