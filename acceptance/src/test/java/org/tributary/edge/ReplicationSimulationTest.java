package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Welcome;

/**
 * Weeks in the life of a gateway, in one thread and with a clock that is set: rows late, edited,
 * deleted, stamped by a clock that jumps; questions and answers lost; the gateway's process started
 * anew between any two steps; rows damaged at central by hand, and either database brought back
 * from a backup. In the end both sides are the same, and both know it.
 *
 * <p>{@code -Dtributary.simulations=50 -Dtributary.simulated-days=20} lives more lives and longer
 * ones, {@code -Dtributary.seed} one that failed.
 */
class ReplicationSimulationTest {

  private static final List<Table> SERIES = List.of(Tables.READING, Tables.NODE_STATE);
  private static final Duration STEP = Duration.ofHours(6);

  @ParameterizedTest
  @EnumSource
  void push_whateverHappens_endsWithBothSidesTheSame(TestEngine engine) throws Exception {
    int runs = Integer.getInteger("tributary.simulations", 1);
    long first = Long.getLong("tributary.seed", 1);
    for (long seed = first; seed < first + runs; seed++) {
      System.out.println("Simulation of seed " + seed + " on " + engine);
      for (HistoryConfig.Deletes deletes : deletes(engine)) {
        try (World world = new World(engine, seed, deletes)) {
          world.live(Integer.getInteger("tributary.simulated-days", 6));
          world.settle();
        } catch (Exception | AssertionError e) {
          throw new AssertionError("Seed " + seed + ", deletes = " + deletes, e);
        }
      }
    }
  }

  /** Both on SQLite, and one of them on each server, whose databases are slower. */
  private static List<HistoryConfig.Deletes> deletes(TestEngine engine) {
    return switch (engine) {
      case SQLITE -> List.of(HistoryConfig.Deletes.values());
      case MARIADB -> List.of(HistoryConfig.Deletes.KEEP);
      case POSTGRESQL -> List.of(HistoryConfig.Deletes.MIRROR);
    };
  }

  /** A gateway, a central and what is between them. */
  private static final class World implements AutoCloseable {
    private final Random random;
    private final HistoryConfig.Deletes deletes;
    private final SettableClock clock = new SettableClock();
    private final SimulatedHouse house;
    private final Database central;
    private final SimulatedNetwork network;
    private final GatewayId id = new GatewayId("simulated");
    private final Map<String, Position> reached = new HashMap<>();
    private LocalDatabase local;
    private Pusher pusher;

    World(TestEngine engine, long seed, HistoryConfig.Deletes deletes) throws IOException {
      this.random = new Random(seed);
      this.deletes = deletes;
      this.house = new SimulatedHouse(TestEngine.SQLITE, random);
      this.central = engine == TestEngine.SQLITE ? quick(engine) : OurDatabases.shared(engine);
      this.network = new SimulatedNetwork(ingest(), id, random);
      this.local = house.open();
      this.pusher = pusher();
    }

    /** No power fails here. */
    private static Database quick(TestEngine engine) throws IOException {
      Database database = Database.open(OurDatabases.blank(engine), Access.WRITE);
      Schema.upgrade(database);
      return database;
    }

    private Ingest ingest() {
      return new Ingest(central, clock, new Ingest.Limits(500, 1 << 22));
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
          sending ->
              new History(
                  local,
                  new Repair(local, network, sending, size, random),
                  new HistoryConfig(Duration.ofDays(2), deletes),
                  STEP,
                  clock,
                  random,
                  () -> reached));
    }

    /** So many days. */
    void live(int days) throws Exception {
      for (int step = 0; step < days * 4; step++) {
        clock.advance(STEP);
        house.log(stamp());
        happen();
        network.lose(random.nextInt(3) == 0 ? 30 : 0);
        cycle();
      }
    }

    /** What a clock shows that is sometimes wrong. */
    private Instant stamp() {
      Instant now = clock.instant().minusSeconds(random.nextInt(600));
      return switch (random.nextInt(40)) {
        case 0 -> now.plus(Duration.ofDays(random.nextInt(60)));
        case 1 -> now.minus(Duration.ofDays(random.nextInt(60)));
        case 2 -> Instant.EPOCH.plusSeconds(random.nextInt(100_000));
        default -> now;
      };
    }

    private void happen() throws Exception {
      switch (random.nextInt(16)) {
        case 0, 1 -> house.logLate(clock.instant().minus(Duration.ofHours(random.nextInt(240))));
        case 2, 3 -> house.edit();
        case 4 -> house.delete();
        case 5 -> restart();
        case 6 -> damage("DELETE FROM @Reading@ WHERE @nodeId@ = %d".formatted(node()));
        case 7 -> damage("UPDATE @Reading@ SET value = 1.25 WHERE type = 2 AND value > 20");
        case 8 -> damage("UPDATE @Reading@ SET @locationId@ = NULL WHERE value < 3");
        case 9 -> damage("DELETE FROM @NodeState@ WHERE seq_num < 20");
        case 10 -> house.backUp();
        case 11 -> {
          if (random.nextInt(4) == 0) {
            house.restore();
          }
        }
        case 12 -> {
          if (random.nextInt(6) == 0) {
            house.prune(clock.instant().minus(Duration.ofDays(9)));
          }
        }
        case 13 -> damage("DELETE FROM tributary_position");
        case 14 -> damage("DELETE FROM tributary_kept");
        default -> {}
      }
    }

    private long node() {
      return SimulatedHouse.NODES[random.nextInt(SimulatedHouse.NODES.length)];
    }

    private void damage(String sql) throws IOException {
      SimulatedHouse.execute(central, sql);
    }

    /** The process ends, and another begins that knows nothing. */
    private void restart() {
      local.close();
      local = house.open();
      reached.clear();
      pusher = pusher();
    }

    private void cycle() throws RefusedException {
      try {
        pusher.pushAll(() -> false);
      } catch (IOException e) {
        if (random.nextInt(4) == 0) {
          restart();
        }
      }
    }

    /** Faults are over: after a turn of the sweep, two days, nothing may differ. */
    void settle() throws Exception {
      network.lose(0);
      for (int i = 0; i < 3 * 4; i++) {
        clock.advance(STEP);
        pusher.pushAll(() -> false);
      }
      for (Table table : SERIES) {
        Map<String, String> here = house.rows(table);
        Map<String, String> there = there(table);
        Set<String> apart = setAside();
        Instant trusted = clock.instant().plus(Duration.ofHours(1));
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
      network.forgetCounts();
      PushResult last = pusher.pushAll(() -> false);
      assertThat(last.healed()).isEqualTo(Healed.NOTHING);
    }

    private Set<String> setAside() throws IOException {
      return ingest().setAside(id, SetAsideFilter.ALL, 0, 1_000_000).orElseThrow().stream()
          .map(row -> row.what().key())
          .collect(Collectors.toSet());
    }

    private Map<String, String> there(Table table) throws IOException {
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
  private static final class SettableClock extends Clock {
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
