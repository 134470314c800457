package org.tributary.edge;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tributary.acceptance.servers.OriginalSchema;
import org.tributary.acceptance.servers.SqliteFiles;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.http.LinkSecurity;
import org.tributary.edge.rest.RestFiles;
import org.tributary.edge.state.ConflictFile;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.WallClock;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import org.tributary.store.metadata.OwnMetadata;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.SetAside;

/**
 * A gateway that pushes through the REST interface: a database of the original schema with one
 * house, one room, one node, and what a test adds to it.
 */
final class RestGateway implements AutoCloseable {

  static final Instant MORNING = Instant.parse("2024-05-01T08:00:00Z");

  private static final GatewayId ID = new GatewayId("house-17");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final URI server;
  private final String url;
  private final Connection connection;
  private final ExecutorService sender = Executors.newFixedThreadPool(Pipeline.DEPTH);
  private Duration patience = PATIENCE;
  private int batch = 100;
  private MergeTerms terms = MergeTerms.ONE_WAY;
  private Clock clock = Clock.systemUTC();
  private Opened opened;

  /** What lives as long as a process. */
  private record Opened(LocalDatabase local, RestTransport transport, Pusher pusher) {}

  RestGateway(Path folder, URI server) throws IOException, SQLException {
    this(folder, server, TestEngine.SQLITE);
  }

  private RestGateway(Path folder, URI server, TestEngine engine) throws IOException, SQLException {
    this.folder = Files.createDirectories(folder);
    this.server = server;
    boolean isFile = engine == TestEngine.SQLITE;
    this.url = isFile ? SqliteFiles.freshDatabase(folder) : engine.freshDatabase();
    this.connection = TestEngine.connect(url);
    if (isFile) {
      sql("PRAGMA journal_mode = WAL").sql("PRAGMA synchronous = OFF"); // no power fails here
    }
    OriginalSchema.create(connection, engine);
    this.opened = open();
  }

  /** With a house, its living room, and a node in it. */
  static RestGateway withAHouse(Path folder, URI server) throws IOException, SQLException {
    return withAHouse(folder, server, TestEngine.SQLITE);
  }

  static RestGateway withAHouse(Path folder, URI server, TestEngine engine)
      throws IOException, SQLException {
    return new RestGateway(folder, server, engine)
        .sql("INSERT INTO Deployment (id, name) VALUES (7, 'Orchard')")
        .sql("INSERT INTO House (id, deploymentId, address) VALUES (5, 7, '12 Orchard Lane')")
        .sql("INSERT INTO Location (id, houseId, roomId) VALUES (9, 5, 4)")
        .sql("INSERT INTO Node (id, locationId, nodeTypeId) VALUES (37, 9, 0)");
  }

  RestGateway sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return this;
  }

  /** What stands in the first column of the rows that a query finds. */
  List<Object> column(String query) throws SQLException {
    List<Object> cells = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        cells.add(row.getObject(1));
      }
    }
    return cells;
  }

  /** The database's URL, in SQLAlchemy's form. */
  String url() {
    return url;
  }

  Connection connection() {
    return connection;
  }

  /** A reading of temperature by node 37, which may be null, at location 9. */
  RestGateway reading(String time, Object value) throws SQLException {
    return reading(time, 37, 0, "9", value);
  }

  RestGateway reading(String time, int node, int type, String location, Object value)
      throws SQLException {
    return sql(
        "INSERT INTO Reading (time, nodeId, type, locationId, value) VALUES ('%s', %d, %d, %s, %s)"
            .formatted(time, node, type, location, value));
  }

  RestGateway state(String time, int node, int number) throws SQLException {
    return sql(
        "INSERT INTO NodeState (time, nodeId, parent, localtime, seq_num, rssi)"
            + " VALUES ('%s', %d, 1, 5, %d, -60)".formatted(time, node, number));
  }

  /** So many readings of node 37, a minute from each other. */
  RestGateway readings(int from, int to) throws SQLException {
    connection.setAutoCommit(false);
    for (int minute = from; minute < to; minute++) {
      reading(minute(minute), minute);
    }
    connection.commit();
    connection.setAutoCommit(true);
    return this;
  }

  static String minute(int minute) {
    return MORNING.plusSeconds(minute * 60L).toString().replace('T', ' ').replace("Z", ".000000");
  }

  /** Most rows of a batch, from now on. */
  RestGateway batchesOf(int rows) {
    batch = rows;
    return restart();
  }

  RestGateway patience(Duration time) {
    patience = time;
    return restart();
  }

  /** Merges metadata so, from now on. */
  RestGateway terms(MergeTerms its) {
    terms = its;
    return restart();
  }

  RestGateway clock(Clock its) {
    clock = its;
    return restart();
  }

  /** What is on record of what both sides had otherwise. */
  List<Conflict> conflicts() throws IOException {
    return new ConflictFile(files().conflicts(), ID).all();
  }

  /** A person chooses whose version counts. */
  ConflictDesk.Outcome resolve(Conflict conflict, Conflict.Side side) throws IOException {
    return opened
        .transport()
        .conflicts()
        .resolve(conflict, side, opened.local().readAll(conflict.table()).rows(), "ann");
  }

  PushResult push() throws IOException, RefusedException {
    return opened.pusher().pushAll(() -> false);
  }

  /** The process ends, and another begins. */
  RestGateway restart() {
    opened.local().close();
    opened = open();
    return this;
  }

  RestFiles files() {
    return new EdgeFiles(folder, "synchronise").rest("central");
  }

  RestGateway forget() throws IOException {
    Files.deleteIfExists(files().record());
    return this;
  }

  GatewayStatus status() throws IOException {
    return opened.transport().status().orElseThrow();
  }

  List<SetAside> setAside() throws IOException {
    opened.transport().status();
    return opened.transport().setAside();
  }

  @Override
  public void close() throws SQLException {
    opened.local().close();
    sender.shutdownNow();
    connection.close();
  }

  private Opened open() {
    DatabaseUrl database = DatabaseUrl.parse(url, folder);
    LocalDatabase local = new LocalDatabase(database, WallClock.UTC);
    RestTransport transport =
        new RestTransport(server, ID, LinkSecurity.NONE, files(), clock, patience, patience);
    Pusher pusher =
        new Pusher(
            local,
            transport,
            new GatewayIdentity(
                ID,
                true,
                "machine",
                "a-host-with-quite-a-long-name.example",
                "0.1.0-SNAPSHOT-of-today",
                Optional.empty(),
                terms),
            new PushListener() {},
            new BatchSize(batch),
            sender,
            clock,
            carrying -> null,
            terms.takes()
                ? Optional.of(new MetadataTaking(local, new OwnMetadata(database, WallClock.UTC)))
                : Optional.empty());
    return new Opened(local, transport, pusher);
  }
}
