package org.tributary.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One documented batch of each table, from which the golden files were written once. */
final class GoldenBatches {

  private static final Instant TIME = Instant.parse("2015-08-03T08:40:39.890Z");

  private GoldenBatches() {}

  static Batch of(Table table) {
    return switch (table.name()) {
      case "SensorType" ->
          whole(
              all(table)
                  .row(0L, "Temperature", "Tmp", "\u00B0C", -39.6, 0.01, 0.0, -0.0)
                  .row(2L, "Humidity", "Hum", "%RH", -2.0468, 0.0367, -1.5955e-6, null)
                  .row(8L, "CO\u2082", "CO2", "ppm", null, null, null, null)
                  .build());
      case "NodeType" ->
          whole(
              all(table)
                  .row(0L, "Base", TIME, 1L, 1L, 307_200L, false, "10,11")
                  .row(10L, "ClusterHead CO2", null, null, null, null, true, "")
                  .build());
      case "RoomType" ->
          whole(
              all(table)
                  .row(1L, "Bedroom")
                  .row(2L, "K\u00FCche")
                  .row(3L, "\u063A\u0631\u0641\u0629 \uD83D\uDECB\uFE0F")
                  .build());
      case "Room" ->
          whole(all(table).row(1L, 1L, "Master bedroom").row(2L, null, "Unsorted").build());
      case "Deployment" ->
          whole(
              all(table)
                  .row(1L, "Summerhill", null, Instant.parse("1969-12-31T23:59:59Z"), null)
                  .row(2L, "Winterhill", "Ten houses,\nall \"old\"", TIME, TIME)
                  .build());
      case "House" ->
          whole( // from a database that knows no endDate
              new Rows.Builder(table, table.travelling().subList(0, 4), 1)
                  .row(4L, 1L, "1 Long Lane", TIME)
                  .build());
      case "Location" -> whole(all(table).row(7L, 4L, 1L).row(-8L, 4L, 2L).build());
      case "Node" -> whole(all(table).row(69L, 7L, 10L).row(70L, null, null).build());
      case "Sensor" -> whole(all(table).row(1L, 0L, 69L, 1.0, 1.0 / 3).build());
      case "NodeState" ->
          new Batch(
              table,
              Lane.UNTRUSTED,
              Optional.empty(),
              Optional.of(Position.of(Instant.parse("9999-12-31T23:59:59.999999Z"), 69L, 2L)),
              all(table)
                  .row(TIME, 69L, 0L, Long.MAX_VALUE, 1L, -87L)
                  .row(Instant.parse("9999-12-31T23:59:59.999999Z"), 69L, null, -1L, 2L, -88L)
                  .build(),
              List.of());
      case "Reading" ->
          new Batch(
              table,
              Lane.LIVE,
              Optional.of(Position.of(TIME.minusSeconds(300), 69L, 0L)),
              Optional.of(Position.of(TIME.plusSeconds(300), 70L, 6L)),
              all(table)
                  .row(TIME, 69L, 0L, 7L, 36.48)
                  .row(TIME, 69L, 2L, 7L, 48.52)
                  .row(TIME, 69L, 6L, 7L, 3.0)
                  .row(TIME, 70L, 0L, null, 1e38)
                  .row(TIME, 70L, 2L, null, null)
                  .row(TIME.plusSeconds(300), 69L, 0L, 7L, 36.5)
                  .row(TIME.plusSeconds(300), 69L, 2L, 7L, 48.4)
                  .row(TIME.plusSeconds(300), 69L, 6L, 7L, 2.99)
                  .row(TIME.plusSeconds(300), 70L, 0L, null, -0.01)
                  .build(),
              List.of(
                  new Unreadable(
                      "2015-08-03 08:45:39, 70, 6",
                      "{\"nodeId\":70,\"value\":\"warm\"}",
                      "value is text: warm")));
      default -> throw new IllegalArgumentException("No golden batch yet of " + table);
    };
  }

  private static Rows.Builder all(Table table) {
    return new Rows.Builder(table, table.travelling(), 4);
  }

  private static Batch whole(Rows rows) {
    Position content = Position.fingerprint("fingerprint of " + rows.table());
    return new Batch(
        rows.table(), Lane.LIVE, Optional.empty(), Optional.of(content), rows, List.of());
  }
}
