package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.wire.Ack;
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

  @TempDir Path folder;
  Path file;
  PushRecord record;

  @BeforeEach
  void setUp() {
    file = folder.resolve("central.last");
    record = new PushRecord(file, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void read_givesBackWhatThePushCameTo() {
    record.welcomed(welcome(Map.of("Room", ROOMS), 2));
    record.answered(batch(Tables.READING, Lane.LIVE), ack(READ));
    record.pushed(result(5, List.of()));

    PushRecord.Content read = PushRecord.read(file);

    assertThat(read)
        .isEqualTo(
            new PushRecord.Content(
                Optional.of(NOW),
                Map.of("Room", ROOMS, "Reading", READ),
                5,
                Optional.empty(),
                false));
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
