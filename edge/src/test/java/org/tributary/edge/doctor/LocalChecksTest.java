package org.tributary.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.edge.LoggerFile;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.store.WallClock;
import org.tributary.wire.Tables;

class LocalChecksTest {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void newestReading_thatIsFresh_isOk() throws Exception {
    LoggerFile logger = logger().withReading("2026-03-01 11:55:00", 37);

    assertThat(newest(logger)).containsExactly(Finding.ok("2026-03-01 11:55:00 UTC, 5 min ago"));
  }

  @Test
  void newestReading_thatIsOld_asksWhetherTheLoggerRuns() throws Exception {
    LoggerFile logger = logger().withReading("2026-02-26 12:00:00", 37);

    assertThat(newest(logger))
        .containsExactly(
            Finding.warning("2026-02-26 12:00:00 UTC, 3 days ago", "is the logger running?"));
  }

  @Test
  void newestReading_behindOnesFromTheFuture_isStillFound() throws Exception {
    LoggerFile logger =
        logger().withReading("2026-03-01 11:55:00", 37).withReading("2042-01-01 00:00:00", 37);

    assertThat(newest(logger))
        .extracting(Finding::what)
        .containsExactly(
            "2026-03-01 11:55:00 UTC, 5 min ago",
            "1 reading is stamped in the future; central sets it aside");
  }

  @Test
  void newestReading_thatCannotBeRead_saysWhichRowAndWhatToDo() throws Exception {
    LoggerFile logger =
        logger().withReading("2026-02-26 12:00:00", 36).withReading("2026-02-31 12:00:00", 37);

    assertThat(newest(logger))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.WARNING);
              assertThat(finding.what()).contains("time", "2026-02-31 12:00:00", "37");
              assertThat(finding.advice()).startsWith("correct that row or delete it");
            });
  }

  @Test
  void newestReading_ofAnEmptyTable_asksWhetherTheLoggerRuns() throws Exception {
    assertThat(newest(logger()).get(0).what()).isEqualTo("there are no readings yet");
  }

  @Test
  void newestReading_ofATableWithoutItsKey_isNotChecked() throws Exception {
    LoggerFile logger =
        LoggerFile.create(folder.resolve("house.db"), List.of())
            .run("CREATE TABLE Reading (time DATETIME, nodeId INTEGER, value FLOAT)");

    assertThat(newest(logger)).containsExactly(Finding.notChecked("because of tables"));
  }

  @Test
  void timeZone_isShown() throws Exception {
    LoggerFile logger = logger().withReading("2026-03-01 11:55:00", 37);

    assertThat(timeZone(logger, "UTC", "Europe/Berlin"))
        .isEqualTo(Finding.ok("times are taken for UTC"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01 12:57:00, Europe/Berlin, 57 min ahead of",
    "2026-03-01 06:55:30, America/New_York, 5 h behind",
    "2026-03-01 17:28:00, Asia/Kolkata, 5 h ahead of",
  })
  void timeZone_whenReadingsLookLikeLocalTimes_saysWhatToSet(
      String reading, String machine, String off) throws Exception {
    LoggerFile logger = logger().withReading("2026-03-01 01:00:00", 37).withReading(reading, 37);

    Finding finding = timeZone(logger, "UTC", machine);

    assertThat(finding.level()).isEqualTo(Level.WARNING);
    assertThat(finding.what())
        .isEqualTo("times are taken for UTC, and the newest reading is %s this clock", off);
    assertThat(finding.advice())
        .isEqualTo(
            "if the logger writes local times of %1$s, say so before the first push:"
                + " timezone = %1$s in [general]",
            machine);
    assertThat(timeZone(logger, machine, machine))
        .isEqualTo(Finding.ok("times without a zone are taken for local times of " + machine));
  }

  @Test
  void timeZone_whenReadingsLookLikeUtcAllTheSame_saysSo() throws Exception {
    LoggerFile logger = logger().withReading("2026-03-01 11:57:00", 37);

    assertThat(timeZone(logger, "Europe/Berlin", "Europe/Berlin").advice())
        .isEqualTo("if the logger writes UTC, leave timezone out of [general]");
  }

  @Test
  void timeZone_whenTheLoggerIsOnlyDead_saysNothing() throws Exception {
    LoggerFile logger = logger().withReading("2026-03-01 03:20:00", 37);

    assertThat(timeZone(logger, "UTC", "America/New_York").level()).isEqualTo(Level.OK);
  }

  @Test
  void tables_namesWhatIsMissingAndWhatIsLeftOut() throws Exception {
    LoggerFile logger =
        logger()
            .run("DROP TABLE Location")
            .run("ALTER TABLE House RENAME COLUMN address TO street")
            .run("ALTER TABLE NodeState DROP COLUMN rssi");
    try (SourceDatabase database = new SourceDatabase(logger.url())) {
      assertThat(new TablesCheck(database).look())
          .extracting(Finding::what)
          .containsExactly(
              "missing: House.address, Location", "missing, and left out: NodeState.rssi");
    }
  }

  @Test
  void journal_withoutAWriteAheadLog_givesTheCommandAsAShellTakesIt() throws Exception {
    Path spaced = Files.createDirectory(folder.resolve("my house"));
    Path file = spaced.resolve("house.db");
    LoggerFile logger = LoggerFile.create(file, List.of(Tables.READING));
    try (SourceDatabase database = new SourceDatabase(logger.url())) {
      assertThat(new JournalCheck(database, file).look().get(0).advice())
          .endsWith("sqlite3 '%s' 'PRAGMA journal_mode=WAL'".formatted(file));
    }
  }

  @Test
  void journal_withAWriteAheadLog_isOk() throws Exception {
    LoggerFile logger = logger().run("PRAGMA journal_mode=WAL");
    try (SourceDatabase database = new SourceDatabase(logger.url())) {
      assertThat(new JournalCheck(database, folder.resolve("house.db")).look().get(0).level())
          .isEqualTo(Level.OK);
    }
  }

  @Test
  void database_thatIsAFolder_isAProblem() {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + folder, Path.of(""));
    try (SourceDatabase database = new SourceDatabase(url)) {
      assertThat(new DatabaseCheck(database).look().get(0).what()).endsWith("is a folder");
    }
  }

  @Test
  void space_isAWarningBelowAHundredMegabytes() {
    assertThat(space(99L << 20).look())
        .containsExactly(
            Finding.warning(
                "99 MB free in " + folder, "free some: the logger and the push write there"));
    assertThat(space(5L << 30).look()).containsExactly(Finding.ok("5.0 GB free in " + folder));
  }

  @Test
  void space_ofAFolderThatIsNotThere_isNotChecked() {
    Path nowhere = folder.resolve("nowhere");

    assertThat(SpaceCheck.of("disk space", nowhere).look())
        .containsExactly(Finding.notChecked("there is no folder " + nowhere));
  }

  @Test
  void pushFolder_isNotMadeByLooking() {
    Path pushState = folder.resolve("push-state");

    assertThat(new PushFolderCheck(pushState).look().get(0).level()).isEqualTo(Level.OK);
    assertThat(pushState).doesNotExist();
  }

  @Test
  void pushFolder_thatIsAFile_isAProblem() throws IOException {
    Path file = Files.createFile(folder.resolve("push-state"));

    assertThat(new PushFolderCheck(file).look().get(0).level()).isEqualTo(Level.PROBLEM);
  }

  @Test
  void runningPush_saysWhetherTheLockIsHeld() {
    assertThat(new RunningPushCheck(() -> true).look().get(0).what()).isEqualTo("is running now");
    assertThat(new RunningPushCheck(() -> false).look().get(0).what())
        .isEqualTo("is not running at the moment");
  }

  private LoggerFile logger() throws Exception {
    return LoggerFile.create(folder.resolve("house.db"));
  }

  private static List<Finding> newest(LoggerFile logger) {
    try (SourceDatabase database = new SourceDatabase(logger.url())) {
      return new NewestReadingCheck(database, CLOCK).look();
    }
  }

  private static Finding timeZone(LoggerFile logger, String taken, String machine) {
    try (SourceDatabase database =
        new SourceDatabase(logger.url(), new WallClock(ZoneId.of(taken)))) {
      return new TimeZoneCheck(database, CLOCK, ZoneId.of(machine)).look().get(0);
    }
  }

  private SpaceCheck space(long bytes) {
    return new SpaceCheck("disk space", folder, path -> bytes);
  }
}
