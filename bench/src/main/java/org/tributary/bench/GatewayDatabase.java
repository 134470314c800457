package org.tributary.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.StoreException;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** A gateway's database filled with the real readings, over and over at later times. */
final class GatewayDatabase {

  private static final long ID = 1;
  private static final int ROWS_AT_ONCE = 50_000;
  // Temperature, humidity, temperature ADC 0, CO2, air quality, battery voltage.
  private static final long[] TYPES = {0, 2, 41, 8, 9, 6};

  private GatewayDatabase() {}

  /**
   * Fills a fresh database with readings and node states.
   *
   * @param readings how many at least
   * @return how many readings there are
   */
  static long fill(DatabaseUrl url, List<RealReadings.Sample> samples, long readings)
      throws StoreException {
    return fill(url, samples, readings, true);
  }

  /** Fills a fresh database with readings alone. */
  static long fillWithReadings(DatabaseUrl url, List<RealReadings.Sample> samples, long readings)
      throws StoreException {
    return fill(url, samples, readings, false);
  }

  private static long fill(
      DatabaseUrl url, List<RealReadings.Sample> samples, long readings, boolean withStates)
      throws StoreException {
    try (Database database = Database.open(url, Access.WRITE)) {
      Schema.upgrade(database);
      database.write(
          connection -> {
            writeHouse(connection, database);
            return true;
          });
      long span = samples.get(samples.size() - 1).micros() - samples.get(0).micros() + 60_000_000L;
      long rounds =
          Math.max(
              1,
              (readings + (long) samples.size() * TYPES.length - 1)
                  / ((long) samples.size() * TYPES.length));
      long stored = 0;
      for (long round = 0; round < rounds; round++) {
        long shift = round * span;
        stored +=
            database.write(
                connection -> writeRound(connection, database, samples, shift, withStates));
      }
      return stored;
    }
  }

  /** The house in which all of it was measured, and its nodes. */
  static void writeHouse(Connection connection, Database database) throws SQLException {
    insert(connection, database, Tables.DEPLOYMENT, ID, "Benchmark", null, null, null);
    insert(connection, database, Tables.HOUSE, ID, ID, "1 Bench Street", null, null);
    insert(connection, database, Tables.LOCATION, ID, ID, 4L);
    database
        .engine()
        .resumeIds(
            connection,
            List.of(Tables.DEPLOYMENT.name(), Tables.HOUSE.name(), Tables.LOCATION.name()));
    for (int node : RealReadings.NODES) {
      insert(connection, database, Tables.NODE, (long) node, ID, 0L);
    }
  }

  private static long writeRound(
      Connection connection,
      Database database,
      List<RealReadings.Sample> samples,
      long shift,
      boolean withStates)
      throws SQLException {
    TableWriter readings = new TableWriter(database.engine(), Tables.READING);
    TableWriter states = new TableWriter(database.engine(), Tables.NODE_STATE);
    long stored = 0;
    for (int from = 0; from < samples.size(); from += ROWS_AT_ONCE / TYPES.length) {
      int to = Math.min(samples.size(), from + ROWS_AT_ONCE / TYPES.length);
      Rows.Builder values =
          new Rows.Builder(Tables.READING, Tables.READING.columns(), ROWS_AT_ONCE);
      Rows.Builder radio =
          new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), ROWS_AT_ONCE);
      for (RealReadings.Sample sample : samples.subList(from, to)) {
        for (int i = 0; i < TYPES.length; i++) {
          values.addLong(0, sample.micros() + shift);
          values.addLong(1, sample.node());
          values.addLong(2, TYPES[i]);
          values.addLong(3, ID);
          values.addReal(4, sample.values().get(i));
          values.endRow();
        }
        radio.addLong(0, sample.micros() + shift);
        radio.addLong(1, sample.node());
        radio.addLong(2, sample.parent());
        radio.addNull(3);
        radio.addLong(4, sample.sequence());
        radio.addLong(5, sample.rssi());
        radio.endRow();
      }
      stored += readings.insertNew(connection, values.build());
      if (withStates) {
        states.insertNew(connection, radio.build());
      }
    }
    return stored;
  }

  private static void insert(
      Connection connection, Database database, Table table, @Nullable Object... row)
      throws SQLException {
    Rows rows = new Rows.Builder(table, table.travelling(), 1).row(row).build();
    new TableWriter(database.engine(), table).insertNew(connection, rows);
  }
}
