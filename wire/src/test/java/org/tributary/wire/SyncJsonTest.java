package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncJsonTest {

  static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123456Z");

  static final Greeting GREETING =
      new Greeting(
          new GatewayId("house-42.attic_1"), "a1b2", "raspi \uD83C\uDFE0", "0.1.0", 1, NOW);

  static final Welcome WELCOME =
      new Welcome(
          "0.1.0",
          1,
          NOW,
          10_000,
          1 << 20,
          NOW.plusSeconds(300),
          Map.of(
              "Reading", Position.of(NOW, 69L, 0L),
              "Room", Position.fingerprint("sha256:00ff"),
              "NodeState", Position.of(Instant.parse("0001-01-01T00:00:00Z"), 1L << 60, -5L)),
          Map.of("Reading", Position.of(Instant.parse("9999-12-31T23:59:59Z"), 69L, 0L)),
          1L << 40);

  static final Ack ACK =
      new Ack(
          7,
          2,
          1,
          List.of(
              new SetAside("Reading", "[2042-01-01T00:00:00Z, 69, 0]", Rule.CLOCK_UNTRUSTED, "a"),
              new SetAside("Node", "70", Rule.DATABASE, "it said \"no\"\n<b>\u00E9</b>")),
          Optional.of(Position.of(NOW, 69L, 0L)));

  static final GatewayStatus STATUS =
      new GatewayStatus(
          new GatewayId("house-42"),
          "raspi",
          "0.1.0",
          NOW.minusSeconds(86_400),
          NOW,
          -3_600_000,
          NOW.plusSeconds(3_600),
          List.of(
              new GatewayStatus.TableStatus(
                  "Reading",
                  Optional.of(Position.of(NOW, 69L, 0L)),
                  Optional.of(Position.of(NOW.plusSeconds(7_200), 69L, 0L)),
                  3,
                  Optional.empty(),
                  5,
                  7),
              new GatewayStatus.TableStatus("Room", Optional.empty(), Optional.empty(), 0)),
          Map.of(Rule.CLOCK_UNTRUSTED, 2L, Rule.PARENT_MISSING, 1L));

  /** A message, how it is written, and how it is read. */
  record Message(String name, Object message, String json, Reader reader) {
    byte[] written() {
      return bytes(json);
    }

    @Override
    public String toString() {
      return name;
    }

    Object read(byte[] body) throws WireFormatException {
      return reader.read(body);
    }
  }

  interface Reader {
    Object read(byte[] body) throws WireFormatException;
  }

  static final List<Message> MESSAGES =
      List.of(
          new Message("greeting", GREETING, text(SyncJson.write(GREETING)), SyncJson::readGreeting),
          new Message("welcome", WELCOME, text(SyncJson.write(WELCOME)), SyncJson::readWelcome),
          new Message("ack", ACK, text(SyncJson.write(ACK)), SyncJson::readAck),
          new Message("status", STATUS, text(SyncJson.write(STATUS)), SyncJson::readGatewayStatus),
          new Message(
              "health", "0.1.0", text(SyncJson.writeHealth("0.1.0")), SyncJson::readHealth));

  @Test
  void readSetAside_givesBackTheRows() throws Exception {
    assertThat(SyncJson.readSetAside(SyncJson.writeSetAside(ACK.setAside())))
        .isEqualTo(ACK.setAside());
  }

  @Test
  void readSetAside_ofSomethingElse_saysThatItIsNotOurs() {
    assertThatThrownBy(() -> SyncJson.readSetAside(bytes("{}")))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("A JSON list is expected");
    assertThatThrownBy(() -> SyncJson.readSetAside(bytes("[{\"table\":\"Reading\"}]")))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("key");
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void read_givesBackTheMessage(Message message) throws Exception {
    assertThat(message.read(message.written())).isEqualTo(message.message());
  }

  @Test
  void read_ofAnAckWithoutPosition_givesBackTheMessage() throws Exception {
    Ack ack = new Ack(0, 0, 0, List.of(), Optional.empty());

    assertThat(SyncJson.readAck(SyncJson.write(ack))).isEqualTo(ack);
  }

  @Test
  void read_passesOverFieldsThatItDoesNotKnow() throws Exception {
    Map<String, Object> newer = JSON.std.mapFrom(SyncJson.write(ACK));
    newer.put("nextPush", Map.of("seconds", 300));

    assertThat(SyncJson.readAck(JSON.std.asBytes(newer))).isEqualTo(ACK);
  }

  static Stream<Arguments> fields() throws Exception {
    Stream.Builder<Arguments> fields = Stream.builder();
    for (Message message : MESSAGES) {
      for (String field : JSON.std.mapFrom(message.written()).keySet()) {
        fields.add(Arguments.of(message, field));
      }
    }
    return fields.build();
  }

  /** All but the position of an ack, which is missing where the lane has not begun. */
  static Stream<Arguments> requiredFields() throws Exception {
    return fields().filter(field -> !field.get()[1].equals("position"));
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("requiredFields")
  void read_whenAFieldIsMissing_namesIt(Message message, String field) throws Exception {
    Map<String, Object> json = JSON.std.mapFrom(message.written());
    json.remove(field);

    assertThatThrownBy(() -> message.read(JSON.std.asBytes(json)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(field.equals("product") ? "not Tributary" : '"' + field + '"');
  }

  @ParameterizedTest(name = "{0}.{1}")
  @MethodSource("fields")
  void read_whenAFieldIsOfAnotherKind_namesIt(Message message, String field) throws Exception {
    Map<String, Object> json = JSON.std.mapFrom(message.written());
    json.put(field, true);

    assertThatThrownBy(() -> message.read(JSON.std.asBytes(json)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(field.equals("product") ? "not Tributary" : '"' + field + '"');
  }

  static Stream<Arguments> faults() {
    Message greeting = MESSAGES.get(0);
    Message welcome = MESSAGES.get(1);
    Message ack = MESSAGES.get(2);
    Message status = MESSAGES.get(3);
    return Stream.of(
        Arguments.of(greeting, "house-42.attic_1", "../etc", "A gateway's name has"),
        Arguments.of(greeting, "\"protocol\":1", "\"protocol\":1.5", "a whole number"),
        Arguments.of(greeting, "\"protocol\":1", "\"protocol\":4294967297", "32 bits"),
        Arguments.of(greeting, "\"protocol\":1", "\"protocol\":1e999999999", "a whole number"),
        Arguments.of(greeting, NOW.toString(), "yesterday", "a time such as"),
        Arguments.of(welcome, "tributary", "Tributary", "not Tributary"),
        Arguments.of(welcome, "\"maxRows\":10000", "\"maxRows\":0", "able to hold a row"),
        Arguments.of(welcome, "[\"sha256:00ff\"]", "\"sha256:00ff\"", "A position is a list"),
        Arguments.of(welcome, "[\"sha256:00ff\"]", "null", "A position is a list"),
        Arguments.of(welcome, "[\"sha256:00ff\"]", "[null]", "A JSON object is expected"),
        Arguments.of(welcome, "[\"sha256:00ff\"]", "[1.5]", "A JSON object is expected"),
        Arguments.of(welcome, "[\"sha256:00ff\"]", "[{\"t\":7}]", "\"t\" should be"),
        Arguments.of(ack, "\"inserted\":7", "\"inserted\":-7", "can't be negative"),
        Arguments.of(ack, "CLOCK_UNTRUSTED", "BORED", "BORED"),
        Arguments.of(ack, "\"setAside\":[", "\"setAside\":[null,", "A JSON object is expected"),
        Arguments.of(status, "\"tables\":[", "\"tables\":[7,", "A JSON object is expected"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("faults")
  void read_whenAValueIsWrong_saysWhy(Message message, String right, String wrong, String reason) {
    String written = message.json();
    assertThat(written).contains(right);

    assertThatThrownBy(() -> message.read(bytes(written.replace(right, wrong))))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> answersOfOthers() {
    return Stream.of(
        Arguments.of("<!DOCTYPE html><title>Sign in to the hotel", "Not JSON: \"<!DOCTYPE html>"),
        Arguments.of("", "Not JSON: an empty body"),
        Arguments.of("   ", "Not JSON"),
        Arguments.of("null", "JSON null"),
        Arguments.of("nul", "Not JSON: \"nul\""),
        Arguments.of("[]", "A JSON object is expected"),
        Arguments.of("\"ok\"", "A JSON object is expected"),
        Arguments.of("42", "A JSON object is expected"),
        Arguments.of("{}", ""),
        Arguments.of("{\"status\":\"ok\",\"version\":\"2.1\"}", ""),
        Arguments.of("{\"product\":\"grafana\"}", ""),
        Arguments.of("{\"now\":1,\"now\":2}", "Not JSON"),
        Arguments.of("\u0000\u0001TRIB", "Not JSON"),
        Arguments.of("[".repeat(100_000), "Not JSON"),
        Arguments.of("{\"a\":".repeat(100_000), "Not JSON"),
        Arguments.of("[".repeat(100_000) + "]".repeat(100_000), "Not JSON"),
        Arguments.of("9".repeat(100_000), "Not JSON"),
        Arguments.of("{}<script src='//ads'>", ""));
  }

  @ParameterizedTest
  @MethodSource("answersOfOthers")
  void read_ofAnotherProgramsAnswer_saysThatItIsNotOurs(String body, String reason) {
    for (Message message : MESSAGES) {
      assertThatThrownBy(() -> message.read(bytes(body)))
          .as(message.name())
          .isExactlyInstanceOf(WireFormatException.class)
          .hasMessageContaining(reason);
    }
    assertThat(SyncJson.readProblem(bytes(body))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void read_whenTheBodyIsCutShortAnywhere_saysSo(Message message) {
    for (int length = 0; length < message.written().length; length++) {
      byte[] cut = Arrays.copyOf(message.written(), length);
      assertThatThrownBy(() -> message.read(cut))
          .as("%d bytes", length)
          .isExactlyInstanceOf(WireFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script src='//ads'>", "{}", " null", "]"})
  void read_whenSomethingFollowsTheMessage_refusesIt(String more) {
    for (Message message : MESSAGES) {
      assertThatThrownBy(() -> message.read(bytes(message.json() + more)))
          .as(message.name())
          .isExactlyInstanceOf(WireFormatException.class);
    }
  }

  @ParameterizedTest
  @FieldSource("MESSAGES")
  void read_whenBytesChange_readsOrRefuses(Message message) {
    Seeds.forEach(
        5_000,
        seed -> {
          Random random = new Random(seed * 0x9E3779B97F4A7C15L);
          byte[] mutant = message.written().clone();
          for (int i = 0; i <= random.nextInt(3); i++) {
            mutant[random.nextInt(mutant.length)] =
                (byte) (random.nextBoolean() ? random.nextInt(256) : "\"{}[],:01-e".charAt(i));
          }

          try {
            assertThat(message.read(mutant)).isNotNull();
          } catch (WireFormatException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
          }
        });
  }

  static Stream<Arguments> positions() {
    return Stream.of(
        Arguments.of(Position.of(1L), "[1]"),
        Arguments.of(
            Position.of(Long.MAX_VALUE, Long.MIN_VALUE),
            "[9223372036854775807,-9223372036854775808]"),
        Arguments.of(
            Position.of(Instant.parse("2015-08-03T08:40:39.890Z"), 69L, 0L),
            "[{\"t\":\"2015-08-03T08:40:39.890Z\"},69,0]"),
        Arguments.of(Position.of("2015-08-03T08:40:39.890Z"), "[\"2015-08-03T08:40:39.890Z\"]"),
        Arguments.of(
            Position.fingerprint("\u00E9\"\uD83C\uDFE0"), "[\"\u00E9\\\"\\uD83C\\uDFE0\"]"),
        Arguments.of(new Position(List.of()), "[]"));
  }

  @ParameterizedTest
  @MethodSource("positions")
  void writePosition_tellsNumbersTimesAndTextsApart(Position position, String json)
      throws Exception {
    assertThat(SyncJson.writePosition(position)).isEqualTo(json);
    assertThat(SyncJson.readPosition(json)).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"x\"",
        "null",
        "{}",
        "[null]",
        "[true]",
        "[1.0]",
        "[[1]]",
        "[{}]",
        "[{\"t\":\"now\"}]",
        "[99999999999999999999]",
        "[1]]",
        ""
      })
  void readPosition_ofAnythingElse_refusesIt(String json) {
    assertThatThrownBy(() -> SyncJson.readPosition(json))
        .isExactlyInstanceOf(WireFormatException.class);
  }

  @Test
  void readProblem_givesTheDetail() {
    byte[] problem = SyncJson.writeProblem(413, "Too large", "10001 rows, where 10000 are taken");

    assertThat(SyncJson.readProblem(problem)).contains("10001 rows, where 10000 are taken");
  }

  @Test
  void write_ofStatuses_isAListOfWhatEachOneIs() throws Exception {
    List<Object> list = JSON.std.listFrom(SyncJson.write(List.of(STATUS, STATUS)));

    assertThat(list).hasSize(2).containsOnly(JSON.std.mapFrom(SyncJson.write(STATUS)));
  }

  @Test
  void writeSetAside_givesEachRowWithItsReason() throws Exception {
    List<Object> list = JSON.std.listFrom(SyncJson.writeSetAside(ACK.setAside()));

    assertThat(list)
        .hasSize(2)
        .first()
        .isEqualTo(
            Map.of(
                "table", "Reading",
                "key", "[2042-01-01T00:00:00Z, 69, 0]",
                "rule", "CLOCK_UNTRUSTED",
                "reason", "a"));
  }

  @Test
  void writeRow_isReadableAndKeepsNullsApartFromAbsentCells() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("time", NOW);
    row.put("nodeId", 69L);
    row.put("value", Double.NaN);
    row.put("locationId", null);

    assertThat(SyncJson.writeRow(row))
        .isEqualTo(
            "{\"time\":\"2026-11-01T12:00:00.123456Z\",\"nodeId\":69,\"value\":\"NaN\","
                + "\"locationId\":null}");
  }

  static final List<Table> TABLES = Tables.ALL;

  @ParameterizedTest
  @FieldSource("TABLES")
  void readRow_givesBackWhateverATableMayHold(Table table) {
    Seeds.forEach(
        200,
        seed -> {
          Rows rows = RandomBatches.batch(table, seed).rows();
          Rows.Builder read = new Rows.Builder(table, rows.columns(), rows.size());

          for (int row = 0; row < rows.size(); row++) {
            SyncJson.readRow(SyncJson.writeRow(rows.row(row)), read, rows.columns());
          }

          Rows found = read.build();
          assertThat(found.size()).isEqualTo(rows.size());
          for (int row = 0; row < rows.size(); row++) {
            assertThat(found.row(row)).as("row %d", row).isEqualTo(rows.row(row));
          }
        });
  }

  static final double[] REALS = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    1e38,
    5.0,
    0.1
  };

  @ParameterizedTest
  @FieldSource("REALS")
  void readRow_givesBackEveryReal(double value) throws Exception {
    List<Column> columns = List.of(Column.real("value"));
    Rows.Builder into = new Rows.Builder(Tables.READING, columns, 1);

    SyncJson.readRow(SyncJson.writeRow(new HashMap<>(Map.of("value", value))), into, columns);

    assertThat(into.build().value("value", 0)).isEqualTo(value); // as equals has it: NaN is NaN
  }

  @Test
  void readRow_whenACellIsAbsent_leavesItNull() throws Exception {
    Rows.Builder into = new Rows.Builder(Tables.ROOM, Tables.ROOM.travelling(), 1);

    SyncJson.readRow("{\"id\":4}", into, Tables.ROOM.travelling());

    assertThat(into.build().isNull(2, 0)).isTrue();
  }

  static Stream<Arguments> wrongCells() {
    return Stream.of(
        Arguments.of(Column.integer("seq"), "\"seven\""),
        Arguments.of(Column.integer("seq"), "true"),
        Arguments.of(Column.integer("seq"), "7.5"),
        Arguments.of(Column.integer("seq"), "9223372036854775808"),
        Arguments.of(Column.real("value"), "\"warm\""),
        Arguments.of(Column.real("value"), "[]"),
        Arguments.of(Column.bool("blink"), "1"),
        Arguments.of(Column.text("name"), "1"),
        Arguments.of(Column.time("time"), "\"2015-08-03 08:40:39\""),
        Arguments.of(Column.time("time"), "\"+1000000000-12-31T23:59:59Z\""),
        Arguments.of(Column.time("time"), "1438591239"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrongCells")
  void readRow_whenACellIsNotWhatItsColumnSays_namesTheColumn(Column column, String cell) {
    Rows.Builder into = new Rows.Builder(Tables.NODE_TYPE, List.of(column), 1);
    String json = "{\"" + column.name() + "\":" + cell + "}";

    assertThatThrownBy(() -> SyncJson.readRow(json, into, List.of(column)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(column.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[1]", "7", "{", "{} {}", "<p>"})
  void readRow_ofNoRow_refusesIt(String json) {
    List<Column> columns = Tables.NODE.travelling();
    Rows.Builder into = new Rows.Builder(Tables.NODE, columns, 1);

    assertThatThrownBy(() -> SyncJson.readRow(json, into, columns))
        .isExactlyInstanceOf(WireFormatException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
