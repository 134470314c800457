package org.tributary.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.LoggerFile;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
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

  private SpaceCheck space(long bytes) {
    return new SpaceCheck("disk space", folder, path -> bytes);
  }
}
