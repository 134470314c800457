package org.tributary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.WallClock;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

/**
 * An engine's own replication between two servers, live: readings are loaded into the one in
 * transactions as large as a push's batches, and the clock stops when the other has the last of
 * them. Row-based binary log for MariaDB, a publication and a subscription for PostgreSQL; both
 * wait for the disk, both apply with one worker, as they do by default.
 */
final class Replication implements AutoCloseable {

  private final BenchEngine engine;
  private final DatabaseServer primary;
  private final DatabaseServer replica;
  private final DatabaseUrl from;
  private final DatabaseUrl to;

  private Replication(
      BenchEngine engine, DatabaseServer primary, DatabaseServer replica, Path folder) {
    this.engine = engine;
    this.primary = primary;
    this.replica = replica;
    this.from = DatabaseUrl.parse(primary.freshDatabase(), folder);
    this.to = DatabaseUrl.parse(replica.freshDatabase(), folder);
  }

  /** Two servers of that engine; they have a database of one name each. */
  static Replication of(BenchEngine engine, Path folder) {
    return switch (engine) {
      case SQLITE -> throw new IllegalArgumentException("SQLite has no replication of its own");
      case MARIADB ->
          new Replication(
              engine,
              MariaDbServer.startWithFsync(
                  List.of("--server-id=1", "--log-bin=log-bin", "--binlog-format=ROW")),
              MariaDbServer.startWithFsync(List.of("--server-id=2")),
              folder);
      case POSTGRESQL ->
          new Replication(
              engine,
              PostgresServer.startWithFsync(List.of("-c", "wal_level=logical")),
              PostgresServer.startWithFsync(List.of()),
              folder);
    };
  }

  /** Seconds from the first transaction at the one server to the last row at the other. */
  double run(RawReadings readings) throws SQLException, IOException, InterruptedException {
    try (Connection source = BenchEngine.connect(from);
        Connection target = BenchEngine.connect(to)) {
      engine.rawLoad().create(source, sql());
      connect(source, target);
      long begun = System.nanoTime();
      load(source, readings);
      while (!hasLast(target, readings)) {
        Thread.sleep(20);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      readings.requireIn(to);
      return seconds;
    }
  }

  private Engine sql() {
    return Engine.of(from.dialect(), WallClock.UTC);
  }

  private void connect(Connection source, Connection target)
      throws SQLException, InterruptedException {
    URI server = URI.create(from.printable());
    if (engine == BenchEngine.MARIADB) {
      execute(
          target,
          """
          CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = %d, MASTER_USER = 'root',
            MASTER_USE_GTID = slave_pos, MASTER_SSL = 0
          """
              .formatted(server.getPort()));
      execute(target, "START SLAVE");
      while (!hasTable(target)) {
        Thread.sleep(20);
      }
      return;
    }
    engine.rawLoad().create(target, sql());
    execute(source, "CREATE PUBLICATION readings FOR TABLE \"Reading\"");
    execute(
        target,
        """
        CREATE SUBSCRIPTION readings
        CONNECTION 'host=127.0.0.1 port=%d user=postgres dbname=%s'
        PUBLICATION readings
        """
            .formatted(server.getPort(), BenchEngine.name(from)));
    while (!isReady(target)) {
      Thread.sleep(20);
    }
  }

  private static boolean hasTable(Connection target) throws SQLException {
    try (ResultSet tables =
        target.getMetaData().getTables(target.getCatalog(), null, "Reading", null)) {
      return tables.next();
    }
  }

  /** Whether the (empty) table has been copied, so that what comes now is replicated. */
  private static boolean isReady(Connection target) throws SQLException {
    try (Statement statement = target.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT BOOL_AND(srsubstate = 'r') FROM pg_subscription_rel")) {
      return found.next() && found.getBoolean(1);
    }
  }

  private void load(Connection source, RawReadings readings) throws SQLException, IOException {
    Path part = Files.createTempFile(readings.file().getParent(), "part-", ".tsv");
    try (BufferedReader lines = Files.newBufferedReader(readings.file())) {
      String next = part(lines);
      while (!next.isEmpty()) {
        if (engine == BenchEngine.MARIADB) {
          Files.writeString(part, next);
          execute(
              source,
              "LOAD DATA LOCAL INFILE '%s' INTO TABLE `Reading`".formatted(part.toAbsolutePath()));
        } else {
          source
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY \"Reading\" FROM STDIN", new StringReader(next));
        }
        next = part(lines);
      }
    } finally {
      Files.delete(part);
    }
  }

  private static String part(BufferedReader lines) throws IOException {
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < RawReadings.PAGE; i++) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      part.append(line).append('\n');
    }
    return part.toString();
  }

  private boolean hasLast(Connection target, RawReadings readings) throws SQLException {
    int last = readings.size() - 1;
    String select =
        "SELECT 1 FROM @Reading@ WHERE @time@ = '%s' AND @nodeId@ = ? AND @type@ = ?"
            .formatted(readings.time(last))
            .replace("@", sql().quote("").substring(1));
    try (PreparedStatement statement = target.prepareStatement(select)) {
      statement.setLong(1, readings.node(last));
      statement.setLong(2, readings.type(last));
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
