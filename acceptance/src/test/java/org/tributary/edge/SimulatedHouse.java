package org.tributary.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.TableWriter;
import org.tributary.store.WallClock;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A gateway's database and all that a logger, an operator and fate do to it; it remembers each row
 * that ever stood in it. Not thread-safe.
 */
final class SimulatedHouse implements AutoCloseable {

  static final long[] NODES = {11, 12, 13};
  private static final long[] TYPES = {0, 2};

  private final DatabaseUrl url;
  private final Database database;
  private final Random random;
  private final Map<Table, Set<String>> everWritten = new HashMap<>();
  private long sequence;
  private List<Rows> backup = List.of();

  SimulatedHouse(TestEngine engine, Random random) throws IOException {
    this.url = DatabaseUrl.parse(engine.freshDatabase(), Path.of("/"));
    try (Database made = Database.open(url, Access.WRITE)) {
      Schema.upgrade(made);
    }
    this.database = Database.open(url, Access.WRITE);
    this.random = random;
    execute("INSERT INTO @Deployment@ (id, name) VALUES (501, 'Simulated')");
    execute("INSERT INTO @House@ (id, @deploymentId@, address) VALUES (601, 501, '1 Test Street')");
    execute("INSERT INTO @Location@ (id, @houseId@, @roomId@) VALUES (701, 601, 4), (702, 601, 8)");
    for (long node : NODES) {
      execute(
          "INSERT INTO @Node@ (id, @locationId@, @nodeTypeId@) VALUES (%d, %d, 0)"
              .formatted(node, 701 + node % 2));
    }
  }

  LocalDatabase open() {
    return new LocalDatabase(url, WallClock.UTC);
  }

  /** One sample of each node: readings and a node state. */
  void log(Instant time) throws IOException {
    for (long node : NODES) {
      log(time, node);
    }
  }

  private void log(Instant time, long node) throws IOException {
    Rows.Builder readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), 2);
    for (long type : TYPES) {
      readings.row(time, node, type, place(node), value());
    }
    add(readings.build());
    add(
        new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), 1)
            .row(time, node, 23L, 5L, sequence++ % 250, random.nextBoolean() ? null : -60L)
            .build());
  }

  /** A row of one node, whenever that was. */
  void logLate(Instant time) throws IOException {
    log(time, NODES[random.nextInt(NODES.length)]);
  }

  private Object place(long node) {
    return random.nextInt(20) == 0 ? null : (Object) (701 + node % 2);
  }

  private Object value() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> -0.0;
      default -> random.nextInt(4_000) / 100.0;
    };
  }

  private void add(Rows rows) throws IOException {
    database.write(
        connection -> new TableWriter(database.engine(), rows.table()).insertNew(connection, rows));
    for (int row = 0; row < rows.size(); row++) {
      remember(rows.table(), String.valueOf(rows.keyAt(row)));
    }
  }

  private void remember(Table table, String key) {
    everWritten.computeIfAbsent(table, each -> new HashSet<>()).add(key);
  }

  /** Gives a reading another value. */
  void edit() throws IOException {
    Optional<Position> key = anyReading();
    if (key.isPresent()) {
      Rows before = reading(key.get());
      Rows.Builder after = new Rows.Builder(Tables.READING, Tables.READING.columns(), 1);
      after.row(
          before.value("time", 0),
          before.value("nodeId", 0),
          before.value("type", 0),
          random.nextInt(4) == 0 ? (Object) 701L : before.value("locationId", 0),
          random.nextInt(10_000) / 7.0);
      Rows edited = after.build();
      database.write(
          connection ->
              new TableWriter(database.engine(), Tables.READING).upsert(connection, edited));
    }
  }

  void delete() throws IOException {
    Optional<Position> key = anyReading();
    if (key.isPresent()) {
      Rows row = reading(key.get());
      database.write(
          connection -> {
            new TableWriter(database.engine(), Tables.READING).delete(connection, row);
            return true;
          });
    }
  }

  /** Deletes all of before a time, as a gateway does that has little room. */
  void prune(Instant before) throws IOException {
    database.write(
        connection -> {
          for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
            try (PreparedStatement delete =
                connection.prepareStatement(
                    "DELETE FROM %s WHERE time < ?"
                        .formatted(database.engine().quote(table.name())))) {
              database.engine().setTime(delete, 1, Micros.of(before));
              delete.executeUpdate();
            }
          }
          return true;
        });
  }

  void backUp() throws IOException {
    backup = List.of(all(Tables.READING), all(Tables.NODE_STATE));
  }

  /** Brings back what was backed up last. */
  void restore() throws IOException {
    if (backup.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          for (Rows rows : backup) {
            try (Statement delete = connection.createStatement()) {
              delete.execute("DELETE FROM " + database.engine().quote(rows.table().name()));
            }
            new TableWriter(database.engine(), rows.table()).insertNew(connection, rows);
          }
          return true;
        });
  }

  private Optional<Position> anyReading() throws IOException {
    Rows all = all(Tables.READING);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(all.keyAt(random.nextInt(all.size())));
  }

  private Rows reading(Position key) throws IOException {
    Rows all = all(Tables.READING);
    return all.where(row -> key.equals(all.keyAt(row)));
  }

  private Rows all(Table table) throws IOException {
    try (SourceDatabase source = new SourceDatabase(url)) {
      return source.readAfter(table, Optional.empty(), Optional.empty(), 10_000_000).rows();
    }
  }

  /** The rows that stand in it now, by key, in words; places by what they are called. */
  Map<String, String> rows(Table table) throws IOException {
    return rows(all(table), Map.of());
  }

  /** Whether a row of that key ever stood in it. */
  boolean everHad(Table table, String key) {
    return everWritten.getOrDefault(table, Set.of()).contains(key);
  }

  /** Rows by key, in words. */
  static Map<String, String> rows(Rows rows, Map<Long, Long> places) {
    Map<String, String> all = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      all.put(String.valueOf(rows.keyAt(row)), printed(rows, row, places));
    }
    return all;
  }

  private static String printed(Rows rows, int row, Map<Long, Long> places) {
    List<Object> cells = new ArrayList<>();
    rows.row(row)
        .forEach(
            (column, value) -> {
              Object cell = value;
              if (column.equals("locationId") && value != null) {
                cell = places.getOrDefault((Long) value, (Long) value);
              }
              cells.add(cell instanceof Double real ? (Object) (real + 0.0) : cell);
            });
    return cells.toString();
  }

  private void execute(String sql) throws IOException {
    execute(database, sql);
  }

  static void execute(Database database, String sql) throws IOException {
    String quote = database.engine().quote("").substring(1);
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql.replace("@", quote));
          }
        });
  }

  @Override
  public void close() {
    database.close();
  }
}
