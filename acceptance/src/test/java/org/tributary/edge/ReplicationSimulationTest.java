package org.tributary.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;

/**
 * Days in the life of a gateway, each life in one thread and with clocks that are set; {@link
 * SimulatedLife} says what may happen in it. In the end both sides are the same, and both know it.
 *
 * <p>{@code -Dtributary.simulations=50 -Dtributary.simulated-days=30} lives more lives and longer
 * ones, {@code -Dtributary.seed} begins at another seed, such as that of one that failed, {@code
 * -Dtributary.simulated-at-once=2} lives several side by side. All numbers are for SQLite; on a
 * server, which is slower and shared, there is one life.
 */
class ReplicationSimulationTest {

  private static final int LIVES = Integer.getInteger("tributary.simulations", 5);
  private static final int DAYS = Integer.getInteger("tributary.simulated-days", 20);
  private static final int AT_ONCE = Integer.getInteger("tributary.simulated-at-once", 1);
  private static final int DAYS_ON_A_SERVER = Math.min(DAYS, 10);
  private static final long FIRST_SEED = Long.getLong("tributary.seed", 1);

  @ParameterizedTest
  @EnumSource
  void push_whateverHappens_endsWithBothSidesTheSame(TestEngine engine) throws Exception {
    boolean isFile = engine == TestEngine.SQLITE;
    int lives = isFile ? LIVES : 1;
    int days = isFile ? DAYS : DAYS_ON_A_SERVER;
    System.out.printf(
        "Simulating lives of %d days of seeds %d to %d on %s%n",
        days, FIRST_SEED, FIRST_SEED + lives - 1, engine);
    long begun = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(isFile ? AT_ONCE : 1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (long seed = FIRST_SEED; seed < FIRST_SEED + lives; seed++) {
        long its = seed;
        // Both rules in turn, and one on each server.
        HistoryConfig.Deletes deletes =
            its % 2 == 0 ^ engine == TestEngine.POSTGRESQL
                ? HistoryConfig.Deletes.MIRROR
                : HistoryConfig.Deletes.KEEP;
        all.add(threads.submit(() -> SimulatedLife.live(engine, its, deletes, days)));
      }
      throwAllThatFailed(all);
    } finally {
      threads.shutdownNow();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      System.out.printf(
          Locale.ROOT,
          "%,d simulated days in %.1f s: %,.0f a minute%n",
          (long) lives * days,
          took.toMillis() / 1e3,
          lives * days * 60_000.0 / took.toMillis());
    }
  }

  private static void throwAllThatFailed(List<Future<?>> all) throws InterruptedException {
    AssertionError failures = null;
    for (Future<?> each : all) {
      try {
        each.get();
      } catch (ExecutionException e) {
        System.out.println(e.getCause().getMessage());
        if (failures == null) {
          failures = new AssertionError("Not all lives ended well", e.getCause());
        } else {
          failures.addSuppressed(e.getCause());
        }
      }
    }
    if (failures != null) {
      throw failures;
    }
  }
}
