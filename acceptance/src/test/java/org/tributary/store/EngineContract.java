package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Column;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** What every engine has to do alike: its run of this is a class of a few lines. */
abstract class EngineContract {

  private static final Instant NOON = Instant.parse("2016-02-29T12:00:00Z");

  private final TestEngine engine;
  private Database database;

  EngineContract(TestEngine engine) {
    this.engine = engine;
  }

  /** Whether doubles that are no numbers come back as they went in, which engines differ in. */
  abstract boolean holds(double value);

  @BeforeEach
  void openDatabase() throws IOException {
    database = OurDatabases.shared(engine);
    upsert(Tables.NODE, row(1, null, null), row(2, null, null), row(3, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        0.1,
        32.14,
        -40.0,
        1234567.0,
        16777217.0,
        1e15 + 0.3,
        1e38,
        -1e308,
        Double.MAX_VALUE,
        Double.MIN_NORMAL,
        Double.MIN_VALUE,
        4.9407E-320,
        1.0 / 3
      })
  void read_givesBackTheVeryBitsOfANumber(double value) throws IOException {
    upsert(Tables.READING, row(NOON, 1, 0, null, value));

    assertThat(bits(read(Tables.READING).realAt(4, 0))).isEqualTo(bits(value));
  }

  @Test
  void read_ofNegativeZero_givesZero() throws IOException {
    upsert(Tables.READING, row(NOON, 1, 0, null, -0.0));

    assertThat(bits(read(Tables.READING).realAt(4, 0))).isEqualTo(bits(0.0));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE})
  void holds_saysWhetherADoubleComesBack(double value) throws IOException {
    boolean held = database.engine().holds(value);

    assertThat(held).isEqualTo(holds(value));
    if (held) {
      upsert(Tables.READING, row(NOON, 1, 0, null, value));
      assertThat(bits(read(Tables.READING).realAt(4, 0))).isEqualTo(bits(value));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "2016-02-29T12:00:00.000001Z",
        "2016-02-29T12:00:00.1Z",
        "2016-03-27T01:30:00Z",
        "2016-10-30T01:30:00Z",
        "2038-01-19T03:14:08.123456Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void read_givesBackATimeToTheMicrosecond(String text) throws IOException {
    Instant time = Instant.parse(text);
    upsert(Tables.READING, row(time, 1, 0, null, 1.0));

    assertThat(read(Tables.READING).value("time", 0)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " leading and trailing ",
        "Mühlenhaus, 14 Orchard Lane",
        "O'Brien's \"house\" `x` \\ % _ ; -- /* */",
        "線路沿い 🏠👩‍👩‍👧 e\u0301",
        "line\nbreak\ttab\r",
        "null"
      })
  void read_givesBackTextLetterByLetter(String text) throws IOException {
    insert(Tables.DEPLOYMENT, row(1, text, null, null, null));

    assertThat(read(Tables.DEPLOYMENT).value("name", 0)).isEqualTo(text);
  }

  @Test
  void read_givesBackTheLongestText() throws IOException {
    String longest = "🏠".repeat(255);
    insert(Tables.DEPLOYMENT, row(1, longest, null, null, null));

    assertThat(read(Tables.DEPLOYMENT).value("name", 0)).isEqualTo(longest);
  }

  @Test
  void read_givesBackNullsAndBooleans() throws IOException {
    upsert(
        Tables.NODE_TYPE,
        row(901, "a", null, null, 7, null, true, null),
        row(902, null, NOON, -1, null, 0, false, ""),
        row(903, null, null, null, null, null, null, null));

    Rows rows = read(Tables.NODE_TYPE);
    int last = rows.size();
    assertThat(rows.row(last - 3).values())
        .containsExactly(901L, "a", null, null, 7L, null, true, null);
    assertThat(rows.row(last - 2).values())
        .containsExactly(902L, null, NOON, -1L, null, 0L, false, "");
    assertThat(rows.row(last - 1).values())
        .containsExactly(903L, null, null, null, null, null, null, null);
  }

  @Test
  void upsert_countsNewChangedAndUnchangedRows() throws IOException {
    Object[] first = row(NOON, 1, 0, null, 1.0);
    Object[] second = row(NOON, 1, 1, null, null);

    assertThat(upsert(Tables.READING, first, second)).isEqualTo(new Stored(2, 0, 0));
    assertThat(upsert(Tables.READING, first, second)).isEqualTo(new Stored(0, 0, 2));
    assertThat(
            upsert(
                Tables.READING,
                first,
                row(NOON, 1, 1, null, 7.0),
                row(NOON, 2, 0, null, 3.0),
                row(NOON.plusNanos(1_000), 1, 0, null, 1.0)))
        .isEqualTo(new Stored(2, 1, 1));
    assertThat(upsert(Tables.READING, row(NOON, 1, 0, null, null))).isEqualTo(new Stored(0, 1, 0));
    assertThat(read(Tables.READING).isNull(4, 0)).isTrue();
  }

  @Test
  void upsert_ofTwoRowsWithOneKey_keepsTheLater() throws IOException {
    Stored stored =
        upsert(
            Tables.READING,
            row(NOON, 1, 0, null, 1.0),
            row(NOON, 2, 0, null, 5.0),
            row(NOON, 1, 0, null, 2.0));

    assertThat(stored).isEqualTo(new Stored(2, 1, 0));
    assertThat(read(Tables.READING).realAt(4, 0)).isEqualTo(2.0);
  }

  @Test
  void upsert_ofMoreRowsThanOneStatementTakes_countsThemAll() throws IOException {
    int count = 2 * database.engine().rowsPerInsert() + 7;
    Object[][] rows =
        IntStream.range(0, count)
            .mapToObj(i -> row(NOON.plusSeconds(i), 1 + i % 3, i % 5, null, i / 10.0))
            .toArray(Object[][]::new);
    upsert(
        Tables.READING,
        rows[3],
        rows[count - 1],
        row(rows[7][0], rows[7][1], rows[7][2], null, -1.0));

    assertThat(upsert(Tables.READING, rows)).isEqualTo(new Stored(count - 3, 1, 2));
    assertThat(upsert(Tables.READING, rows)).isEqualTo(new Stored(0, 0, count));
    assertThat(read(Tables.READING).size()).isEqualTo(count);
  }

  @Test
  void insertNew_leavesAKnownRowAlone() throws IOException {
    upsert(Tables.READING, row(NOON, 1, 0, null, 1.0));

    int inserted =
        database.write(
            connection ->
                new TableWriter(database.engine(), Tables.READING)
                    .insertNew(
                        connection,
                        rows(
                            Tables.READING,
                            row(NOON, 1, 0, null, 2.0),
                            row(NOON, 3, 0, null, 3.0))));

    assertThat(inserted).isEqualTo(1);
    assertThat(read(Tables.READING).realAt(4, 0)).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void after_givesEveryReadingOnceAndInOrder(int pageSize) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(row(NOON.plusMillis(250L * (i / 15)), 1 + i % 3, i / 3 % 5, null, (double) i));
    }
    Collections.shuffle(rows, new Random(pageSize));
    upsert(Tables.READING, rows.toArray(Object[][]::new));

    assertThat(paged(Tables.READING, pageSize)).isEqualTo(keys(read(Tables.READING))).hasSize(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void after_givesEveryNodeStateOnceAndInOrder(int pageSize) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(row(NOON.plusSeconds(i / 20), 1 + i % 2, 5, 86_400_000_000L * i, i / 2 % 10, -i));
    }
    upsert(Tables.NODE_STATE, rows.toArray(Object[][]::new));

    assertThat(paged(Tables.NODE_STATE, pageSize))
        .isEqualTo(keys(read(Tables.NODE_STATE)))
        .hasSize(50);
  }

  @Test
  void write_byManyAtOnce_losesNothing() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Stored>> work = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Object[][] rows = new Object[20][];
        for (int j = 0; j < rows.length; j++) {
          rows[j] = row(NOON.plusSeconds(10L * i + j), 1, 0, null, (double) i);
        }
        work.add(() -> upsert(Tables.READING, rows));
      }
      for (Future<Stored> done : writers.invokeAll(work)) {
        done.get();
      }
    } finally {
      writers.shutdown();
    }

    assertThat(read(Tables.READING).size()).isEqualTo(10 * 23 + 20);
  }

  @Test
  void write_thatFails_leavesNothing() throws IOException {
    try {
      database.write(
          connection -> {
            upsertIn(connection, Tables.READING, row(NOON, 1, 0, null, 1.0));
            throw new SQLException("no more");
          });
    } catch (StoreException e) {
      assertThat(e.trouble()).isEqualTo(Trouble.OTHER);
    }

    assertThat(read(Tables.READING).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"77, 0, ", "1, 877, ", "1, 0, 77"})
  void insert_ofAReadingThatRefersToNothing_isRefused(long node, long type, @Nullable Long location)
      throws IOException {
    Object[] orphan = row(NOON, node, type, location, 2.0);

    assertRefused(() -> upsert(Tables.READING, row(NOON, 1, 0, null, 1.0), orphan));

    assertThat(read(Tables.READING).isEmpty()).isTrue();
  }

  @Test
  void insert_ofANodeStateThatRefersToNothing_isRefused() {
    assertRefused(() -> upsert(Tables.NODE_STATE, row(NOON, 77, null, null, 1, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "UPDATE @Reading@ SET @nodeId@ = 77",
    "UPDATE @Reading@ SET @type@ = 877",
    "UPDATE @Reading@ SET @locationId@ = 77",
    "UPDATE @NodeState@ SET @nodeId@ = 77",
    "DELETE FROM @Node@ WHERE @id@ = 1",
    "DELETE FROM @Node@ WHERE @id@ = 2",
    "DELETE FROM @SensorType@ WHERE @id@ = 0",
    "DELETE FROM @Location@",
    "UPDATE @Node@ SET @id@ = 77 WHERE @id@ = 1",
    "UPDATE @Location@ SET @id@ = 77"
  })
  void change_thatLeavesAReadingOrNodeStateWithoutWhatItRefersTo_isRefused(String sql)
      throws IOException {
    upsert(Tables.LOCATION, row(5, null, null));
    upsert(Tables.READING, row(NOON, 1, 0, 5, 1.0));
    upsert(Tables.NODE_STATE, row(NOON, 2, null, null, 1, null));

    assertRefused(() -> execute(sql));

    execute("UPDATE @Reading@ SET @value@ = 2.0");
    execute("DELETE FROM @Node@ WHERE @id@ = 3");
    assertThat(read(Tables.READING).row(0).values()).containsExactly(NOON, 1L, 0L, 5L, 2.0);
  }

  @Test
  void update_setsOnlyTheColumnsGiven() throws IOException {
    long id = insert(Tables.DEPLOYMENT, row(7, "A", "before", NOON, null));

    database.write(
        connection ->
            new TableWriter(database.engine(), Tables.DEPLOYMENT)
                .update(
                    connection,
                    id,
                    Collections.singletonMap(Tables.DEPLOYMENT.require("description"), null)));

    assertThat(read(Tables.DEPLOYMENT).row(0).values()).containsExactly(7L, "A", null, NOON, null);
  }

  @Test
  void find_comparesLetterByLetter() throws IOException {
    insert(Tables.DEPLOYMENT, row(1, "Orchard", null, null, null));
    insert(Tables.DEPLOYMENT, row(2, "orchard", null, null, null));
    insert(Tables.DEPLOYMENT, row(3, "Orchard ", null, null, null));
    insert(Tables.DEPLOYMENT, row(4, "Örchard", null, null, null));
    insert(Tables.DEPLOYMENT, row(5, null, null, null, null));

    assertThat(found("Orchard")).containsExactly(1L);
    assertThat(found("Orchard ")).containsExactly(3L);
    assertThat(found(null)).containsExactly(5L);
    assertThat(found("Orch_rd")).isEmpty();
    assertThat(found("%")).isEmpty();
  }

  private static void assertRefused(ThrowableAssert.ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DATA));
  }

  private int execute(String sql) throws IOException {
    String quote = database.engine().quote("").substring(1);
    return database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql.replace("@", quote));
          }
        });
  }

  private List<Long> found(String name) throws IOException {
    return database.read(
        connection ->
            new TableWriter(database.engine(), Tables.DEPLOYMENT)
                .find(
                    connection, Collections.singletonMap(Tables.DEPLOYMENT.require("name"), name)));
  }

  private List<Position> paged(Table table, int pageSize) throws IOException {
    List<Position> keys = new ArrayList<>();
    Optional<Position> cursor = Optional.empty();
    boolean more = true;
    while (more) {
      Page page = page(table, cursor, pageSize);
      keys.addAll(keys(page.rows()));
      assertThat(keys).as("no end").hasSizeLessThan(1_000);
      cursor = page.cursor();
      more = page.full();
    }
    return keys;
  }

  private Page page(Table table, Optional<Position> cursor, int rows) throws IOException {
    SourceTable actual = database.reflect().table(table.name()).orElseThrow();
    TableReader reader = new TableReader(database.engine(), table, actual, true);
    return database.read(
        connection ->
            table.isSeries()
                ? reader.after(connection, cursor, Optional.empty(), rows)
                : reader.all(connection));
  }

  private Rows read(Table table) throws IOException {
    Page page = page(table, Optional.empty(), 10_000);
    assertThat(page.unreadable()).isEmpty();
    return page.rows();
  }

  private static List<Position> keys(Rows rows) {
    return IntStream.range(0, rows.size()).mapToObj(rows::keyAt).toList();
  }

  private long insert(Table table, Object[] row) throws IOException {
    return database.write(
        connection -> {
          Rows rows = rows(table, row);
          Map<Column, Object> values = new LinkedHashMap<>();
          rows.columns().forEach(column -> values.put(column, rows.value(column.name(), 0)));
          return new TableWriter(database.engine(), table).insert(connection, values);
        });
  }

  private Stored upsert(Table table, Object[]... rows) throws IOException {
    return database.write(connection -> upsertIn(connection, table, rows));
  }

  private Stored upsertIn(Connection connection, Table table, Object[]... rows)
      throws SQLException {
    return new TableWriter(database.engine(), table).upsert(connection, rows(table, rows));
  }

  private static Rows rows(Table table, Object[]... rows) {
    Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.length);
    for (Object[] row : rows) {
      builder.row(row);
    }
    return builder.build();
  }

  private static Object[] row(Object... cells) {
    return cells;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
