package org.tributary.acceptance.push;

import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A house's logger at work in a thread of its own while something else is done. */
final class Logging {

  private final House house;
  private final Random random;
  private volatile boolean stop;

  private Logging(House house, long seed) {
    this.house = house;
    this.random = new Random(seed);
  }

  /** What is done meanwhile. */
  interface Action {
    void run() throws Exception;
  }

  /** Logs until the action has ended; a failure of the logger is the test's. */
  static void during(House house, long seed, Action action) throws Exception {
    Logging logging = new Logging(house, seed);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> work = thread.submit(logging::log);
      try {
        action.run();
      } finally {
        logging.stop = true;
      }
      work.get();
    } finally {
      thread.shutdown();
    }
  }

  private Boolean log() throws SQLException, InterruptedException {
    while (!stop) {
      house.log(1 + random.nextInt(20));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
    }
    return true;
  }
}
