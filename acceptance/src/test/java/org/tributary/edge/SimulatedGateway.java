package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.config.HistoryConfig;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Table;
import org.tributary.wire.Welcome;

/**
 * A gateway's process, which ends and begins anew, and the small files that it keeps: how far
 * central said its lanes have come, and where its sweeps are. Not thread-safe.
 */
final class SimulatedGateway implements AutoCloseable {

  static final GatewayId ID = new GatewayId("simulated");

  private final SimulatedHouse house;
  private final SimulatedNetwork network;
  private final HistoryConfig history;
  private final Clock clock;
  private final Random random;
  private final Lifeline life;
  private SmallFiles record = new SmallFiles(new HashMap<>(), new HashMap<>());
  private SmallFiles oldRecord = record.copy();
  private @Nullable Running process;

  SimulatedGateway(
      SimulatedHouse house,
      SimulatedNetwork network,
      HistoryConfig history,
      Clock clock,
      Random random,
      Lifeline life) {
    this.house = house;
    this.network = network;
    this.history = history;
    this.clock = clock;
    this.random = random;
    this.life = life;
  }

  /** What stands in the small files. */
  private record SmallFiles(Map<String, Position> positions, Map<Table, Sweep.Place> sweeps)
      implements Memory {

    SmallFiles copy() {
      return new SmallFiles(new HashMap<>(positions), new HashMap<>(sweeps));
    }

    @Override
    public Optional<Position> reached(Table table) {
      return Optional.ofNullable(positions.get(table.name()));
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

  /** What lives as long as the process does. */
  private record Running(LocalDatabase local, MortalSource source, Pusher pusher) {}

  /** One cycle, in a new process if the last one has ended. */
  PushResult push(BooleanSupplier stop) throws IOException, RefusedException {
    return running().pusher().pushAll(stop);
  }

  /** The process ends here, wherever it is. */
  void end() {
    if (process != null) {
      process.local().close();
      process = null;
    }
    life.hold();
  }

  /** The logger keeps the database locked now and then. */
  void lock(int perThousand) {
    running().source().lock(perThousand);
  }

  /** Its folder of small files is lost; the process was not running. */
  void loseRecord() {
    end();
    record = new SmallFiles(new HashMap<>(), new HashMap<>());
  }

  /** Keeps a copy of the small files, to be brought back by {@link #restoreRecord}. */
  void backUpRecord() {
    oldRecord = record.copy();
  }

  /** Brings the copy back. */
  void restoreRecord() {
    end();
    record = oldRecord.copy();
  }

  private Running running() {
    Running running = process;
    if (running == null) {
      LocalDatabase local = house.open();
      MortalSource source = new MortalSource(local, life, random);
      running = new Running(local, source, pusher(source));
      process = running;
    }
    return running;
  }

  private Pusher pusher(Source source) {
    BatchSize size = new BatchSize(50);
    return new Pusher(
        source,
        network,
        new GatewayIdentity(ID, true, "machine", "host", "0.1.0"),
        new Recording(),
        size,
        new SameThread(),
        clock,
        carrying ->
            new History(
                source,
                new Repair(source, network, carrying, size, random),
                new CatchUp(source, network, carrying, history.newestFirst()),
                history,
                SimulatedWorld.STEP,
                clock,
                record),
        Optional.empty());
  }

  @Override
  public void close() {
    end();
  }

  private final class Recording implements PushListener {
    @Override
    public void welcomed(Welcome welcome) {
      record.positions().clear();
      record.positions().putAll(welcome.positions());
    }

    @Override
    public void answered(Batch batch, Ack ack) {
      if (batch.lane() == Lane.LIVE) {
        ack.position().ifPresent(at -> record.positions().put(batch.table().name(), at));
      }
    }
  }
}
