package org.tributary.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tributary.cli.datagen.BelievableHouses;
import org.tributary.cli.datagen.Plan;
import org.tributary.cli.datagen.Written;
import org.tributary.edge.AlreadyRunningException;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.PushOutcome;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Tables;

/** One gateway of a demo: its houses, its database, its configuration and its push. */
final class DemoGateway implements AutoCloseable {

  private final String name;
  private final Path config;
  private final TargetDatabase database;
  private final BelievableHouses houses;
  private final AtomicLong arrived = new AtomicLong();
  private volatile LongConsumer progress = rows -> {};
  private @Nullable EdgeDaemon daemon;

  private DemoGateway(String name, Path config, TargetDatabase database, BelievableHouses houses) {
    this.name = name;
    this.config = config;
    this.database = database;
    this.houses = houses;
  }

  /** Makes its database and its houses; they stand empty. */
  static DemoGateway in(DemoFolder folder, String name, Plan plan, Instant now)
      throws StoreException {
    TargetDatabase database = new TargetDatabase(folder.database(name + ".db"));
    try {
      database.upgrade();
      return new DemoGateway(
          name, folder.file(name + ".conf"), database, BelievableHouses.in(database, plan, now));
    } catch (StoreException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  String name() {
    return name;
  }

  DatabaseUrl url() {
    return database.url();
  }

  Path config() {
    return config;
  }

  BelievableHouses houses() {
    return houses;
  }

  /** Writes the configuration that its push works with, as a person would. */
  void configure(String central, int syncSeconds) throws IOException {
    Files.writeString(
        config,
        """
        # A gateway of the demo.

        [general]
        gateway = %s
        localurl = sqlite:///%s.db
        synctime = %ds

        [locations]
        central = 1

        [central]
        url = %s
        """
            .formatted(name, name, syncSeconds, central));
  }

  Written fill(LongConsumer filled) throws StoreException {
    return houses.fill(filled);
  }

  /** Lets every node measure once, now. */
  void sample(Instant time) throws StoreException {
    houses.sampleAll(time);
  }

  /**
   * Pushes until all is delivered.
   *
   * @param pushed hears how many readings and node states central has taken since it last heard
   * @throws IOException if the push did not come to its end, with the reason
   */
  void push(String version, Clock clock, LongConsumer pushed)
      throws IOException, ConfigException, AlreadyRunningException {
    EdgeDaemon fresh =
        new EdgeDaemon(
            EdgeConfig.read(config, Map.of(), Optional.empty()), version, clock, listener());
    daemon = fresh;
    progress = pushed;
    for (PushOutcome outcome : fresh.pushOnce().values()) {
      if (outcome instanceof PushOutcome.Failed failed) {
        throw new IOException(
            name + " could not push: " + failed.cause().getMessage(), failed.cause());
      }
    }
    progress = rows -> {};
    arrived.set(0);
  }

  /** Pushes again and again, until it is closed. */
  void goOn() {
    if (daemon != null) {
      daemon.start();
    }
  }

  /** How many readings have reached central since this was last asked. */
  long arrived() {
    return arrived.getAndSet(0);
  }

  @Override
  public void close() {
    if (daemon != null) {
      daemon.close();
    }
    database.close();
  }

  private PushListener listener() {
    return new PushListener() {
      @Override
      public void answered(Batch batch, Ack ack) {
        if (batch.table().isSeries()) {
          progress.accept(batch.size());
        }
        if (batch.table().equals(Tables.READING)) {
          arrived.addAndGet(ack.inserted());
        }
      }
    };
  }
}
