package org.tributary.edge.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.edge.EdgeDoctor;
import org.tributary.edge.RunningPush;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.doctor.Examined;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;

/**
 * Looks at a push at work when somebody asks, and no oftener than every few seconds; where looking
 * takes long, so seldom that it takes a tenth of the time, or every twenty seconds. The doctor
 * looks beside it, every few minutes while somebody asks. Nobody waits for either longer than a
 * moment: then there is what was seen last. Thread-safe.
 */
final class Looking implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Looking.class);

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int SHARE = 10;

  /** Whatever a look costs, an older one says what is not so any more. */
  private static final Duration STALE = Duration.ofSeconds(20);

  private static final Duration BETWEEN_CHECKUPS = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EdgeConfig config;
  private final String version;
  private final Instant since;
  private final Clock clock;
  private final RunningPush push;
  private final SourceDatabase database;
  private final NodesHeard nodes;
  private final ExecutorService eyes = thread("status-look");
  private final ExecutorService doctor = thread("status-doctor");
  private @Nullable Look latest;
  private Future<Look> looking;
  private Instant freshUntil = Instant.MIN;
  private @Nullable Instant checkedAt;
  private volatile Optional<Checkup> checkup = Optional.empty();

  Looking(EdgeConfig config, RunningPush push, String version, Instant since, Clock clock) {
    this.config = config;
    this.push = push;
    this.version = version;
    this.since = since;
    this.clock = clock;
    this.database = new SourceDatabase(config.local(), config.wallClock());
    this.nodes = new NodesHeard(database);
    this.looking = eyes.submit(this::look); // so that who comes first need not wait
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What was seen last, seconds ago if that can be; empty if there was no time to look yet. */
  Optional<Look> latest() {
    try {
      Future<Look> running = begin();
      return Optional.of(running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | RejectedExecutionException e) {
      return seen();
    } catch (ExecutionException e) {
      log.warn("The status page could not look", e.getCause());
      return seen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return seen();
    }
  }

  private synchronized Optional<Look> seen() {
    return Optional.ofNullable(latest);
  }

  private synchronized Future<Look> begin() {
    Instant now = clock.instant();
    beginCheckup(now);
    Future<Look> running = looking;
    // A look that seems to come from the future is one from before the clock was set back.
    boolean isFresh = now.isBefore(freshUntil) && latest != null && !latest.at().isAfter(now);
    if (running.isDone() && !isFresh) {
      running = eyes.submit(this::look);
      looking = running;
    }
    return running;
  }

  private void beginCheckup(Instant now) {
    Instant before = checkedAt;
    if (before == null
        || now.isAfter(before.plus(BETWEEN_CHECKUPS))
        || now.isBefore(before)) { // the clock was set back
      checkedAt = now;
      doctor.execute(this::examine);
    }
  }

  private void examine() {
    List<Examined> found = new ArrayList<>();
    EdgeDoctor.examine(config, version, clock, ZoneId.systemDefault(), found::add);
    checkup = Optional.of(new Checkup(clock.instant(), found));
  }

  private Look look() {
    Instant begun = clock.instant();
    List<RunningPush.Remote> remotes = push.look();
    NodesHeard.Hearing hearing = NodesHeard.Hearing.NONE;
    Optional<String> unknown = Optional.empty();
    try {
      hearing = nodes.look(begun);
    } catch (StoreException e) {
      unknown = Optional.of(String.valueOf(e.getMessage()));
    }
    Look look =
        new Look(
            push.gateway().value(),
            version,
            begun,
            since,
            config.history().sweep(),
            remotes,
            hearing,
            unknown,
            checkup);
    noteEnd(look);
    return look;
  }

  private synchronized void noteEnd(Look look) {
    Instant now = clock.instant();
    Duration cost = Duration.between(look.at(), now).multipliedBy(SHARE);
    latest = look;
    Duration pause = cost.compareTo(FRESH) > 0 ? cost : FRESH;
    freshUntil = now.plus(pause.compareTo(STALE) < 0 ? pause : STALE);
  }

  @Override
  public void close() {
    doctor.shutdownNow();
    eyes.shutdownNow();
    try {
      if (eyes.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        database.close();
        push.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
