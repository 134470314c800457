package org.tributary.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.StoreException;
import org.tributary.store.fleet.Fleet;

/**
 * Looks at the fleet every minute, whether or not a person does, so that how fast rows come is
 * known when one asks. It has a thread of its own; {@link #close} ends it.
 */
final class FleetWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FleetWatch.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Fleet fleet;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread its = new Thread(task, "fleet-watch");
            its.setDaemon(true);
            return its;
          });

  private FleetWatch(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Begins to look. */
  static FleetWatch begin(Fleet fleet) {
    FleetWatch watch = new FleetWatch(fleet);
    var unused =
        watch.thread.scheduleWithFixedDelay(
            watch::look, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    try {
      fleet.look();
    } catch (StoreException | RuntimeException e) { // the next look may be well again
      log.debug("The fleet could not be looked at: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
