package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.OriginalHouse;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;

/** Databases as existing gateways have them are read as they are, every row once. */
class OriginalSourceTest {

  private static final int SAMPLES = 3_000;
  private static final Instant NOON = Instant.parse("2015-08-03T12:00:00Z");
  private static final Map<TestEngine, String> HOUSES = new EnumMap<>(TestEngine.class);

  @ParameterizedTest
  @EnumSource
  void readAfter_givesEveryReadingAndNodeStateOnce(TestEngine engine) throws Exception {
    String url = house(engine);
    try (SourceDatabase source = source(url)) {
      for (int pageSize : new int[] {100, 997, 10_000}) {
        for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
          Paged paged = Paged.startedAnewAfterEachPage(source, table, pageSize);

          assertThat(paged.unreadable).isEmpty();
          assertThat(paged.keys).isSorted().doesNotHaveDuplicates();
          assertThat((long) paged.keys.size()).isEqualTo(count(url, engine, table));
        }
      }
    }
  }

  /** F1, F3, F4: rows of one instant, of the next second, and of less than a second apart. */
  @ParameterizedTest
  @EnumSource
  void readAfter_inSmallPagesOverEqualTimes_givesEveryRowOnce(TestEngine engine) throws Exception {
    String url = withNodes(engine);
    List<Object[]> readings = new ArrayList<>();
    List<Object[]> states = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Instant time = engine.kept(NOON.plusMillis(500L * (i / 25)).plusSeconds(i / 40));
      readings.add(new Object[] {time, 1 + i / 40 + i % 2, i % 25, 1.0});
      states.add(new Object[] {time, 1 + i % 2, i, i});
    }
    insert(url, engine, "Reading", List.of("time", "nodeId", "type", "value"), readings);
    insert(url, engine, "NodeState", List.of("time", "nodeId", "seq_num", "rssi"), states);

    try (SourceDatabase source = source(url)) {
      for (int pageSize : new int[] {1, 2, 3, 7}) {
        for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
          Paged paged = Paged.startedAnewAfterEachPage(source, table, pageSize);

          assertThat(paged.keys).isSorted().doesNotHaveDuplicates();
          assertThat((long) paged.keys.size()).isEqualTo(count(url, engine, table));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAfter_readsANumberAsTheOneThatWasWritten(TestEngine engine) throws Exception {
    String url = withNodes(engine);
    double[] values = {32.14, 0.1, 21.5, -40.4, 0.0, 3.3e-5, 1.4567e38, 1234567.0, 412.75};
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      rows.add(new Object[] {NOON, 1, i, values[i]});
    }
    insert(url, engine, "Reading", List.of("time", "nodeId", "type", "value"), rows);

    try (SourceDatabase source = source(url)) {
      Rows read = source.readAfter(Tables.READING, Optional.empty(), Optional.empty(), 100).rows();

      for (int i = 0; i < values.length; i++) {
        assertThat(read.value("value", i)).isEqualTo(values[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAfter_readsTimesAsTheyStand(TestEngine engine) throws Exception {
    String url = withNodes(engine);
    List<Instant> times = new ArrayList<>();
    for (String text :
        List.of(
            "1000-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "2015-03-29T01:30:00Z",
            "2015-08-03T08:40:39.890Z",
            "2036-02-07T06:28:16Z",
            "9999-12-31T23:59:59Z")) {
      times.add(engine.kept(Instant.parse(text)));
    }
    insert(
        url,
        engine,
        "Reading",
        List.of("time", "nodeId", "type", "value"),
        times.stream().map(time -> new Object[] {time, 1, 0, null}).toList());

    try (SourceDatabase source = source(url)) {
      assertThat(Paged.startedAnewAfterEachPage(source, Tables.READING, 1).keys)
          .extracting(key -> key.key().get(0))
          .isEqualTo(times);
      Rows until =
          source.readAfter(Tables.READING, Optional.empty(), Optional.of(times.get(3)), 100).rows();
      assertThat(until.size()).isEqualTo(4);
      assertThat(source.countAfter(Tables.READING, Optional.of(Position.of(times.get(1), 1L, 0L))))
          .isEqualTo(4);
      assertThat(source.newest(Tables.READING, times.get(3)).last())
          .contains(Position.of(times.get(3), 1L, 0L));
      Optional<Position> first = Optional.of(Position.of(times.get(0), 1L, 0L));
      assertThat(source.hasMore(Tables.READING, first, times.get(3), 2)).isTrue();
      assertThat(source.hasMore(Tables.READING, first, times.get(3), 3)).isFalse();
    }
  }

  /** Databases that were migrated have no keys, and NodeState of revision 8 may lack seq_num. */
  @ParameterizedTest
  @EnumSource
  void readAfter_withoutAnyKey_givesEveryRowOnce(TestEngine engine) throws Exception {
    String url = withNodes(engine);
    List<Object[]> readings = new ArrayList<>();
    List<Object[]> states = new ArrayList<>();
    for (int i = 0; i < 35; i++) {
      Instant time = engine.kept(NOON.plusSeconds(i / 20));
      readings.add(new Object[] {time, 1, i % 9 == 0 ? null : 0, 1.0 * i});
      states.add(new Object[] {time, i % 7 == 0 ? null : 1, i % 3 == 0 ? i : null, i});
    }
    for (String table : List.of("Reading", "NodeState")) {
      execute(
          url,
          "CREATE TABLE %s AS SELECT * FROM %s"
              .formatted(engine.quoted("Copy"), engine.quoted(table)));
      execute(url, "DROP TABLE " + engine.quoted(table));
      execute(
          url,
          "ALTER TABLE %s RENAME TO %s".formatted(engine.quoted("Copy"), engine.quoted(table)));
    }
    if (engine == TestEngine.MARIADB) { // the copy has the original's constraints
      execute(url, "ALTER TABLE Reading MODIFY type INT NULL");
      execute(url, "ALTER TABLE NodeState MODIFY nodeId INT NULL, MODIFY seq_num INT NULL");
    }
    insert(url, engine, "Reading", List.of("time", "nodeId", "type", "value"), readings);
    insert(url, engine, "NodeState", List.of("time", "nodeId", "seq_num", "rssi"), states);

    try (SourceDatabase source = source(url)) {
      for (int pageSize : new int[] {1, 2, 7, 34}) {
        for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
          Paged paged = Paged.inOneGo(source, table, pageSize);

          assertThat(paged.rows).as("%s by %d", table, pageSize).doesNotHaveDuplicates();
          assertThat(paged.unreadable).extracting(Unreadable::row).doesNotHaveDuplicates();
          assertThat((long) paged.rows.size() + paged.unreadable.size())
              .as("%s by %d", table, pageSize)
              .isEqualTo(count(url, engine, table));
        }
      }
    }
  }

  /** In its old, lax mode MariaDB keeps dates that no calendar has. */
  @Test
  void readAfter_overADateThatIsNone_reportsItsRowAndReadsTheOthers() throws Exception {
    String url = withNodes(TestEngine.MARIADB);
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("SET sql_mode = ''");
      for (String time : List.of("2025-01-31", "2025-02-00", "0000-00-00", "2025-02-01")) {
        statement.execute("INSERT INTO Reading VALUES ('%s', 1, 0, NULL, 1)".formatted(time));
      }
    }

    try (SourceDatabase source = source(url)) {
      for (int pageSize : new int[] {1, 2, 3}) {
        Paged paged = Paged.inOneGo(source, Tables.READING, pageSize);

        assertThat(paged.keys).hasSize(2);
        assertThat(paged.unreadable).hasSize(2);
        assertThat(paged.unreadable).allMatch(row -> row.reason().startsWith("time "));
      }
    }
  }

  /** PostgreSQL has a type for instants, and a session has a time zone: ours is none of them. */
  @Test
  void readAfter_overTimesWithAZone_readsThemAsInstants() throws Exception {
    String url = withNodes(TestEngine.POSTGRESQL);
    execute(url, "ALTER TABLE \"Reading\" ALTER COLUMN \"time\" TYPE timestamptz");
    List<String> times = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant time = NOON.plusSeconds(1_800L * i);
      times.add(time.toString());
      execute(url, "INSERT INTO \"Reading\" VALUES ('%s', 1, 0, NULL, 1)".formatted(time));
    }
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try (SourceDatabase source = source(url)) {
      assertThat(Paged.startedAnewAfterEachPage(source, Tables.READING, 1).keys)
          .extracting(key -> key.key().get(0).toString())
          .isEqualTo(times);
      assertThat(
              source
                  .readAfter(Tables.READING, Optional.empty(), Optional.of(NOON), 100)
                  .rows()
                  .size())
          .isEqualTo(1);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAll_givesEveryRowOfATable(TestEngine engine) throws Exception {
    String url = house(engine);
    try (SourceDatabase source = source(url)) {
      for (Table table : Tables.ALL) {
        if (!table.isSeries()) {
          Page page = source.readAll(table);
          assertThat(page.unreadable()).isEmpty();
          assertThat((long) page.rows().size()).isEqualTo(count(url, engine, table));
        }
      }
      Rows houses = source.readAll(Tables.HOUSE).rows();
      assertThat(houses.value("address", 1)).isEqualTo("Mühlenhaus, 14 Orchard Lane");
      assertThat(houses.value("endDate", 1)).isNull();
      assertThat(houses.value("endDate", 0)).isEqualTo(Instant.parse("2016-07-31T00:00:00Z"));
      Rows sensors = source.readAll(Tables.SENSOR).rows();
      assertThat(sensors.value("calibrationSlope", 9)).isEqualTo(1.06);
      assertThat(sensors.value("calibrationOffset", 10)).isNull();
      assertThat(source.readAll(Tables.NODE_TYPE).rows().value("blink", 0)).isEqualTo(false);
      assertThat(source.missing()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAfter_answersAPageFromTheIndexWithoutSorting(TestEngine engine) throws Exception {
    String url = house(engine);
    analyze(url, engine);
    try (Database database = Database.open(url(url), Access.READ_ONLY)) {
      for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
        assertFromIndex(database, engine, table);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void readAfter_overOurOwnSchema_answersAPageFromTheIndex(TestEngine engine) throws Exception {
    try (Database ours = OurDatabases.fresh(engine);
        SourceDatabase source = source(house(engine))) {
      Rows nodes = without(source.readAll(Tables.NODE).rows(), Tables.NODE);
      ours.write(c -> new TableWriter(ours.engine(), Tables.NODE).upsert(c, nodes));
      for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
        Rows rows =
            without(
                source.readAfter(table, Optional.empty(), Optional.empty(), 20_000).rows(), table);
        ours.write(c -> new TableWriter(ours.engine(), table).upsert(c, rows));
      }
      try (Connection connection = ours.engine().connect(ours.url(), Access.WRITE);
          Statement statement = connection.createStatement()) {
        for (String table : List.of("Reading", "NodeState")) {
          statement.execute(analyzeSql(engine, table));
        }
      }
      for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
        assertFromIndex(ours, engine, table);
      }
    }
  }

  /** Rows without the references that our own tables would check. */
  private static Rows without(Rows rows, Table table) {
    Rows.Builder free = new Rows.Builder(table, table.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < table.columns().size(); i++) {
        String column = table.columns().get(i).name();
        free.add(i, column.equals("locationId") ? null : rows.value(column, row));
      }
      free.endRow();
    }
    return free.build();
  }

  private static void assertFromIndex(Database database, TestEngine engine, Table table)
      throws IOException {
    SourceTable actual = database.reflect().table(table.name()).orElseThrow();
    TableReader reader = new TableReader(database.engine(), table, actual, true);
    String plan =
        database.read(
            connection -> {
              Page page = reader.after(connection, Optional.empty(), Optional.empty(), 3_000);
              Position cursor = page.last().orElseThrow();
              return plan(connection, engine, reader.pageSql(connection, cursor), cursor);
            });

    switch (engine) {
      case SQLITE ->
          assertThat(plan).contains("SEARCH", "time>?").doesNotContain("SCAN", "TEMP B-TREE");
      case MARIADB -> assertThat(plan).contains("range", "PRIMARY").doesNotContain("filesort");
      case POSTGRESQL ->
          assertThat(plan)
              .contains("Index Scan using", "Index Cond: (\"time\" >=")
              .doesNotContain("Seq Scan", "Sort");
    }
  }

  private static String plan(
      Connection connection, TestEngine engine, String pageSql, Position cursor)
      throws SQLException {
    String explain = engine == TestEngine.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
    try (PreparedStatement select = connection.prepareStatement(explain + pageSql)) {
      // time >= ? AND (time NOT IN (?) OR (b > ? OR b = ? AND c > ?))
      Instant time = (Instant) cursor.key().get(0);
      Object spelled =
          engine == TestEngine.SQLITE
              ? SqliteTime.write(time.toEpochMilli() * 1_000)
              : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
      Object[] values = {
        spelled, spelled, cursor.key().get(1), cursor.key().get(1), cursor.key().get(2)
      };
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            plan.append(rows.getString(i)).append(' ');
          }
        }
      }
      return plan.toString();
    }
  }

  private static synchronized String house(TestEngine engine) throws SQLException {
    String known = HOUSES.get(engine);
    if (known != null) {
      return known;
    }
    String url = schema(engine);
    try (Connection connection = TestEngine.connect(url)) {
      OriginalHouse.load(connection, engine, SAMPLES);
    }
    HOUSES.put(engine, url);
    return url;
  }

  private static String schema(TestEngine engine) throws SQLException {
    String url = engine.freshDatabase();
    try (Connection connection = TestEngine.connect(url)) {
      OriginalSchema.create(connection, engine);
    }
    return url;
  }

  private static String withNodes(TestEngine engine) throws SQLException {
    String url = schema(engine);
    execute(url, "INSERT INTO %s (id) VALUES (1), (2), (3)".formatted(engine.quoted("Node")));
    return url;
  }

  private static void analyze(String url, TestEngine engine) throws SQLException {
    execute(url, analyzeSql(engine, "Reading"));
    execute(url, analyzeSql(engine, "NodeState"));
  }

  private static String analyzeSql(TestEngine engine, String table) {
    return (engine == TestEngine.MARIADB ? "ANALYZE TABLE " : "ANALYZE ") + engine.quoted(table);
  }

  private static void insert(
      String url, TestEngine engine, String table, List<String> columns, List<Object[]> rows)
      throws SQLException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                engine.quoted(table),
                String.join(", ", columns.stream().map(engine::quoted).toList()),
                String.join(", ", columns.stream().map(column -> "?").toList()));
    try (Connection connection = TestEngine.connect(url);
        PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          Object value = row[i];
          if (value instanceof Instant time) {
            value = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
            value = engine == TestEngine.SQLITE ? SqliteTime.write(micros(time)) : value;
          }
          insert.setObject(i + 1, value);
        }
        insert.executeUpdate();
      }
    }
  }

  private static long micros(Instant time) {
    return JdbcCells.micros(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  private static long count(String url, TestEngine engine, Table table) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT COUNT(*) FROM " + engine.quoted(table.name()))) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SourceDatabase source(String url) {
    return new SourceDatabase(url(url));
  }

  private static DatabaseUrl url(String url) {
    return DatabaseUrl.parse(url, Path.of("/"));
  }
}
