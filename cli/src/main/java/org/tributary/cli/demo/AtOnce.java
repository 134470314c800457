package org.tributary.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things side by side and waits for all of them. */
final class AtOnce {

  private AtOnce() {}

  /** What they came to, in order; the first failure, once all have ended. */
  static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> ended : threads.invokeAll(tasks)) {
        results.add(ended.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    } finally {
      threads.shutdown();
    }
  }
}
