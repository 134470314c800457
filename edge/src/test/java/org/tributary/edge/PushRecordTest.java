package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.wire.Ack;
import org.tributary.wire.Backlog;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

class PushRecordTest {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant SAMPLE = Instant.parse("2026-03-01T11:55:00Z");
  static final Position READ = Position.of(SAMPLE, 37L, 0L);
  static final Position ROOMS = Position.fingerprint("f00");

  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;
  Path file;
  PushRecord record;

  @BeforeEach
  void setUp() {
    file = folder.resolve("central.last");
    record = new PushRecord(file, CLOCK);
  }

  @Test
  void read_givesBackWhatThePushCameTo() {
    record.welcomed(welcome(Map.of("Room", ROOMS), 2));
    Position behind = Backlog.NONE.with(new Backlog.Span(NOW, NOW.plusSeconds(1))).position();
    record.answered(batch(Tables.READING, Lane.HISTORY), ack(behind));
    record.answered(batch(Tables.READING, Lane.LIVE), ack(READ));
    record.pushed(result(5, List.of()));

    PushRecord.Content read = PushRecord.read(file);

    assertThat(read)
        .isEqualTo(
            new PushRecord.Content(
                Optional.of(NOW),
                Map.of("Room", ROOMS, "Reading", READ),
                Map.of("Reading", behind),
                5,
                Optional.empty(),
                false,
                Rates.NONE,
                Optional.of(NOW)));
    assertThat(read.lastSample()).contains(SAMPLE);
  }

  @Test
  void read_afterRowsFromTheFuture_keepsTheLivePosition() {
    record.welcomed(welcome(Map.of("Reading", READ), 0));
    record.answered(
        batch(Tables.READING, Lane.UNTRUSTED),
        ack(Position.of(Instant.parse("2042-01-01T00:00:00Z"), 37L, 0L)));
    record.pushed(result(1, List.of()));

    assertThat(PushRecord.read(file).lastSample()).contains(SAMPLE);
  }

  @Test
  void read_afterAFailure_keepsWhatWasKnownAndSaysWhy() {
    record.welcomed(welcome(Map.of("Reading", READ), 3));
    record.failed(new IOException("the line broke"));

    PushRecord.Content read = PushRecord.read(file);

    assertThat(read.problem()).contains("the line broke");
    assertThat(read.refused()).isFalse();
    assertThat(read.lastSample()).contains(SAMPLE);
    assertThat(read.setAside()).isEqualTo(3);
  }

  @Test
  void progress_isAnsweredOnceCentralSaidAnythingOrCouldNotBeReached() {
    record.welcomed(welcome(Map.of("Reading", READ), 0));
    record.pushed(result(0, List.of()));
    PushRecord restarted = new PushRecord(file, CLOCK);
    PushRecord offline = new PushRecord(file, CLOCK);

    assertThat(restarted.progress().isAnswered()).isFalse();
    restarted.welcomed(welcome(Map.of("Reading", READ), 0));
    offline.failed(new IOException("the line broke"));

    assertThat(restarted.progress().isAnswered()).isTrue();
    assertThat(offline.progress().isAnswered()).isTrue();
  }

  @Test
  void read_afterARefusal_saysThatThePushWillBeRefusedAgain() {
    record.failed(new RefusedException("another machine has that name"));
    assertThat(PushRecord.read(file).refused()).isTrue();

    record.pushed(result(0, List.of("Room: no")));
    assertThat(PushRecord.read(file).refused()).isTrue();

    record.pushed(result(0, List.of()));
    assertThat(PushRecord.read(file).refused()).isFalse();
  }

  @Test
  void read_ofAMissingOrDamagedFile_knowsNothing() throws Exception {
    assertThat(PushRecord.read(file)).isEqualTo(PushRecord.Content.NONE);

    Files.writeString(file, "lastContact=yesterday\nposition.Reading=[");
    assertThat(PushRecord.read(file)).isEqualTo(PushRecord.Content.NONE);
  }

  /** P8, D4: whatever is left of the file, it is read or passed over. */
  @Test
  void read_whenTheFileIsCutAnywhere_neverThrowsAndNeverInventsATime() throws IOException {
    byte[] whole = written();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      PushRecord.Content content = PushRecord.read(file);

      assertThat(content.lastSample()).isIn(Optional.empty(), Optional.of(SAMPLE));
      assertThat(content.lastContact()).isIn(Optional.empty(), Optional.of(NOW));
      new PushRecord(file, CLOCK).pushed(result(0, List.of()));
    }
  }

  @Test
  void read_whenAnyByteIsAnother_neverThrows() throws IOException {
    byte[] whole = written();
    Random random = new Random(17);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] = (byte) random.nextInt(256);
      Files.write(file, damaged);

      assertThat(PushRecord.read(file)).isNotNull();
    }
  }

  @Test
  void read_whenTheFileIsGarbage_findsNothing() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] garbage = new byte[random.nextInt(2_000)];
      random.nextBytes(garbage);
      Files.write(file, garbage);

      assertThat(PushRecord.read(file).lastSample()).isEmpty();
    }
  }

  @Test
  void read_whenTheFileIsAFolder_findsNothing() throws IOException {
    Files.createDirectory(file);

    assertThat(PushRecord.read(file)).isEqualTo(PushRecord.Content.NONE);
  }

  @Test
  void pushed_whenTheFileCannotBeWritten_goesOn() throws IOException {
    Path nowhere = folder.resolve("missing/house.central.last");
    PushRecord lost = new PushRecord(nowhere, CLOCK);

    lost.failed(new IOException("x"));
    lost.pushed(result(0, List.of()));
    Files.createDirectory(nowhere.getParent());
    lost.pushed(result(0, List.of()));

    assertThat(nowhere).exists();
  }

  @Test
  void pushed_leavesOneFileAndNothingBesideIt() throws IOException {
    record.pushed(result(0, List.of()));
    record.pushed(result(0, List.of()));

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_keepsAProblemOfSeveralLinesAndAnyAlphabet() {
    String problem = "Zeile 1: Größe\nЗона = #! 日本 🏠 \\u0041";

    record.failed(new IOException(problem));

    assertThat(PushRecord.read(file).problem()).contains(problem);
  }

  @Test
  void rowsSent_countsWhatWasAnswered() {
    Rows rows =
        new Rows.Builder(Tables.READING, Tables.READING.columns(), 1)
            .row(SAMPLE, 1L, 0L, null, 20.5)
            .build();
    Batch one =
        new Batch(Tables.READING, Lane.LIVE, Optional.empty(), Optional.empty(), rows, List.of());

    record.answered(one, new Ack(1, 0, 0, List.of(), Optional.empty()));
    record.answered(one, new Ack(0, 0, 1, List.of(), Optional.empty()));

    assertThat(record.rowsSent()).isEqualTo(2);
  }

  @Test
  void answered_whenCentralNamesNoPosition_leavesTheLastSample() {
    record.answered(batch(Tables.READING, Lane.LIVE), ack(READ));

    record.answered(
        batch(Tables.READING, Lane.LIVE), new Ack(0, 0, 0, List.of(), Optional.empty()));

    assertThat(record.content().lastSample()).contains(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "problem=\\u00zz",
        "setAside=many",
        "setAside=",
        "position.Reading=[3",
        "lastContact=now"
      })
  void read_ofALineThatMeansNothing_knowsNothing(String line) throws IOException {
    Files.writeString(file, line + "\n");

    assertThat(PushRecord.read(file)).isEqualTo(PushRecord.Content.NONE);
  }

  private byte[] written() throws IOException {
    record.answered(batch(Tables.READING, Lane.LIVE), ack(READ));
    record.failed(new IOException("Größe 日本"));
    return Files.readAllBytes(file);
  }

  private static Welcome welcome(Map<String, Position> positions, long setAside) {
    return new Welcome(
        "0.1.0", 1, NOW, 10, 1_000, NOW.plus(Duration.ofHours(1)), positions, Map.of(), setAside);
  }

  private static Batch batch(Table table, Lane lane) {
    return new Batch(table, lane, Optional.empty(), Optional.empty(), Rows.none(table), List.of());
  }

  private static Ack ack(Position position) {
    return new Ack(0, 0, 0, List.of(), Optional.of(position));
  }

  private static PushResult result(long setAside, List<String> refused) {
    return new PushResult(0, 0, 0, setAside, refused, Duration.ZERO, false);
  }
}
