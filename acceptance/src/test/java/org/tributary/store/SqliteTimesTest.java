package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/** However a logger writes its times into SQLite, each of its rows is read, and read once. */
class SqliteTimesTest {

  private static final Instant NOON = Instant.parse("2015-08-03T12:00:00Z");

  /** How a logger writes the time of a row. */
  private interface Spelling {
    Object of(Instant time, int row);
  }

  static Stream<Arguments> spellings() {
    return Stream.of(
        spelling("whole seconds", 1_000_000, text("uuuu-MM-dd HH:mm:ss")),
        spelling("one decimal", 100_000, text("uuuu-MM-dd HH:mm:ss.S")),
        spelling("milliseconds", 1_000, text("uuuu-MM-dd HH:mm:ss.SSS")),
        spelling("SQLAlchemy", 1, text("uuuu-MM-dd HH:mm:ss.SSSSSS")),
        spelling("nanoseconds", 1, text("uuuu-MM-dd HH:mm:ss.SSSSSSSSS")),
        spelling("Python's str, decimals only where needed", 500_000, (time, row) -> python(time)),
        spelling("ISO", 1_000, text("uuuu-MM-dd'T'HH:mm:ss.SSS")),
        spelling("ISO, whole seconds", 1_000_000, text("uuuu-MM-dd'T'HH:mm:ss'Z'")),
        spelling("JavaScript", 1_000, text("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")),
        spelling("Java, decimals only where needed", 500, (time, row) -> time.toString()),
        spelling("dates", 86_400_000_000L, text("uuuu-MM-dd")),
        spelling("seconds", 1_000_000, (time, row) -> time.getEpochSecond()),
        spelling("seconds with decimals", 1, (time, row) -> seconds(time)),
        spelling("Python's time.time()", 1, (time, row) -> Math.nextUp(seconds(time))),
        spelling("the other neighbour", 1, (time, row) -> Math.nextDown(seconds(time))),
        spelling(
            "two loggers, one with a T",
            500_000,
            (time, row) -> row % 2 == 0 ? python(time) : python(time).replace(' ', 'T')),
        spelling(
            "two loggers, one without decimals",
            1_000_000,
            (time, row) -> row % 2 == 0 ? python(time) : python(time) + ".000000"),
        spelling(
            "two loggers, one with numbers",
            500_000,
            (time, row) -> row % 2 == 0 ? python(time) : (Object) seconds(time)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void readAfter_givesEveryRowOnce(String name, long stepMicros, Spelling spelling)
      throws Exception {
    String url = TestEngine.SQLITE.freshDatabase();
    Set<String> written = write(url, stepMicros, spelling);

    try (SourceDatabase source = source(url)) {
      for (int pageSize : new int[] {1, 2, 3, 7, 100}) {
        for (Paged paged :
            List.of(
                Paged.inOneGo(source, Tables.READING, pageSize),
                Paged.startedAnewAfterEachPage(source, Tables.READING, pageSize))) {
          List<String> keys = paged.keys.stream().map(Position::toString).toList();
          assertThat(paged.unreadable).isEmpty();
          assertThat(keys).as("pages of %d", pageSize).doesNotHaveDuplicates();
          assertThat(new TreeSet<>(keys)).as("pages of %d", pageSize).isEqualTo(written);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void readAfter_aRowThatHasGone_passesNoneOver(String name, long stepMicros, Spelling spelling)
      throws Exception {
    String url = TestEngine.SQLITE.freshDatabase();
    write(url, stepMicros, spelling);
    try (SourceDatabase source = source(url)) {
      List<Position> all = Paged.inOneGo(source, Tables.READING, 100).keys;
      Position gone = all.get(all.size() / 2);
      execute(
          url,
          "DELETE FROM Reading WHERE nodeId = %s AND type = %s"
              .formatted(gone.key().get(1), gone.key().get(2)));

      List<Position> left = Paged.inOneGo(source, Tables.READING, 100).keys;
      Page rest = source.readAfter(Tables.READING, Optional.of(gone), Optional.empty(), 100);
      List<Position> read = new ArrayList<>();
      for (int row = 0; row < rest.rows().size(); row++) {
        read.add(rest.rows().keyAt(row));
      }

      List<Position> expected = left.stream().filter(key -> key.isAfter(gone)).toList();
      assertThat(read).containsAll(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void digests_findEachRowInTheHourThatItBelongsTo(String name, long stepMicros, Spelling spelling)
      throws Exception {
    String url = TestEngine.SQLITE.freshDatabase();
    Set<String> written = write(url, stepMicros, spelling);
    try (SourceDatabase source = source(url)) {
      Window days = Window.days(NOON, 4);
      Map<Long, Long> expected = new TreeMap<>();
      for (Position key : Paged.inOneGo(source, Tables.READING, 100).keys) {
        expected.merge(Window.hourOf((Instant) key.key().get(0)), 1L, Long::sum);
      }

      Map<Long, Long> found = new TreeMap<>();
      for (long hour = days.hour(); hour < days.endHour(); hour++) {
        Digest digest =
            source
                .digests(Tables.READING, new Window(null, hour, 1), Grain.WHOLE, Optional.empty())
                .values()
                .stream()
                .reduce(Digest.NONE, Digest::plus);
        if (digest.rows() > 0) {
          found.put(hour, digest.rows());
        }
      }

      assertThat(found).isEqualTo(expected);
      assertThat(source.digests(Tables.READING, days, Grain.WHOLE, Optional.empty()).get(days))
          .extracting(Digest::rows)
          .isEqualTo((long) written.size());
    }
  }

  /** Four instants, each with readings of three nodes and three types. */
  private static Set<String> write(String url, long stepMicros, Spelling spelling)
      throws SQLException {
    Set<String> written = new TreeSet<>();
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE Reading (
            time DATETIME NOT NULL, nodeId INTEGER NOT NULL, type INTEGER NOT NULL,
            locationId INTEGER, value FLOAT, PRIMARY KEY (time, nodeId, type))
          """);
      List<Object[]> rows = new ArrayList<>();
      Instant start =
          NOON.truncatedTo(stepMicros < 86_400_000_000L ? ChronoUnit.HOURS : ChronoUnit.DAYS);
      for (int i = 0; i < 36; i++) {
        Instant time = start.plus(i / 9 * stepMicros, ChronoUnit.MICROS);
        rows.add(new Object[] {spelling.of(time, i), i % 3, i / 3 % 3});
        written.add(Position.of(time, (long) (i % 3), (long) (i / 3 % 3)).toString());
      }
      Collections.shuffle(rows, new Random(1));
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO Reading VALUES (?, ?, ?, NULL, 1.5)")) {
        for (Object[] row : rows) {
          for (int i = 0; i < row.length; i++) {
            insert.setObject(i + 1, row[i]);
          }
          insert.executeUpdate();
        }
      }
    }
    return written;
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SourceDatabase source(String url) {
    return new SourceDatabase(DatabaseUrl.parse(url, Path.of("/")));
  }

  private static Arguments spelling(String name, long stepMicros, Spelling spelling) {
    return Arguments.of(name, stepMicros, spelling);
  }

  private static Spelling text(String pattern) {
    DateTimeFormatter form = DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    return (time, row) -> form.format(time);
  }

  private static String python(Instant time) {
    boolean whole = time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    String pattern = whole ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd HH:mm:ss.SSSSSS";
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(time);
  }

  private static double seconds(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time) / 1e6;
  }
}
