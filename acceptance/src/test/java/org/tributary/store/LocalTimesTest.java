package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Position;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;
import org.tributary.wire.Window;

/** A database written in local times is read as if it had been written in UTC. */
class LocalTimesTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  static Stream<Arguments> enginesAndChanges() {
    return Stream.of(TestEngine.values())
        .flatMap(
            engine ->
                Stream.of(
                    Arguments.of(engine, "Europe/London", "2026-10-25T01:00:00Z"),
                    Arguments.of(engine, "Europe/London", "2026-03-29T01:00:00Z"),
                    Arguments.of(engine, "America/New_York", "2026-11-01T06:00:00Z"),
                    Arguments.of(engine, "Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
                    Arguments.of(engine, "Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
                    Arguments.of(engine, "Pacific/Chatham", "2026-04-04T14:00:00Z")));
  }

  /** Whatever the pages, each row is read once, in the order of instants, at its own instant. */
  @ParameterizedTest
  @MethodSource("enginesAndChanges")
  void readAfter_aroundAChangeOfTheClocks_givesEveryRowOnceAndInOrder(
      TestEngine engine, ZoneId zone, Instant change) throws Exception {
    WallClock wall = new WallClock(zone);
    String url = engine.freshDatabase();
    TreeSet<LocalDateTime> shown = new TreeSet<>();
    for (int minutes = -150; minutes <= 150; minutes += 10) {
      shown.add(LocalDateTime.ofInstant(change.plus(Duration.ofMinutes(minutes)), zone));
    }
    write(engine, url, shown);
    List<Position> expected = new ArrayList<>();
    for (LocalDateTime each : shown) {
      for (long node = 1; node <= 2; node++) {
        expected.add(key(first(each, zone), node));
      }
    }

    try (SourceDatabase source = new SourceDatabase(parsed(url), wall)) {
      for (int pageSize : new int[] {1, 3, 100}) {
        for (Paged paged :
            List.of(
                Paged.inOneGo(source, Tables.READING, pageSize),
                Paged.startedAnewAfterEachPage(source, Tables.READING, pageSize))) {
          assertThat(paged.unreadable).isEmpty();
          assertThat(paged.keys).as("pages of %d", pageSize).isEqualTo(expected);
        }
      }
      for (Position each : expected) {
        assertThat(source.holds(Tables.READING, each)).as("%s", each).isTrue();
      }
      for (int minutes = -90; minutes <= 90; minutes += 15) {
        Instant until = change.plus(Duration.ofMinutes(minutes));
        List<Position> upTo = expected.stream().filter(key -> !time(key).isAfter(until)).toList();
        assertThat(source.countAfter(Tables.READING, Optional.empty(), Optional.of(until)))
            .as("up to %s", until)
            .isEqualTo(upTo.size());
        assertThat(source.newest(Tables.READING, until).last())
            .isEqualTo(upTo.stream().reduce((some, last) -> last));
        assertThat(
                source.countAfter(
                    Tables.READING, Optional.of(key(until, Long.MAX_VALUE)), Optional.empty()))
            .as("behind %s", until)
            .isEqualTo(expected.size() - upTo.size());
      }
    }
  }

  /** What is compared of an hour are the rows of that hour of UTC, each once. */
  @ParameterizedTest
  @MethodSource("enginesAndChanges")
  void digests_aroundAChangeOfTheClocks_areThoseOfHoursOfUtc(
      TestEngine engine, ZoneId zone, Instant change) throws Exception {
    String url = engine.freshDatabase();
    TreeSet<LocalDateTime> shown = new TreeSet<>();
    TreeMap<Long, Long> expected = new TreeMap<>();
    for (int minutes = -1_500; minutes <= 1_500; minutes += 10) {
      LocalDateTime time = LocalDateTime.ofInstant(change.plus(Duration.ofMinutes(minutes)), zone);
      if (shown.add(time)) {
        expected.merge(Window.hourOf(first(time, zone)), 2L, Long::sum);
      }
    }
    write(engine, url, shown);
    Window days = Window.dayOf(change.minus(Duration.ofDays(2)));
    Window all = new Window(null, days.hour(), 4 * Window.DAY);

    try (SourceDatabase source = new SourceDatabase(parsed(url), new WallClock(zone))) {
      Map<Long, Long> byHour = new TreeMap<>();
      source
          .digests(Tables.READING, all, Grain.HOUR, Optional.empty())
          .forEach((window, digest) -> byHour.merge(window.hour(), digest.rows(), Long::sum));
      assertThat(byHour).isEqualTo(expected);
      for (Map.Entry<Long, Long> each : expected.entrySet()) {
        Window hour = new Window(null, each.getKey(), 1);
        assertThat(source.digests(Tables.READING, hour, Grain.WHOLE, Optional.empty()).values())
            .extracting(Digest::rows)
            .containsExactly(each.getValue());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAfter_ofTimesThatNeverWere_tellsThemByNameAndGoesOn(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    write(
        engine,
        url,
        Stream.of("2026-03-29T00:50", "2026-03-29T01:10", "2026-03-29T01:40", "2026-03-29T02:10")
            .map(LocalDateTime::parse)
            .toList());

    try (SourceDatabase source = new SourceDatabase(parsed(url), new WallClock(LONDON))) {
      for (int pageSize : new int[] {1, 2, 3, 100}) {
        Paged paged = Paged.inOneGo(source, Tables.READING, pageSize);
        assertThat(paged.keys)
            .containsExactly(
                key(Instant.parse("2026-03-29T00:50:00Z"), 1),
                key(Instant.parse("2026-03-29T00:50:00Z"), 2),
                key(Instant.parse("2026-03-29T01:10:00Z"), 1),
                key(Instant.parse("2026-03-29T01:10:00Z"), 2));
        assertThat(paged.unreadable)
            .hasSize(4)
            .extracting(Unreadable::reason)
            .allMatch(
                reason ->
                    reason.startsWith(
                        "time is a time that there never was in Europe/London, where clocks went"
                            + " from 2026-03-29T01:00 to 2026-03-29T02:00: 2026-03-29T01:"));
      }
    }
  }

  /** Columns that hold instants are not local, whatever the configuration says. */
  @ParameterizedTest
  @EnumSource
  void readAfter_ofTimesThatCarryTheirZone_leavesThemAsTheyAre(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    String type =
        switch (engine) {
          case SQLITE -> "DATETIME";
          case MARIADB -> "TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00'";
          case POSTGRESQL -> "TIMESTAMPTZ";
        };
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      String reading = engine.quoted("Reading");
      if (engine != TestEngine.SQLITE) {
        statement.execute(
            engine == TestEngine.MARIADB ? "SET time_zone = '+02:00'" : "SET TIME ZONE '-02:00'");
      }
      statement.execute(
          "CREATE TABLE %s (time %s, %s INTEGER, type INTEGER, value FLOAT)"
              .formatted(reading, type, engine.quoted("nodeId")));
      List<String> times =
          engine == TestEngine.SQLITE
              ? List.of(
                  "'2026-07-01T10:00:00Z'",
                  "'2026-07-01T10:10:00.5Z'",
                  "'2026-07-01T10:20:00+00:00'")
              : engine == TestEngine.MARIADB
                  ? List.of(
                      "'2026-07-01 12:00:00'", "'2026-07-01 12:10:00'", "'2026-07-01 12:20:00'")
                  : List.of(
                      "'2026-07-01 10:00:00Z'",
                      "'2026-07-01 12:10:00+02'",
                      "'2026-07-01 05:20:00-05'");
      for (String time : times) {
        statement.execute("INSERT INTO %s VALUES (%s, 1, 0, 1.5)".formatted(reading, time));
      }
    }

    try (SourceDatabase source = new SourceDatabase(parsed(url), new WallClock(LONDON))) {
      for (int pageSize : new int[] {1, 2, 100}) {
        Paged paged = Paged.startedAnewAfterEachPage(source, Tables.READING, pageSize);
        assertThat(paged.unreadable).isEmpty();
        assertThat(paged.keys)
            .extracting(key -> time(key).toString().substring(0, 16))
            .containsExactly("2026-07-01T10:00", "2026-07-01T10:10", "2026-07-01T10:20");
      }
      assertThat(
              source.countAfter(
                  Tables.READING,
                  Optional.empty(),
                  Optional.of(Instant.parse("2026-07-01T10:15:00Z"))))
          .isEqualTo(2);
    }
  }

  /** Two loggers, of which one knows better. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.INCLUDE, names = "SQLITE")
  void readAstray_whereOneLoggerWritesUtcAndOneLocalTimes_findsWhatTheCursorPasses(
      TestEngine engine) throws Exception {
    for (ZoneId zone : List.of(LONDON, ZoneId.of("America/New_York"))) {
      String url = engine.freshDatabase();
      Instant start = Instant.parse("2026-07-01T10:00:00Z");
      try (Connection connection = TestEngine.connect(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE Reading (time DATETIME, nodeId INTEGER, type INTEGER, value FLOAT)");
        for (int minutes = 0; minutes < 600; minutes += 10) {
          Instant at = start.plus(Duration.ofMinutes(minutes));
          String local = TEXT.format(LocalDateTime.ofInstant(at, zone));
          statement.execute("INSERT INTO Reading VALUES ('%s', 1, 0, 1.5)".formatted(local));
          statement.execute("INSERT INTO Reading VALUES ('%s', 2, 0, 1.5)".formatted(at));
        }
      }
      try (SourceDatabase source = new SourceDatabase(parsed(url), new WallClock(zone))) {
        Position live = key(start.plus(Duration.ofHours(5)), 1);

        TreeSet<Position> found = new TreeSet<>();
        Page behind = source.readAfter(Tables.READING, Optional.of(live), Optional.empty(), 1_000);
        Page astray =
            source.readAstray(
                Tables.READING, Optional.of(live), start.plus(Duration.ofDays(1)), 0, 1_000);
        for (Page page : List.of(behind, astray)) {
          for (int row = 0; row < page.rows().size(); row++) {
            found.add(page.rows().keyAt(row));
          }
        }

        for (int minutes = 310; minutes < 600; minutes += 10) {
          Instant at = start.plus(Duration.ofMinutes(minutes));
          assertThat(found).as("%s", zone).contains(key(at, 1), key(at, 2));
        }
      }
    }
  }

  private static Instant first(LocalDateTime shown, ZoneId zone) {
    return shown.toInstant(zone.getRules().getValidOffsets(shown).get(0));
  }

  private static Position key(Instant time, long node) {
    return Position.of(time, node, node == Long.MAX_VALUE ? node : 0L);
  }

  private static Instant time(Position key) {
    return (Instant) key.key().get(0);
  }

  /** A reading of two nodes each, in no order. */
  private static void write(TestEngine engine, String url, Iterable<LocalDateTime> shown)
      throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (time %s NOT NULL, %s INTEGER NOT NULL, type INTEGER NOT NULL,"
                  .formatted(
                      engine.quoted("Reading"),
                      engine == TestEngine.POSTGRESQL ? "TIMESTAMP" : "DATETIME",
                      engine.quoted("nodeId"))
              + " value FLOAT, PRIMARY KEY (time, %s, type))".formatted(engine.quoted("nodeId")));
      List<Object[]> rows = new ArrayList<>();
      for (LocalDateTime each : shown) {
        Object time = engine == TestEngine.SQLITE ? TEXT.format(each) : each;
        rows.add(new Object[] {time, 1});
        rows.add(new Object[] {time, 2});
      }
      Collections.shuffle(rows, new Random(1));
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO %s VALUES (?, ?, 0, 1.5)".formatted(engine.quoted("Reading")))) {
        for (Object[] row : rows) {
          insert.setObject(1, row[0]);
          insert.setObject(2, row[1]);
          insert.executeUpdate();
        }
      }
    }
  }

  private static DatabaseUrl parsed(String url) {
    return DatabaseUrl.parse(url, Path.of("/"));
  }
}
