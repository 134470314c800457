package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.SqliteFiles;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;

/** SQLite takes any value anywhere; and the file is a logger's, which must not notice us. */
class SqliteSourceTest {

  /** SHA-256 of an empty file. */
  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static final Instant NOON = Instant.parse("2015-08-03T12:00:00Z");
  private static final String TIME = "2015-08-03 12:00:00.000000";

  @TempDir private Path folder;
  private String url;

  @BeforeEach
  void createOriginalSchema() throws SQLException {
    url = SqliteFiles.freshDatabase(folder);
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, TestEngine.SQLITE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "value, '''twenty''', no number",
    "value, x'0102', no number",
    "value, 9007199254740993, no double holds",
    "locationId, '''attic''', no whole number",
    "locationId, 1.5, no whole number",
    "nodeId, '''base''', no whole number",
    "nodeId, x'07', no whole number",
    "type, '''T''', no whole number",
    "time, '''yesterday''', no time",
    "time, '''2015-02-30 00:00:00''', no time",
    "time, '''2015-08-03 24:00:00''', no time",
    "time, '''2015-08-03 12:00:00.0000001''', finer than a microsecond",
    "time, '''2015-08-03 12:00:00+01:00''', no time",
    "time, x'0102', no time",
    "time, 1e300, no time",
  })
  void readAfter_overACellThatIsNotWhatItsColumnSays_reportsItsRowAndReadsTheOthers(
      String column, String cell, String reason) throws Exception {
    for (int node = 1; node <= 3; node++) {
      insert("time", "'" + TIME + "'", "nodeId", "" + node, "type", "0", "value", "20.5");
    }
    Map<String, String> odd =
        new TreeMap<>(
            Map.of("time", "'" + TIME + "'", "nodeId", "2", "type", "1", "value", "20.5"));
    odd.put(column, cell);
    if (reason.contains("double")) {
      execute("ALTER TABLE Reading RENAME TO Old");
      execute(
          """
          CREATE TABLE Reading (
            time DATETIME NOT NULL, nodeId INTEGER NOT NULL, type INTEGER NOT NULL,
            locationId INTEGER, value NUMERIC, PRIMARY KEY (time, nodeId, type))
          """);
      execute("INSERT INTO Reading SELECT * FROM Old");
    }
    insert(odd.entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())).toList());

    try (SourceDatabase source = source()) {
      for (int pageSize : new int[] {1, 2, 100}) {
        Paged paged = Paged.inOneGo(source, Tables.READING, pageSize);

        assertThat(paged.keys).hasSize(3);
        assertThat(paged.unreadable).hasSize(1);
        assertThat(paged.unreadable.get(0).reason()).startsWith(column + " ").contains(reason);
        assertThat(paged.unreadable.get(0).row()).contains("\"value\":");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'''2015-08-03 12:00:00.5''', '[2015-08-03T12:00:00.500Z, 2, 1]'",
    "'''2015-08-03T12:00:00Z''', '[2015-08-03T12:00:00Z, 2, 1]'",
    "1438603200, '[2015-08-03T12:00:00Z, 2, 1]'",
    "'''yesterday''', '[yesterday, 2, 1]'",
  })
  void readAfter_overARowThatCanNotBeRead_callsItAsItWillBeCalledOnceMended(String time, String key)
      throws Exception {
    insert("time", time, "nodeId", "2.0", "type", "1", "value", "'abc'");

    try (SourceDatabase source = source()) {
      Unreadable row = Paged.inOneGo(source, Tables.READING, 10).unreadable.get(0);

      assertThat(row.key()).isEqualTo(key);
      assertThat(row.row()).contains("\"nodeId\":2,").contains("\"value\":\"abc\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x'%02d'", "'garbage %02d'", "'2015-08-03 25:%02d:00'", "1e2%02d"})
  void readAfter_overPagesThatHoldOnlyGarbage_goesOn(String garbage) throws Exception {
    for (int i = 1; i <= 20; i++) {
      insert("time", garbage.formatted(10 + i % 10), "nodeId", "" + i, "type", "0");
      insert("time", "'2016-01-01 00:00:%02d.000000'".formatted(i), "nodeId", "7", "type", "0");
    }

    try (SourceDatabase source = source()) {
      for (int pageSize : new int[] {1, 3, 7}) {
        Paged paged = Paged.inOneGo(source, Tables.READING, pageSize);

        assertThat(paged.keys).hasSize(20).doesNotHaveDuplicates();
        assertThat(paged.unreadable).hasSize(20).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void readAfter_overWholeNumbersStoredAsReals_readsThem() throws Exception {
    execute("DROP TABLE Reading");
    execute("CREATE TABLE Reading (time, nodeId, type, locationId, value)");
    execute("INSERT INTO Reading VALUES ('%s', 7.0, 2.0, NULL, 21)".formatted(TIME));

    try (SourceDatabase source = source()) {
      assertThat(Paged.inOneGo(source, Tables.READING, 1).rows)
          .containsExactly(
              Arrays.asList(Instant.parse("2015-08-03T12:00:00Z"), 7L, 2L, null, 21.0));
    }
  }

  /** Two loggers, each with its own way to write a time: a cursor leads past the other's rows. */
  @ParameterizedTest
  @CsvSource({
    "'''2015-08-03T12:00:00''', '''2015-08-03 12:05:00.000000'''",
    "'''2015-08-03 12:00:00''', 1438603500",
    "'''2015-08-03T12:00:00Z''', '''2015-08-03T12:00:00.500Z'''",
  })
  void readAstray_afterARowSpelledOtherwise_findsWhatWasLoggedLater(String sent, String later)
      throws Exception {
    insert("time", sent, "nodeId", "1", "type", "0", "value", "1");
    insert("time", "'2015-08-03 11:00:00'", "nodeId", "3", "type", "0", "value", "0");
    Position live = Position.of(NOON, 1L, 0L);
    Instant present = NOON.plusSeconds(3_600);

    try (SourceDatabase source = source()) {
      assertThat(astray(source, live, present)).isEmpty();
      insert("time", later, "nodeId", "2", "type", "0", "value", "2");
      assertThat(
              source
                  .readAfter(Tables.READING, Optional.of(live), Optional.of(present), 9)
                  .rows()
                  .size())
          .as("what a cursor leads to")
          .isZero();
      assertThat(astray(source, live, present)).containsExactly(2.0);
      assertThat(astray(source, live, NOON)).isEmpty();
    }
  }

  private static List<Object> astray(SourceDatabase source, Position live, Instant present)
      throws IOException {
    Rows rows = source.readAstray(Tables.READING, Optional.of(live), present, 0, 9).rows();
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      values.add(rows.value("value", row));
    }
    return values;
  }

  @Test
  void read_overATextThatIsFarTooLong_reportsItsRowInAFewWords() throws Exception {
    String epic = "replace(hex(zeroblob(1000000)), '00', 'x ')";
    insert("time", "'" + TIME + "'", "nodeId", "1", "type", "0", "value", epic);
    insert("time", "'" + TIME + "'", "nodeId", "2", "type", "0", "value", "20.5");
    execute("UPDATE NodeType SET name = %s WHERE id = 2".formatted(epic));

    try (SourceDatabase source = source()) {
      Paged paged = Paged.inOneGo(source, Tables.READING, 10);
      Page types = source.readAll(Tables.NODE_TYPE);

      assertThat(paged.keys).hasSize(1);
      assertThat(paged.unreadable.get(0).row()).hasSizeLessThan(20_000).contains("2,000,000");
      assertThat(types.rows().size()).isEqualTo(12);
      assertThat(types.unreadable().get(0).row()).hasSizeLessThan(20_000);
    }
  }

  @Test
  void readAstray_readsEachRowWhoseTimeIsNull() throws Exception {
    execute("DROP TABLE Reading");
    execute("CREATE TABLE Reading (time, nodeId, type, locationId, value)");
    execute("INSERT INTO Reading VALUES (NULL, 7, 2, NULL, 20.5)");
    execute("INSERT INTO Reading VALUES (NULL, 7, 2, NULL, 21.5)");
    execute("INSERT INTO Reading VALUES (NULL, NULL, 2, NULL, 22.5)");
    execute("INSERT INTO Reading VALUES ('%s', 7, 2, NULL, 23.5)".formatted(TIME));

    try (SourceDatabase source = source()) {
      Page page = source.readAstray(Tables.READING, Optional.empty(), NOON, 0, 100);

      assertThat(page.rows().size()).isZero();
      assertThat(page.unreadable()).extracting(Unreadable::key).hasSize(3).doesNotHaveDuplicates();
      assertThat(source.countTimeless(Tables.READING)).isEqualTo(3);
      assertThat(source.readAstray(Tables.READING, Optional.empty(), NOON, 0, 2).unreadable())
          .hasSize(2);
      assertThat(Paged.inOneGo(source, Tables.READING, 2).keys).hasSize(1);
    }
  }

  @Test
  void readAll_overACellThatIsNotWhatItsColumnSays_namesTheRowByItsId() throws Exception {
    execute("UPDATE NodeType SET seq = 'one' WHERE id = 2");
    execute("UPDATE NodeType SET blink = 1 WHERE id = 3");

    try (SourceDatabase source = source()) {
      Page page = source.readAll(Tables.NODE_TYPE);

      assertThat(page.rows().size()).isEqualTo(12);
      assertThat(page.unreadable())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.key()).isEqualTo("2");
                assertThat(row.reason()).isEqualTo("seq is no whole number: \"one\"");
              });
    }
  }

  @Test
  void readAll_overATextThatIsNotUtf8_namesTheRowInsteadOfAlteringIt() throws Exception {
    execute("UPDATE NodeType SET name = CAST(x'4bfc636865' AS TEXT) WHERE id = 2");
    execute("UPDATE NodeType SET name = 'K\uFFFDche' WHERE id = 3");

    try (SourceDatabase source = source()) {
      Page page = source.readAll(Tables.NODE_TYPE);

      assertThat(page.unreadable())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.key()).isEqualTo("2");
                assertThat(row.reason())
                    .isEqualTo("name is a text that is not UTF-8; its bytes are 4bfc636865");
              });
    }
  }

  @Test
  void readAll_ofATableThatLacksColumns_readsTheOthers() throws Exception {
    execute("ALTER TABLE Sensor DROP COLUMN calibrationOffset");
    execute("INSERT INTO Sensor VALUES (5, 0, 7, 1.5)");

    try (SourceDatabase source = source()) {
      Page page = source.readAll(Tables.SENSOR);

      assertThat(page.rows().indexOf("calibrationOffset")).isEqualTo(-1);
      assertThat(page.rows().value("calibrationSlope", 0)).isEqualTo(1.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void read_leavesTheFolderAsItWas(String journal) throws Exception {
    execute("PRAGMA journal_mode = " + journal);
    insert("time", "'" + TIME + "'", "nodeId", "1", "type", "0");
    Map<String, String> before = hashes();

    readAllOf(journal);

    Map<String, String> after = hashes();
    if (journal.equals("wal")) {
      // Without them SQLite reads no write-ahead log, not even an empty one.
      after.keySet().removeIf(name -> name.endsWith("-shm"));
      assertThat(after.remove(nameOfFile() + "-wal")).isIn(null, NOTHING);
    }
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void read_whileTheLoggerHasTheFileOpen_changesNothing(String journal) throws Exception {
    execute("PRAGMA journal_mode = " + journal);
    try (Connection logger = TestEngine.connect(url);
        Statement statement = logger.createStatement()) {
      statement.execute("INSERT INTO Reading VALUES ('%s', 1, 0, NULL, 1)".formatted(TIME));
      Map<String, String> before = hashes();
      before.keySet().removeIf(name -> name.endsWith("-shm")); // where readers note themselves

      readAllOf(journal);

      Map<String, String> after = hashes();
      after.keySet().removeIf(name -> name.endsWith("-shm"));
      assertThat(after).isEqualTo(before);
      statement.execute("INSERT INTO Reading VALUES ('%s', 2, 0, NULL, 1)".formatted(TIME));
    }
  }

  @Test
  void read_whileALoggerWritesThatNeverWaits_isNeverInItsWay() throws Exception {
    execute("PRAGMA journal_mode = wal");
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (SourceDatabase source = source()) {
      // Once a reader has the file open it stays so; who opens a file that nobody has open recovers
      // its log, and in that moment a logger without patience would meet a lock.
      Paged.inOneGo(source, Tables.READING, 97);
      Future<Logged> logger = thread.submit(() -> logUntil(stop, begun));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      int pages = 0;
      long seen = 0;
      while (seen < 3_000) {
        if (logger.isDone()) {
          logger.get(); // throws what made it give up
        }
        Paged paged = Paged.inOneGo(source, Tables.READING, 97);
        seen = paged.keys.size();
        pages++;
      }
      stop.set(true);

      assertThat(logger.get().rows()).isGreaterThanOrEqualTo(3_000);
      // Seen: one write in 25,000, beside a reader that does nothing but begin to read.
      assertThat(logger.get().triedAgain()).isLessThanOrEqualTo(logger.get().rows() / 500);
      assertThat(pages).isPositive();
      assertThat(Paged.inOneGo(source, Tables.READING, 500).keys).hasSize(logger.get().rows());
    } finally {
      stop.set(true);
      thread.shutdown();
    }
  }

  private record Logged(int rows, int triedAgain) {}

  /**
   * As a logger does: a transaction a sample, opened and closed now and then, no patience. A lock
   * that it still meets when it tries again at once ends it; SQLite itself takes the lock for some
   * microseconds when a reader meets the log's index half written, and no reader can prevent that.
   */
  private Logged logUntil(AtomicBoolean stop, CountDownLatch begun) throws SQLException {
    int count = 0;
    int triedAgain = 0;
    while (!stop.get()) {
      try (Connection logger = TestEngine.connect(url);
          Statement statement = logger.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 0");
        statement.execute("PRAGMA synchronous = OFF");
        try (PreparedStatement insert =
            logger.prepareStatement("INSERT INTO Reading VALUES (?, 1, ?, NULL, 1.5)")) {
          for (int i = 0; i < 200 && !stop.get(); i++) {
            insert.setString(1, SqliteTime.write(1_438_603_200_000_000L + count / 5 * 1_000L));
            insert.setInt(2, count % 5);
            try {
              insert.executeUpdate();
            } catch (SQLException e) {
              if (!String.valueOf(e.getMessage()).contains("database is locked")) {
                throw e;
              }
              triedAgain++;
              insert.executeUpdate();
            }
            count++;
            begun.countDown();
          }
        }
      }
    }
    return new Logged(count, triedAgain);
  }

  private void readAllOf(String journal) throws IOException {
    try (SourceDatabase source = source()) {
      assertThat(source.readersBlockWriters()).isEqualTo(!journal.equals("wal"));
      assertThat(Paged.inOneGo(source, Tables.READING, 1).keys).hasSize(1);
      assertThat(source.readAll(Tables.SENSOR_TYPE).rows().size()).isEqualTo(61);
      assertThat(source.countAfter(Tables.READING, Optional.empty())).isEqualTo(1);
    }
  }

  private String nameOfFile() {
    return Path.of(url.substring("sqlite:///".length())).getFileName().toString();
  }

  private Map<String, String> hashes() throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(hash));
      }
    }
    return hashes;
  }

  private void insert(String... columnsAndCells) throws SQLException {
    insert(List.of(columnsAndCells));
  }

  private void insert(List<String> columnsAndCells) throws SQLException {
    StringBuilder columns = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < columnsAndCells.size(); i += 2) {
      columns.append(i == 0 ? "" : ", ").append(columnsAndCells.get(i));
      cells.append(i == 0 ? "" : ", ").append(columnsAndCells.get(i + 1));
    }
    execute("INSERT INTO Reading (%s) VALUES (%s)".formatted(columns, cells));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private SourceDatabase source() {
    return new SourceDatabase(DatabaseUrl.parse(url, Path.of("/")));
  }
}
