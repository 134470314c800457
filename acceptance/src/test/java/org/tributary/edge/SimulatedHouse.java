package org.tributary.edge;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.TableWriter;
import org.tributary.store.WallClock;
import org.tributary.wire.Micros;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A gateway's database and all that a logger, an operator and fate do to it, in the times of some
 * zone. Whatever is done to it is done to a {@link Ledger} too. Not thread-safe.
 */
final class SimulatedHouse implements AutoCloseable {

  private static final long[] TYPES = {0, 2};
  private static final long[] PLACES = {701, 702};
  private static final int MOST_NODES = 5;

  private final DatabaseUrl url;
  private final Database database;
  private final ZoneId zone;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final List<Long> nodes = new ArrayList<>();
  private long sequence;
  private Map<Table, List<Rows>> backup = Map.of();

  SimulatedHouse(ZoneId zone, Random random) throws IOException {
    this.url = SimulatedFiles.ours();
    this.database = Database.open(url, Access.WRITE);
    this.zone = zone;
    this.random = random;
    execute("INSERT INTO @Deployment@ (id, name) VALUES (501, 'Simulated')");
    execute("INSERT INTO @House@ (id, @deploymentId@, address) VALUES (601, 501, '1 Test Street')");
    execute("INSERT INTO @Location@ (id, @houseId@, @roomId@) VALUES (701, 601, 4), (702, 601, 8)");
    for (int i = 0; i < 3; i++) {
      addNode();
    }
  }

  LocalDatabase open() {
    return new LocalDatabase(url, new WallClock(zone));
  }

  DatabaseUrl url() {
    return url;
  }

  ZoneId zone() {
    return zone;
  }

  Ledger ledger() {
    return ledger;
  }

  /** One more node, of which nobody has said yet where it is, if it is the fourth. */
  void addNode() throws IOException {
    if (nodes.size() < MOST_NODES) {
      long node = 11L + nodes.size();
      execute(
          "INSERT INTO @Node@ (id, @locationId@, @nodeTypeId@) VALUES (%d, %s, 0)"
              .formatted(node, nodes.size() == 3 ? "NULL" : PLACES[(int) (node % 2)]));
      nodes.add(node);
    }
  }

  /** Somebody carries a node to another room. */
  void moveNode() throws IOException {
    execute(
        "UPDATE @Node@ SET @locationId@ = %d WHERE id = %d"
            .formatted(PLACES[random.nextInt(2)], anyNode()));
  }

  long anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** One sample of each node: readings and a node state. */
  void log(Instant time) throws IOException {
    log(time, nodes);
  }

  /** A sample of one node, whenever that was. */
  void logLate(Instant time) throws IOException {
    log(time, List.of(anyNode()));
  }

  private void log(Instant stamp, List<Long> of) throws IOException {
    Instant time = readAs(stamp.atZone(zone).toLocalDateTime());
    Rows.Builder readings =
        new Rows.Builder(Tables.READING, Tables.READING.columns(), of.size() * TYPES.length);
    Rows.Builder states =
        new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), of.size());
    for (long node : of) {
      for (long type : TYPES) {
        readings.row(time, node, type, place(node), value());
      }
      states.row(time, node, 23L, 5L, sequence++ % 250, random.nextBoolean() ? null : -60L);
    }
    insert(List.of(ledger.unknown(readings.build()), ledger.unknown(states.build())));
  }

  /** A row stamped with a time that there never was, where clocks have just gone forward. */
  void logInTheGap(ZoneOffsetTransition gap) throws IOException {
    LocalDateTime never = gap.getDateTimeBefore().plusMinutes(random.nextInt(30));
    Rows row =
        new Rows.Builder(Tables.READING, Tables.READING.columns(), 1)
            .row(never.toInstant(ZoneOffset.UTC), anyNode(), 0L, null, 21.5)
            .build();
    database.write(
        connection ->
            new TableWriter(database.engine(), Tables.READING).insertNew(connection, row));
  }

  private Object place(long node) {
    return node == 14 || random.nextInt(20) == 0 ? null : (Object) PLACES[(int) (node % 2)];
  }

  private Object value() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> -0.0;
      default -> random.nextInt(4_000) / 100.0;
    };
  }

  private void insert(List<Rows> all) throws IOException {
    database.write(
        connection -> {
          for (Rows rows : all) {
            new TableWriter(database.engine(), rows.table()).insertNew(connection, written(rows));
          }
          return true;
        });
    all.forEach(ledger::add);
  }

  /** What a clock in this zone shows stands for its first pass. */
  private Instant readAs(LocalDateTime shown) {
    return shown.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  /** Rows as they stand in the file, in the times of its zone. */
  private Rows written(Rows rows) {
    if (zone.getRules().isFixedOffset()) {
      return rows;
    }
    Rows.Builder shown = new Rows.Builder(rows.table(), rows.columns(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < rows.columns().size(); i++) {
        String name = rows.columns().get(i).name();
        Object cell = rows.value(name, row);
        shown.add(i, cell instanceof Instant time ? shownAt(time) : cell);
      }
      shown.endRow();
    }
    return shown.build();
  }

  private Instant shownAt(Instant time) {
    return time.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC);
  }

  /** Gives a reading another value. */
  void edit() throws IOException {
    Optional<Rows> before = ledger.any(Tables.READING, random);
    if (before.isPresent()) {
      Rows.Builder after = new Rows.Builder(Tables.READING, Tables.READING.columns(), 1);
      after.row(
          before.get().value("time", 0),
          before.get().value("nodeId", 0),
          before.get().value("type", 0),
          random.nextInt(4) == 0 ? (Object) 701L : before.get().value("locationId", 0),
          random.nextInt(10_000) / 7.0);
      Rows edited = after.build();
      database.write(
          connection ->
              new TableWriter(database.engine(), Tables.READING)
                  .upsert(connection, written(edited)));
      ledger.add(edited);
    }
  }

  /** Writes what is no number into a temperature of node 11, be it there or not. */
  void spoil(Instant time) throws IOException {
    write(time, "'abc'");
  }

  /** Gives the same row a number. */
  void mend(Instant time, double value) throws IOException {
    write(time, Double.toString(value));
    ledger.add(
        new Rows.Builder(Tables.READING, Tables.READING.columns(), 1)
            .row(time, 11L, 0L, null, value)
            .build());
  }

  private void write(Instant time, String value) throws IOException {
    execute(
        ("INSERT INTO @Reading@ VALUES ('%s', 11, 0, NULL, %s) ON CONFLICT (time, @nodeId@, type)"
                + " DO UPDATE SET @locationId@ = NULL, value = excluded.value")
            .formatted(Micros.spell(Micros.of(time), ' '), value));
  }

  void delete() throws IOException {
    Optional<Rows> row = ledger.any(Tables.READING, random);
    if (row.isPresent()) {
      database.write(
          connection -> {
            new TableWriter(database.engine(), Tables.READING)
                .delete(connection, written(row.get()));
            return true;
          });
      ledger.remove(row.get());
    }
  }

  /** Deletes all of before a day, as a gateway does that has little room. */
  void prune(Instant before) throws IOException {
    deleteWithin(Instant.EPOCH, before.truncatedTo(ChronoUnit.DAYS));
  }

  /** Deletes all of a stretch of time. */
  void deleteWithin(Instant from, Instant before) throws IOException {
    database.write(
        connection -> {
          for (Table table : Ledger.SERIES) {
            try (PreparedStatement delete =
                connection.prepareStatement(
                    "DELETE FROM %s WHERE time >= ? AND time < ?"
                        .formatted(database.engine().quote(table.name())))) {
              database.engine().setTime(delete, 1, Micros.of(shownAt(from)));
              database.engine().setTime(delete, 2, Micros.of(shownAt(before)));
              delete.executeUpdate();
            }
          }
          return true;
        });
    ledger.removeWithin(from, before);
  }

  void backUp() {
    backup = ledger.copy();
  }

  /** Brings back what was backed up last. */
  void restore() throws IOException {
    if (backup.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          for (Map.Entry<Table, List<Rows>> each : backup.entrySet()) {
            try (Statement delete = connection.createStatement()) {
              delete.execute("DELETE FROM " + database.engine().quote(each.getKey().name()));
            }
            Rows.Builder all =
                new Rows.Builder(each.getKey(), each.getKey().columns(), each.getValue().size());
            each.getValue().forEach(row -> all.addFrom(row, 0));
            new TableWriter(database.engine(), each.getKey())
                .insertNew(connection, written(all.build()));
          }
          return true;
        });
    ledger.setTo(backup);
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
    SimulatedFiles.delete(url);
  }
}
