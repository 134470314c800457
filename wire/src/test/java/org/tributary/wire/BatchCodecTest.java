package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCodecTest {

  static final List<Table> TABLES = Tables.ALL;

  @ParameterizedTest
  @FieldSource("TABLES")
  void decode_givesBackEveryBitOfWhateverATableMayHold(Table table) {
    Seeds.forEach(
        300,
        seed -> {
          Batch batch = RandomBatches.batch(table, seed);

          Batch decoded = Bodies.decode(BatchCodec.encode(batch));

          Bodies.assertBitEqual(decoded, batch);
        });
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void encode_ofTheSameRows_givesTheSameBytes(Table table) {
    Seeds.forEach(
        20,
        seed -> {
          byte[] first = BatchCodec.encode(RandomBatches.batch(table, seed));

          byte[] second = BatchCodec.encode(RandomBatches.batch(table, seed));

          assertThat(second).isEqualTo(first);
        });
  }

  static Stream<Position> positions() {
    return Stream.of(
        Position.of(0L),
        Position.of(Long.MIN_VALUE, Long.MAX_VALUE),
        Position.of(Instant.EPOCH),
        Position.of(Instant.parse("1969-12-31T23:59:59.999999Z")),
        Position.of(Instant.parse("2015-08-03T08:40:39.890Z"), 69L, 0L),
        Position.of(Instant.parse("0001-01-01T00:00:00Z"), 69L, 0L),
        Position.of(Instant.parse("9999-12-31T23:59:59.999999Z"), 69L, 0L),
        Position.fingerprint("sha256:\u00E9\uD83C\uDFE0"),
        Position.fingerprint(""),
        Position.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void decode_givesBackBothPositions(Position position) throws Exception {
    Rows none = Rows.none(Tables.READING);
    Batch from = batch(Optional.of(position), Optional.empty(), none);
    Batch upTo = batch(Optional.empty(), Optional.of(position), none);

    assertThat(Bodies.decode(BatchCodec.encode(from)).after()).contains(position);
    assertThat(Bodies.decode(BatchCodec.encode(from)).upTo()).isEmpty();
    assertThat(Bodies.decode(BatchCodec.encode(upTo)).upTo()).contains(position);
    assertThat(Bodies.decode(BatchCodec.encode(upTo)).after()).isEmpty();
  }

  @Test
  void decode_ofTheHistoryLaneInEitherFormat_givesBackOfWhatTheseAreAllRows() throws Exception {
    Rows rows = readings().row(Instant.EPOCH, 69L, 0L, 7L, 20.5).build();
    Contents contents =
        new Contents(
            RowHash.allColumns(Tables.READING),
            Optional.ofNullable(rows.keyAt(0)),
            -5,
            OptionalLong.of(3),
            List.of(Part.whole(Window.dayOf(Instant.EPOCH))));
    for (Optional<Contents> all : List.of(Optional.of(contents), Optional.<Contents>empty())) {
      Batch batch =
          new Batch(
              Tables.READING,
              Lane.HISTORY,
              Optional.empty(),
              Optional.empty(),
              rows,
              List.of(),
              all);

      List<byte[]> bodies = Bodies.all(batch);

      assertThat(bodies).hasSize(2);
      for (byte[] body : bodies) {
        Bodies.assertBitEqual(Bodies.decode(body), batch);
        assertThat(Bodies.decode(body).contents()).isEqualTo(all);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "1677-09-21T00:12:43Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "2262-04-11T23:47:17Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void decode_givesBackEveryTimeThatADatabaseCanHold(Instant time) throws Exception {
    Rows rows = readings().row(time, 69L, 0L, 7L, 20.5).build();

    Batch decoded =
        Bodies.decode(BatchCodec.encode(batch(Optional.empty(), Optional.empty(), rows)));

    assertThat(decoded.rows().value("time", 0)).isEqualTo(time);
  }

  @Test
  void decode_keepsAnAbsentColumnApartFromANullOne() throws Exception {
    List<Column> withoutLocation =
        Tables.READING.columns().stream()
            .filter(column -> !column.name().equals("locationId"))
            .toList();
    Rows rows =
        new Rows.Builder(Tables.READING, withoutLocation, 1)
            .row(Instant.EPOCH, 69L, 0L, null)
            .build();

    Rows decoded =
        Bodies.decode(BatchCodec.encode(batch(Optional.empty(), Optional.empty(), rows))).rows();

    assertThat(decoded.row(0)).containsOnlyKeys("time", "nodeId", "type", "value");
    assertThat(decoded.row(0)).containsEntry("value", null);
  }

  @Test
  void encode_ofSimulatedReadings_takesLessThanTwoBytesAReading() throws Exception {
    Batch batch = Readings.simulated(10_000);

    byte[] body = BatchCodec.encode(batch);

    Bodies.assertBitEqual(Bodies.decode(body), batch);
    assertThat(bytesAReading(body, batch)).isLessThan(2.0);
  }

  /** In live order, all of it, and central's answers as well. */
  @Test
  void encode_ofRealReadings_takesLessThanThreeQuartersOfAByteAReading() throws Exception {
    long bytes = 0;
    long readings = 0;
    for (Batch batch : Readings.real(10_000)) {
      byte[] body = BatchCodec.encode(batch);
      Bodies.assertBitEqual(Bodies.decode(body), batch);
      bytes += body.length + answer(batch).length;
      readings += batch.size();
    }

    assertThat(readings).isGreaterThan(677_000);
    assertThat((double) bytes / readings).isLessThan(0.65);
  }

  @Test
  void encode_ofRealNodeStates_takesLessThanOneAndAThirdBytesAState() throws Exception {
    long bytes = 0;
    long states = 0;
    for (Batch batch : Readings.realStates(10_000)) {
      byte[] body = BatchCodec.encode(batch);
      Bodies.assertBitEqual(Bodies.decode(body), batch);
      bytes += body.length + answer(batch).length;
      states += batch.size();
    }

    assertThat((double) bytes / states).isLessThan(1.33);
  }

  @Test
  void encode_ofASampleOfEachNode_isNoLargerThanAsColumns() throws Exception {
    for (Batch batch : Readings.real(4 * Readings.TYPES).subList(0, 100)) {
      assertThat(BatchCodec.encode(batch, 2).length)
          .isLessThanOrEqualTo(BatchCodec.encode(batch, 1).length);
    }
  }

  @Test
  void encode_forAReaderOfTheFirstProtocol_takesLessThanOneAndAHalfBytesAReading()
      throws Exception {
    Batch batch = Readings.real(10_000).get(0);

    byte[] body = BatchCodec.encode(batch, 1);

    assertThat(Bodies.format(body)).isEqualTo(1);
    Bodies.assertBitEqual(Bodies.decode(body), batch);
    assertThat(bytesAReading(body, batch)).isLessThan(1.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, Integer.MAX_VALUE})
  void encode_forAReaderThatKnowsFrames_writesFrames(int protocol) {
    byte[] body = BatchCodec.encode(Readings.simulated(600), protocol);

    assertThat(Bodies.format(body)).isEqualTo(2);
  }

  static final List<Table> SERIES = Tables.ALL.stream().filter(Table::isSeries).toList();

  @ParameterizedTest
  @FieldSource("SERIES")
  void decode_givesBackEveryBitOfFrames(Table table) {
    int[] frames = {0};
    Seeds.forEach(
        2_000,
        seed -> {
          Batch batch = RandomFrames.batch(table, seed);

          for (byte[] body : Bodies.all(batch)) {
            frames[0] += Bodies.format(body) == 2 ? 1 : 0;
            Bodies.assertBitEqual(Bodies.decode(body), batch);
          }
        });
    assertThat(frames[0]).isGreaterThan(1_900); // all but those without rows
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "nodeId", "type"})
  void encode_whenAFrameCanNotBeTold_takesColumns(String lacking) throws Exception {
    Object[] cells = {Instant.EPOCH, 69L, 0L, 7L, 20.5};
    List<Column> others =
        Tables.READING.columns().stream().filter(column -> !column.name().equals(lacking)).toList();
    Rows absent = new Rows.Builder(Tables.READING, others, 1).build();
    cells[Tables.READING.columns().indexOf(Tables.READING.require(lacking))] = null;
    Rows isNull = readings().row(cells).build();

    for (Rows rows : List.of(absent, isNull)) {
      Batch batch = batch(Optional.empty(), Optional.empty(), rows);
      byte[] body = BatchCodec.encode(batch);

      assertThat(Bodies.format(body)).isEqualTo(1);
      Bodies.assertBitEqual(Bodies.decode(body), batch);
    }
  }

  @Test
  void encode_ofTheExampleInTheDocumentation_givesTheBytesThere() throws Exception {
    Instant time = Instant.parse("2015-08-03T08:40:00Z");
    Rows rows =
        readings()
            .row(time, 69L, 0L, 7L, 36.80)
            .row(time, 69L, 2L, 7L, 48.5)
            .row(time.plusSeconds(300), 69L, 0L, 7L, 36.64)
            .row(time.plusSeconds(300), 69L, 2L, 7L, 49.1)
            .row(time.plusSeconds(600), 69L, 0L, 7L, 36.49)
            .row(time.plusSeconds(600), 69L, 2L, 7L, 49.8)
            .build();

    byte[] payload =
        Bodies.open(BatchCodec.encodeAs(2, batch(Optional.empty(), Optional.empty(), rows)));

    assertThat(HexFormat.ofDelimiter(" ").formatHex(payload))
        .endsWith(
            " 06 " // rows
                + "01 8a 01 02 00 04 "
                + "03 00 00 00 "
                + "80 8e ce 1c 90 e9 ee 16 0a 00 00 "
                + "00 03 03 0e 0e "
                + "00 02 02 01 02 00 c0 39 1f 02 00 ca 07 0c 02 "
                + "00"); // unreadable rows
  }

  @Test
  void encode_whenASpikeOf1e38ComesAlong_costsOnlyThatReading() throws Exception {
    Batch calm = Readings.simulated(10_000);
    Rows.Builder spiked = readings();
    for (int row = 0; row < calm.size(); row++) {
      for (int column = 0; column < 4; column++) {
        spiked.addLong(column, calm.rows().longAt(column, row));
      }
      spiked.addReal(4, row % 1000 == 0 ? 1e38 : calm.rows().realAt(4, row));
      spiked.endRow();
    }

    byte[] body = BatchCodec.encode(batch(calm.after(), calm.upTo(), spiked.build()));

    assertThat(body.length - BatchCodec.encode(calm).length).isLessThan(10 * 20);
  }

  private static byte[] answer(Batch batch) {
    return SyncJson.write(new Ack(batch.size(), 0, 0, List.of(), batch.upTo()));
  }

  private static double bytesAReading(byte[] body, Batch batch) {
    return (double) body.length / batch.size();
  }

  private static Rows.Builder readings() {
    return new Rows.Builder(Tables.READING, Tables.READING.columns(), 16);
  }

  private static Batch batch(Optional<Position> after, Optional<Position> upTo, Rows rows) {
    return new Batch(Tables.READING, Lane.LIVE, after, upTo, rows, List.of());
  }
}
