package org.tributary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread write at a time, for a database that can't do more. What has come to wait
 * meanwhile is then written in one transaction: the wait for the disk at its end is the same for
 * one and for many. Where one of them fails, each is run alone. Thread-safe.
 */
final class OneWriter {

  private static final int TOGETHER = 16;

  /** Runs work in one transaction, durable when it returns. */
  interface Transactions {
    <T> T run(SqlWork<T> work) throws StoreException;
  }

  private final Transactions transactions;
  // Waiting here is fair, waiting for the file's lock would not be.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Queue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();

  /**
   * @param transactions what runs them
   */
  OneWriter(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Runs work in a transaction that it may share with others; all of it is durable, or nothing. */
  <T> T write(SqlWork<T> work) throws StoreException {
    Waiting<T> mine = new Waiting<>(work);
    queue.add(mine);
    lock.lock();
    try {
      if (!mine.done) {
        run(group(mine));
      }
    } finally {
      lock.unlock();
    }
    return mine.result();
  }

  /** How many have come that nobody has begun to write. */
  int waiting() {
    return queue.size();
  }

  /** This one, and what has waited longest besides. */
  private List<Waiting<?>> group(Waiting<?> mine) {
    List<Waiting<?>> group = new ArrayList<>();
    queue.remove(mine);
    group.add(mine);
    while (group.size() < TOGETHER) {
      Waiting<?> next = queue.poll();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    return group;
  }

  private void run(List<Waiting<?>> group) {
    if (group.size() == 1 || !runTogether(group)) {
      group.forEach(this::runAlone);
    }
  }

  private boolean runTogether(List<Waiting<?>> group) {
    try {
      List<Runnable> ends =
          transactions.run(
              connection -> {
                List<Runnable> each = new ArrayList<>();
                for (Waiting<?> waiting : group) {
                  each.add(waiting.run(connection));
                }
                return each;
              });
      ends.forEach(Runnable::run);
      return true;
    } catch (StoreException | RuntimeException e) {
      return false; // all of it was taken back; whose failure it was shows when each is alone
    }
  }

  private void runAlone(Waiting<?> waiting) {
    try {
      transactions.run(waiting::run).run();
    } catch (StoreException | RuntimeException e) {
      waiting.fail(e);
    }
  }

  /** Somebody's work. Guarded by the lock until it is done. */
  private static final class Waiting<T> {
    private final SqlWork<T> work;
    private boolean done;
    private @Nullable T found;
    private @Nullable Exception failure;

    Waiting(SqlWork<T> work) {
      this.work = work;
    }

    /** Runs it; what is returned is to be run once it is durable. */
    Runnable run(Connection connection) throws SQLException {
      T result = work.run(connection);
      return () -> {
        found = result;
        done = true;
      };
    }

    void fail(Exception why) {
      failure = why;
      done = true;
    }

    T result() throws StoreException {
      if (failure instanceof StoreException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      return Objects.requireNonNull(found);
    }
  }
}
