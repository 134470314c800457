package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.original.OriginalServer;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Rule;

/**
 * Real readings of two real houses, pushed to a server that speaks only the REST interface of old,
 * and compared row by row within what it can hold: whole seconds, and six digits. What it can't
 * hold is set aside, and no row is neither there nor there.
 */
class RestRealReadingsTest {

  private static final int SAMPLES = 2_000;
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  @TempDir Path folder;

  @Test
  void push_bringsEveryRowThatTheServerCanHold() throws Exception {
    try (OriginalServer server = new OriginalServer("/rest/");
        RestGateway gateway = new RestGateway(folder, server.url()).batchesOf(1_000)) {
      server.seed(gateway.connection());
      OriginalHouse.Loaded loaded =
          OriginalHouse.load(gateway.connection(), TestEngine.SQLITE, SAMPLES);

      PushResult result = gateway.push();

      assertThat(result.refused()).isEmpty();
      Map<String, String> here = readings(gateway.connection());
      Map<String, String> there = new LinkedHashMap<>();
      Map<Object, Object> places = places(server);
      for (Map<String, ?> row : server.rows("Reading")) {
        there.put(
            row.get("time") + " " + row.get("nodeId") + " " + row.get("type"),
            places.get(row.get("locationId")) + " " + digits(row.get("value")));
      }
      assertThat(there).hasSameSizeAs(here).hasSizeGreaterThan(10_000);
      here.forEach((key, row) -> assertThat(there.get(key)).as(key).isEqualTo(row));
      assertThat(loaded.readings() + loaded.nodeStates())
          .isEqualTo(there.size() + server.rows("NodeState").size() + gateway.status().setAside());
      assertThat(gateway.setAside()).allMatch(row -> row.rule() == Rule.VALUE_NOT_HELD);
      assertThat(server.rows("Sensor")).hasSize(24);
      assertThat(gateway.restart().push().sent()).as("nothing is new").isZero();
    }
  }

  /** The first reading of each key and second, with its place by name. */
  private static Map<String, String> readings(Connection connection) throws SQLException {
    Map<String, String> rows = new LinkedHashMap<>();
    String sql =
        """
        SELECT r.time, r.nodeId, r.type, h.address || ', ' || m.name, r.value
        FROM Reading r
        LEFT JOIN Location l ON l.id = r.locationId
        LEFT JOIN House h ON h.id = l.houseId
        LEFT JOIN Room m ON m.id = l.roomId
        ORDER BY r.time, r.nodeId, r.type
        """;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        LocalDateTime time = LocalDateTime.parse(row.getString(1).replace(' ', 'T'));
        rows.putIfAbsent(
            "%s %d %d"
                .formatted(
                    SHOWN.format(time.truncatedTo(ChronoUnit.SECONDS)),
                    row.getLong(2),
                    row.getLong(3)),
            row.getString(4) + " " + digits(row.getDouble(5)));
      }
    }
    return rows;
  }

  private static Map<Object, Object> places(OriginalServer server) {
    Map<Object, Object> houses = new LinkedHashMap<>();
    server.rows("House").forEach(row -> houses.put(row.get("id"), row.get("address")));
    Map<Object, Object> rooms = new LinkedHashMap<>();
    server.rows("Room").forEach(row -> rooms.put(row.get("id"), row.get("name")));
    Map<Object, Object> places = new LinkedHashMap<>();
    for (Map<String, ?> row : server.rows("Location")) {
      places.put(
          row.get("id"), houses.get(row.get("houseId")) + ", " + rooms.get(row.get("roomId")));
    }
    return places;
  }

  /** As a FLOAT shows a value. */
  private static String digits(Object value) {
    float real = ((Number) value).floatValue();
    return new BigDecimal(Float.toString(real))
        .round(new MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }
}
