package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Batches that are large enough to go each engine's own bulk path. */
class BulkUpsertTest {

  private static final Instant NOON = Instant.parse("2016-02-29T12:00:00Z");
  private static final int MANY = 700;

  @ParameterizedTest
  @EnumSource
  void upsert_ofManyNewRows_storesTheirVeryBits(TestEngine engine) throws IOException {
    Database database = database(engine);
    double[] values = {0.1, -40.0, 1e38, -1e308, Double.MIN_VALUE, 1.0 / 3, 16777217.0};
    List<Object[]> readings = new ArrayList<>();
    List<Object[]> states = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Instant time = NOON.plusSeconds(i).plusNanos(1_000L * i);
      Object value = i % 8 == 7 ? null : values[i % 8];
      readings.add(row(time, 1 + i % 3, i % 5, i % 2 == 0 ? 5L : null, value));
      states.add(row(time, 1 + i % 3, null, 86_400_000_000L + i, -i, i % 4 == 0 ? null : i));
    }

    assertThat(upsert(database, Tables.READING, readings)).isEqualTo(new Stored(MANY, 0, 0));
    assertThat(upsert(database, Tables.NODE_STATE, states)).isEqualTo(new Stored(MANY, 0, 0));

    assertThat(read(database, Tables.READING)).isEqualTo(cells(Tables.READING, readings));
    assertThat(read(database, Tables.NODE_STATE)).isEqualTo(cells(Tables.NODE_STATE, states));
  }

  @ParameterizedTest
  @EnumSource
  void upsert_whoseFirstRowIsKnown_insertsTheOthersAndChangesWhatDiffers(TestEngine engine)
      throws IOException {
    Database database = database(engine);
    List<Object[]> rows = readings(MANY);
    upsert(database, Tables.READING, rows.subList(0, 200));
    List<Object[]> again = new ArrayList<>(rows);
    again.set(17, row(rows.get(17)[0], rows.get(17)[1], rows.get(17)[2], 5L, -1.0));
    again.set(18, row(rows.get(18)[0], rows.get(18)[1], rows.get(18)[2], 5L, null));
    // A new row twice: the later counts.
    again.add(row(rows.get(600)[0], rows.get(600)[1], rows.get(600)[2], 5L, 7.0));
    List<Object[]> before = new ArrayList<>();

    Stored stored =
        database.write(
            connection ->
                new TableWriter(database.engine(), Tables.READING)
                    .upsert(
                        connection,
                        rows(Tables.READING, again),
                        (there, row) -> before.add(there.row(row).values().toArray())));

    assertThat(stored).isEqualTo(new Stored(MANY - 200, 3, 198));
    assertThat(before).containsExactly(rows.get(17), rows.get(18), rows.get(600));
    assertThat(upsert(database, Tables.READING, again.subList(0, 600)))
        .isEqualTo(new Stored(0, 0, 600));
  }

  @ParameterizedTest
  @EnumSource
  void upsert_ofFewOfManyKnownRowsInAnyOrder_findsThemAll(TestEngine engine) throws IOException {
    Database database = database(engine);
    List<Object[]> rows = readings(4_000);
    upsert(database, Tables.READING, rows);
    List<Object[]> some =
        new ArrayList<>(IntStream.range(0, 400).mapToObj(i -> rows.get(10 * i)).toList());
    Collections.shuffle(some, new Random(1));

    assertThat(upsert(database, Tables.READING, some)).isEqualTo(new Stored(0, 0, 400));
  }

  @ParameterizedTest
  @EnumSource
  void upsert_ofManyRows_oneOfWhichRefersToNothing_isRefusedAndLeavesNothing(TestEngine engine)
      throws IOException {
    Database database = database(engine);
    List<Object[]> rows = readings(MANY);
    rows.set(650, row(rows.get(650)[0], 77L, rows.get(650)[2], 5L, 1.0));

    assertThatThrownBy(() -> upsert(database, Tables.READING, rows))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.DATA));

    assertThat(read(database, Tables.READING)).isEmpty();
    rows.remove(650);
    assertThat(upsert(database, Tables.READING, rows)).isEqualTo(new Stored(MANY - 1, 0, 0));
    // What rows refer to is looked after for single rows as before.
    assertThatThrownBy(
            () -> upsert(database, Tables.READING, List.<Object[]>of(row(NOON, 77L, 9L, 5L, 1.0))))
        .isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @EnumSource
  void upsert_ofManyRows_marksTheirDaysStale(TestEngine engine) throws IOException {
    Database database = database(engine);
    noteDigest(database);

    upsert(database, Tables.READING, readings(MANY));

    assertThat(staleDays(database)).isEqualTo(1);
  }

  private static Database database(TestEngine engine) throws IOException {
    Database database = OurDatabases.shared(engine);
    upsert(database, Tables.LOCATION, List.<Object[]>of(row(5L, null, null)));
    upsert(
        database,
        Tables.NODE,
        List.of(row(1L, null, null), row(2L, null, null), row(3L, null, null)));
    return database;
  }

  /** In the order of their key. */
  private static List<Object[]> readings(int count) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(NOON.plusSeconds(i / 6), 1L + i / 2 % 3, (long) (i % 2), 5L, i / 10.0));
    }
    return rows;
  }

  private static void noteDigest(Database database) throws IOException {
    String sql =
        """
        INSERT INTO tributary_digest
          (table_name, first_hour, node_id, column_set, place, row_count, row_sum, stale)
        VALUES ('Reading', ?, 2, 31, 5, 1, 1, ?)
        """;
    database.write(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, Math.floorDiv(NOON.getEpochSecond(), 86_400) * 24);
            insert.setBoolean(2, false);
            return insert.executeUpdate();
          }
        });
  }

  private static int staleDays(Database database) throws IOException {
    return database.read(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT COUNT(*) FROM tributary_digest WHERE stale");
              ResultSet found = select.executeQuery()) {
            found.next();
            return found.getInt(1);
          }
        });
  }

  private static Stored upsert(Database database, Table table, List<Object[]> rows)
      throws IOException {
    return database.write(connection -> upsert(connection, database, table, rows));
  }

  private static Stored upsert(
      Connection connection, Database database, Table table, List<Object[]> rows)
      throws SQLException {
    return new TableWriter(database.engine(), table).upsert(connection, rows(table, rows));
  }

  private static List<List<Object>> read(Database database, Table table) throws IOException {
    SourceTable actual = database.reflect().table(table.name()).orElseThrow();
    TableReader reader = new TableReader(database.engine(), table, actual, true);
    Page page =
        database.read(
            connection -> reader.after(connection, Optional.empty(), Optional.empty(), 10_000));
    assertThat(page.unreadable()).isEmpty();
    return cells(page.rows());
  }

  private static List<List<Object>> cells(Table table, List<Object[]> rows) {
    return cells(rows(table, rows));
  }

  private static List<List<Object>> cells(Rows rows) {
    List<List<Object>> cells = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      cells.add(new ArrayList<>(rows.row(row).values()));
    }
    return cells;
  }

  private static Rows rows(Table table, List<Object[]> rows) {
    Rows.Builder builder = new Rows.Builder(table, table.travelling(), rows.size());
    rows.forEach(builder::row);
    return builder.build();
  }

  private static Object[] row(Object... cells) {
    return cells;
  }
}
