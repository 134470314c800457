package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OurDatabases;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Correction;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * A gateway, a central and what is between them, in one thread and with a clock that is set. All of
 * the past is swept within two days. Not thread-safe.
 */
final class SimulatedWorld implements AutoCloseable {

  /** From one push to the next. */
  static final Duration STEP = Duration.ofHours(6);

  private static final Duration SWEEP = Duration.ofDays(2);

  /** An outage of some days is enough for the newest rows to go first. */
  private static final int NEWEST_FIRST = 40;

  private static final RemoteConfig REMOTE =
      new RemoteConfig(
          "central",
          TransportKind.SYNC,
          Optional.of(URI.create("http://central.test/")),
          Optional.empty());
  private static final List<Table> SERIES = List.of(Tables.READING, Tables.NODE_STATE);

  final SettableClock clock = new SettableClock();
  final SimulatedHouse house;
  final SimulatedNetwork network;
  private final TestEngine engine;
  private final Random random;
  private final HistoryConfig.Deletes deletes;
  private final GatewayId id = new GatewayId("simulated");
  private final Map<String, Position> reached = new HashMap<>();
  private Memory memory = new Remembered();
  private Database central;
  private @Nullable DatabaseUrl backup;
  private LocalDatabase local;
  private Pusher pusher;

  SimulatedWorld(TestEngine engine, Random random, HistoryConfig.Deletes deletes)
      throws IOException {
    this.engine = engine;
    this.random = random;
    this.deletes = deletes;
    this.house = new SimulatedHouse(TestEngine.SQLITE, random);
    this.central = engine == TestEngine.SQLITE ? quick() : OurDatabases.shared(engine);
    this.network = new SimulatedNetwork(ingest(), id, random);
    this.local = house.open();
    this.pusher = pusher();
  }

  /** No power fails here. */
  private static Database quick() throws IOException {
    Database database = Database.open(OurDatabases.blank(TestEngine.SQLITE), Access.WRITE);
    Schema.upgrade(database);
    return database;
  }

  private Ingest ingest() {
    return new Ingest(central, clock, new Ingest.Limits(500, 1 << 22));
  }

  /** What a gateway remembers; it forgets all of it at times. */
  private final class Remembered implements Memory {
    private final Map<Table, Sweep.Place> sweeps = new HashMap<>();

    @Override
    public Optional<Position> reached(Table table) {
      return Optional.ofNullable(reached.get(table.name()));
    }

    @Override
    public Optional<Sweep.Place> swept(Table table) {
      return Optional.ofNullable(sweeps.get(table));
    }

    @Override
    public void swept(Table table, Sweep.Place place) {
      sweeps.put(table, place);
    }
  }

  private Pusher pusher() {
    GatewayIdentity identity = new GatewayIdentity(id, true, "machine", "host", "0.1.0");
    BatchSize size = new BatchSize(50);
    PushListener listener =
        new PushListener() {
          @Override
          public void welcomed(Welcome welcome) {
            reached.clear();
            reached.putAll(welcome.positions());
          }

          @Override
          public void answered(Batch batch, Ack ack) {
            if (batch.lane() == Lane.LIVE) {
              ack.position().ifPresent(at -> reached.put(batch.table().name(), at));
            }
          }
        };
    return new Pusher(
        local,
        network,
        identity,
        listener,
        size,
        new SameThread(),
        clock,
        carrying ->
            new History(
                local,
                new Repair(local, network, carrying, size, random),
                new CatchUp(local, network, carrying, NEWEST_FIRST),
                new HistoryConfig(SWEEP, deletes, NEWEST_FIRST),
                STEP,
                clock,
                random,
                memory));
  }

  /** One cycle, now. */
  PushResult push() throws IOException, RefusedException {
    return push(() -> false);
  }

  /** One cycle that may be asked to end early. */
  PushResult push(BooleanSupplier stop) throws IOException, RefusedException {
    return pusher.pushAll(stop);
  }

  /** How the gateway stands with central. */
  RemoteStatus status() {
    return EdgeStatus.status(REMOTE, network, PushRecord.Content.NONE, local);
  }

  /** One cycle after another, until all of the past has been compared. */
  Healed settle() throws IOException, RefusedException {
    Healed healed = Healed.NOTHING;
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SWEEP.plus(SWEEP.dividedBy(2))) <= 0;
        passed = passed.plus(STEP)) {
      clock.advance(STEP);
      healed = healed.plus(push().healed());
    }
    return healed;
  }

  /** The gateway's process ends, and another begins that knows nothing. */
  void restart() {
    local.close();
    local = house.open();
    reached.clear();
    memory = new Remembered();
    pusher = pusher();
  }

  /** Changes rows of central by hand; names stand between {@code @}. */
  void damage(String sql) throws IOException {
    SimulatedHouse.execute(central, sql);
  }

  Database central() {
    return central;
  }

  boolean canBackUpCentral() {
    return engine == TestEngine.SQLITE;
  }

  /** Copies central's SQLite file. */
  void backUpCentral() throws IOException {
    DatabaseUrl copy = OurDatabases.blank(TestEngine.SQLITE);
    central.read(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute("VACUUM INTO '" + copy.file().orElseThrow() + "'");
          }
        });
    backup = copy;
  }

  /** Brings central's last copy back, if there is one. */
  void restoreCentral() {
    if (backup != null) {
      central.close();
      central = Database.open(backup, Access.WRITE);
      backup = null;
      network.reach(ingest());
    }
  }

  /** What central noted of rows that were changed or deleted. */
  List<Correction> corrections() throws IOException {
    return ingest().corrections(id, 1_000).orElseThrow();
  }

  /** Central has each row that can be there as the gateway has it, and none that never was. */
  void assertBothTheSame() throws IOException {
    Set<String> apart =
        ingest().setAside(id, SetAsideFilter.ALL, 0, 1_000_000).orElseThrow().stream()
            .map(row -> row.what().key())
            .collect(Collectors.toSet());
    Instant trusted = clock.instant().plus(Duration.ofHours(1));
    for (Table table : SERIES) {
      Map<String, String> here = house.rows(table);
      Map<String, String> there = there(table);
      for (Map.Entry<String, String> row : here.entrySet()) {
        Instant time = Instant.parse(row.getKey().substring(1).split(",", 2)[0]);
        boolean inScope = !time.isBefore(Rule.EARLIEST_TRUSTED) && !time.isAfter(trusted);
        if (inScope && !apart.contains(row.getKey())) {
          assertThat(there.get(row.getKey())).isEqualTo(row.getValue());
        }
      }
      for (Map.Entry<String, String> row : there.entrySet()) {
        assertThat(house.everHad(table, row.getKey())).as("%s", row).isTrue();
      }
    }
  }

  /** Central's rows by key, in words; locations by the gateway's ids where it has them. */
  Map<String, String> there(Table table) throws IOException {
    Map<Long, Long> places = new HashMap<>();
    central.read(
        connection -> {
          try (var select =
                  connection.prepareStatement(
                      "SELECT central_id, local_id FROM tributary_mapping"
                          + " WHERE table_name = 'Location'");
              var found = select.executeQuery()) {
            while (found.next()) {
              places.put(found.getLong(1), found.getLong(2));
            }
          }
          return true;
        });
    try (SourceDatabase source = new SourceDatabase(central.url())) {
      Rows rows = source.readAfter(table, Optional.empty(), Optional.empty(), 10_000_000).rows();
      return SimulatedHouse.rows(rows, places);
    }
  }

  @Override
  public void close() {
    local.close();
    house.close();
    if (engine == TestEngine.SQLITE) {
      central.close(); // the others are shared
    }
  }

  /** Does it at once. */
  private static final class SameThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** Stands still until it is moved. */
  static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2016-06-01T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
