package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.store.metadata.OwnMetadata;

/**
 * A gateway at work: one loop a remote, each with a connection of its own, so that a dead remote
 * delays no other. Everything at this end is joined here.
 *
 * <p>Thread-safe. Closing lets the batches on their way be answered, then closes connections.
 */
public final class EdgeDaemon implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EdgeDaemon.class);
  // For all remotes together, and well within the 90 s that systemd waits before it kills.
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private final InstanceLock lock;
  private final String version;
  private final Clock clock;
  private final PushListener listener;
  private Work work;

  /**
   * Makes everything ready; nothing is sent yet.
   *
   * @param listener hears of every remote's batches
   * @throws AlreadyRunningException if another process works on the same configuration
   * @throws IOException if the folder for the few files can't be made
   */
  public EdgeDaemon(EdgeConfig config, String version, Clock clock, PushListener listener)
      throws IOException, AlreadyRunningException {
    EdgeFiles files = EdgeFiles.of(config);
    files.prepare();
    this.lock =
        InstanceLock.take(files.lock())
            .orElseThrow(() -> new AlreadyRunningException(config.file()));
    this.version = version;
    this.clock = clock;
    this.listener = listener;
    this.work = new Work(config);
  }

  /**
   * Looks whether the local database has all that a push needs.
   *
   * @throws LocalDatabaseException if not
   */
  public void checkLocalDatabase() throws LocalDatabaseException {
    currentWork().check();
  }

  /** Starts a loop for each remote. */
  public synchronized void start() {
    log.info(
        "Gateway {} pushes {} to {} every {} s",
        work.identity.id(),
        work.config.local().printable(),
        work.loops.keySet(),
        work.config.syncTime().toSeconds());
    work.start();
  }

  /** Pushes to every remote until all is delivered, side by side; how each ended, by name. */
  public Map<String, PushOutcome> pushOnce() {
    return currentWork().pushOnce();
  }

  /** Goes on with another configuration, once the batches on their way are answered. */
  public synchronized void reload(EdgeConfig config) {
    Work fresh = new Work(config); // whatever is wrong with it shows while the old one is at work
    work.close();
    work = fresh;
    start();
  }

  /** What there is to be seen of the work under the present configuration. */
  public RunningPush watch() {
    return currentWork().watch();
  }

  @Override
  public void close() {
    currentWork().close();
    lock.close();
    log.info("Push has stopped");
  }

  private synchronized Work currentWork() {
    return work;
  }

  /** What is done under one configuration. */
  private final class Work implements AutoCloseable {
    private final EdgeConfig config;
    private final GatewayIdentity identity;
    private final StopSignal stop = new StopSignal();
    private final Map<String, PushLoop> loops = new LinkedHashMap<>();
    private final List<LocalDatabase> databases = new ArrayList<>();
    private final List<Transport> transports = new ArrayList<>();
    private final List<RunningPush.Watched> watched = new ArrayList<>();
    private final Map<String, ExecutorService> loopThreads = new LinkedHashMap<>();
    private final List<ExecutorService> senders = new ArrayList<>();

    Work(EdgeConfig config) {
      this.config = config;
      this.identity = GatewayIdentity.of(config, version);
      for (RemoteConfig remote : config.remotes()) {
        loops.put(remote.name(), loop(remote));
        loopThreads.put(remote.name(), threads("push-" + remote.name(), 1));
      }
    }

    void check() throws LocalDatabaseException {
      databases.get(0).check();
    }

    RunningPush watch() {
      return new RunningPush(config, identity, watched, clock);
    }

    void start() {
      loops.forEach((remote, loop) -> loopThread(remote).execute(loop));
    }

    Map<String, PushOutcome> pushOnce() {
      Map<String, Future<PushOutcome>> running = new LinkedHashMap<>();
      loops.forEach(
          (remote, loop) -> running.put(remote, loopThread(remote).submit(loop::untilDelivered)));
      Map<String, PushOutcome> outcomes = new LinkedHashMap<>();
      running.forEach((remote, future) -> outcomes.put(remote, result(future)));
      return outcomes;
    }

    @Override
    public void close() {
      stop.give();
      Instant deadline = clock.instant().plus(STOP_TIME);
      end(loopThreads.values(), deadline);
      end(senders, deadline); // not sooner: a loop still sends the page that it is reading
      transports.forEach(Transport::close);
      databases.forEach(LocalDatabase::close);
    }

    private PushLoop loop(RemoteConfig remote) {
      LocalDatabase database = new LocalDatabase(config.local(), config.wallClock());
      databases.add(database);
      ExecutorService sending = threads("send-" + remote.name(), Pipeline.DEPTH);
      senders.add(sending);
      PushRecord record = new PushRecord(EdgeFiles.of(config).record(remote.name()), clock);
      Transport transport =
          Remotes.transport(remote, identity.id(), EdgeFiles.of(config), clock, stop::pause);
      transports.add(transport);
      watched.add(new RunningPush.Watched(remote, record, transport));
      BatchSize batchSize = new BatchSize(config.pushLimit(), transport.tempo());
      Pusher pusher =
          new Pusher(
              database,
              transport,
              identity.towards(remote, config.history().deletes()),
              new Listeners(
                  List.of(
                      record,
                      listener,
                      new RefusalLog(remote.name()),
                      new KeyRenewal(remote, clock))),
              batchSize,
              sending,
              clock,
              carrying -> history(database, transport, batchSize, record, carrying),
              remote.terms().takes()
                  ? Optional.of(
                      new MetadataTaking(
                          database, new OwnMetadata(config.local(), config.wallClock())))
                  : Optional.empty());
      return new PushLoop(
          remote.name(),
          pusher,
          new Pace(config.syncTime(), RandomGenerator.getDefault()),
          new Outage(remote.name(), clock),
          record,
          stop);
    }

    private History history(
        LocalDatabase database,
        Transport transport,
        BatchSize batchSize,
        PushRecord record,
        Carrying carrying) {
      RandomGenerator random = RandomGenerator.getDefault();
      return new History(
          database,
          new Repair(database, transport, carrying, batchSize, random),
          new CatchUp(database, transport, carrying, config.history().newestFirst()),
          config.history(),
          config.syncTime(),
          clock,
          record);
    }

    private ExecutorService loopThread(String remote) {
      return Objects.requireNonNull(loopThreads.get(remote));
    }

    private static ExecutorService threads(String name, int count) {
      AtomicInteger number = new AtomicInteger();
      ThreadFactory factory =
          task -> {
            Thread thread =
                new Thread(task, count == 1 ? name : name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          };
      return Executors.newFixedThreadPool(count, factory);
    }
  }

  private static PushOutcome result(Future<PushOutcome> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PushOutcome.Failed(e, Optional.empty());
    } catch (ExecutionException e) {
      throw new IllegalStateException("A push ended in a defect of ours", e.getCause());
    }
  }

  private void end(Collection<ExecutorService> executors, Instant deadline) {
    executors.forEach(ExecutorService::shutdown);
    executors.forEach(executor -> awaitEnd(executor, deadline));
  }

  private void awaitEnd(ExecutorService executor, Instant deadline) {
    try {
      Duration left = Duration.between(clock.instant(), deadline);
      if (left.compareTo(STOP_TIME) > 0) {
        left = STOP_TIME; // the clock was set back meanwhile
      }
      if (!executor.awaitTermination(left.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("A push did not end within {} s; its rows travel again", STOP_TIME.toSeconds());
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
