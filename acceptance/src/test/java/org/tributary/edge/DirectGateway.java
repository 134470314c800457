package org.tributary.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.SqliteFiles;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.direct.DirectCentral;
import org.tributary.edge.direct.Reach;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;
import org.tributary.store.metadata.OwnMetadata;
import org.tributary.wire.GatewayId;
import org.tributary.wire.MergeTerms;

/**
 * A gateway that pushes straight into a database: a SQLite file of the original schema with one
 * house, one room, one node and what a test adds to it.
 */
final class DirectGateway implements AutoCloseable {

  static final Instant MORNING = Instant.parse("2024-05-01T08:00:00Z");

  private final Path folder;
  private final GatewayId id;
  private final DatabaseUrl remote;
  private final boolean createTables;
  private final String url;
  private final Connection connection;
  private final ExecutorService sender = Executors.newFixedThreadPool(Pipeline.DEPTH);
  private int batch = 1_000;
  private MergeTerms terms = MergeTerms.ONE_WAY;
  private Opened opened;

  /** What lives as long as a process. */
  private record Opened(LocalDatabase local, DirectTransport transport, Pusher pusher) {}

  DirectGateway(Path folder, String id, String remote, boolean createTables)
      throws IOException, SQLException {
    this.folder = Files.createDirectories(folder.resolve(id));
    this.id = new GatewayId(id);
    this.remote = DatabaseUrl.parse(remote, folder);
    this.createTables = createTables;
    this.url = SqliteFiles.freshDatabase(this.folder);
    this.connection = TestEngine.connect(url);
    sql("PRAGMA journal_mode = WAL").sql("PRAGMA synchronous = OFF"); // no power fails here
    OriginalSchema.create(connection, TestEngine.SQLITE);
    this.opened = open();
  }

  /** With a house, its living room, and a node in it. */
  DirectGateway withAHouse(String address, int node) throws SQLException {
    return sql("INSERT INTO Deployment (id, name) VALUES (7, 'Orchard')")
        .sql("INSERT INTO House (id, deploymentId, address) VALUES (5, 7, '" + address + "')")
        .sql("INSERT INTO Location (id, houseId, roomId) VALUES (9, 5, 4)")
        .sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (" + node + ", 9, 0)")
        .sql(
            "INSERT INTO Sensor (sensorTypeId, nodeId, calibrationSlope, calibrationOffset)"
                + " VALUES (0, "
                + node
                + ", 1.0, 0.5)");
  }

  DirectGateway sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return this;
  }

  Connection connection() {
    return connection;
  }

  /** Readings and states of a node, a minute from each other. */
  DirectGateway measured(int node, int from, int to) throws SQLException {
    connection.setAutoCommit(false);
    for (int minute = from; minute < to; minute++) {
      reading(minute(minute), node, minute % 100 / 4.0);
      sql(
          "INSERT INTO NodeState (time, nodeId, parent, localtime, seq_num, rssi)"
              + " VALUES ('%s', %d, 1, %d, %d, -60)"
                  .formatted(minute(minute), node, minute * 60, minute % 256));
    }
    connection.commit();
    connection.setAutoCommit(true);
    return this;
  }

  /** A temperature at location 9. */
  DirectGateway reading(String time, int node, double value) throws SQLException {
    return sql(
        "INSERT INTO Reading (time, nodeId, type, locationId, value) VALUES ('%s', %d, 0, 9, %s)"
            .formatted(time, node, value));
  }

  static String minute(int minute) {
    return MORNING.plusSeconds(minute * 60L).toString().replace('T', ' ').replace("Z", ".000000");
  }

  /** Most rows of a batch, from now on. */
  DirectGateway batchesOf(int rows) {
    batch = rows;
    return restart();
  }

  /** Takes what is edited in the remote database, from now on. */
  DirectGateway takingEdits() {
    terms = MergeTerms.of(true, false, "central");
    return restart();
  }

  PushResult push() throws IOException, RefusedException {
    return opened.pusher().pushAll(() -> false);
  }

  Transport transport() {
    return opened.transport();
  }

  /** The process ends, and another begins. */
  DirectGateway restart() {
    opened.transport().close();
    opened.local().close();
    opened = open();
    return this;
  }

  /** The same without its small files. */
  DirectGateway forget() throws IOException {
    opened.transport().close();
    EdgeFiles files = new EdgeFiles(folder, "synchronise");
    Files.deleteIfExists(files.direct("remote").kept());
    Files.deleteIfExists(files.direct("remote").setAside());
    Files.deleteIfExists(files.record("remote"));
    return restart();
  }

  /** The same without the file that says which row there is which row here. */
  DirectGateway forgetWhatWasMatched() throws IOException {
    opened.transport().close();
    Files.deleteIfExists(new EdgeFiles(folder, "synchronise").direct("remote").kept());
    return restart();
  }

  /** As if the power had failed while the last of them was written. */
  DirectGateway tearSetAside() throws IOException {
    opened.transport().close();
    Path file = new EdgeFiles(folder, "synchronise").direct("remote").setAside();
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 10));
    return restart();
  }

  /** What is remembered of rows set aside, a line each. */
  List<String> setAside() throws IOException {
    Path file = new EdgeFiles(folder, "synchronise").direct("remote").setAside();
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Readings with what their nodes and places are called, in order. */
  static List<String> readings(Connection connection, TestEngine engine) throws SQLException {
    String sql =
        """
        SELECT r.@time@, r.@nodeId@, r.@type@, h.@address@, m.@name@, r.@value@
        FROM @Reading@ r
        LEFT JOIN @Location@ l ON l.@id@ = r.@locationId@
        LEFT JOIN @House@ h ON h.@id@ = l.@houseId@
        LEFT JOIN @Room@ m ON m.@id@ = l.@roomId@
        ORDER BY r.@time@, r.@nodeId@, r.@type@
        """;
    return lines(connection, engine, sql);
  }

  List<String> readings() throws SQLException {
    return readings(connection, TestEngine.SQLITE);
  }

  /** What a query finds, the first column a time. */
  static List<String> lines(Connection connection, TestEngine engine, String sql)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(spelled(engine, sql))) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        StringBuilder line = new StringBuilder();
        line.append(
            engine == TestEngine.SQLITE
                ? LocalDateTime.parse(found.getString(1).replace(' ', 'T'))
                : found.getObject(1, LocalDateTime.class));
        for (int i = 2; i <= columns; i++) {
          Object cell = i == columns ? found.getObject(i) : found.getString(i);
          line.append(' ')
              .append(
                  cell instanceof Number number
                      ? (Object) Double.valueOf(number.toString()) // a float as it is written
                      : cell);
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  /** SQL with names between at signs as an engine spells them. */
  static String spelled(TestEngine engine, String sql) {
    return sql.replaceAll("@(\\w+)@", engine == TestEngine.MARIADB ? "`$1`" : "\"$1\"");
  }

  @Override
  public void close() throws SQLException {
    opened.transport().close();
    opened.local().close();
    sender.shutdownNow();
    connection.close();
  }

  private Opened open() {
    EdgeFiles files = new EdgeFiles(folder, "synchronise");
    LocalDatabase local = new LocalDatabase(DatabaseUrl.parse(url, folder), WallClock.UTC);
    DirectTransport transport =
        new DirectTransport(
            new DirectCentral(
                "remote",
                Reach.asItStands(remote),
                createTables,
                id,
                "a test's",
                files.direct("remote"),
                Clock.systemUTC()));
    PushRecord record = new PushRecord(files.record("remote"), Clock.systemUTC());
    BatchSize size = new BatchSize(batch);
    Pusher pusher =
        new Pusher(
            local,
            transport,
            new GatewayIdentity(
                id, true, "machine of " + id, "host", "test", Optional.empty(), terms),
            new Listeners(List.of(record)),
            size,
            sender,
            Clock.systemUTC(),
            carrying ->
                new History(
                    local,
                    new Repair(local, transport, carrying, size, new Random(1)),
                    new CatchUp(local, transport, carrying, HistoryConfig.DEFAULT.newestFirst()),
                    HistoryConfig.DEFAULT,
                    Duration.ofMinutes(10),
                    Clock.systemUTC(),
                    record),
            terms.takes()
                ? Optional.of(
                    new MetadataTaking(
                        local, new OwnMetadata(DatabaseUrl.parse(url, folder), WallClock.UTC)))
                : Optional.empty());
    return new Opened(local, transport, pusher);
  }
}
