package org.tributary.edge.ssh;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a silent SSH host for a sign of life, and cuts the connection when none comes.
 *
 * <p>The library has a way of its own, but that waits in line behind whatever is being written, and
 * on a dead link a write may wait for a quarter of an hour.
 */
final class LifeSigns implements AutoCloseable {

  /** Asks the host for an answer; may wait, and may fail. */
  interface Question {
    void ask() throws Exception;
  }

  private final HeardSocket connection;
  private final Question question;
  private final int unanswered;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor clock;
  private int silences;

  LifeSigns(HeardSocket connection, Question question, Patience patience, ThreadFactory threads) {
    this.connection = connection;
    this.question = question;
    this.unanswered = patience.unanswered();
    this.clock = new ScheduledThreadPoolExecutor(2, threads); // one asks, one counts
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clock.setRemoveOnCancelPolicy(true);
    long every = patience.keepAlive().toMillis();
    var unused = clock.scheduleAtFixedRate(this::listen, every, every, TimeUnit.MILLISECONDS);
  }

  private void listen() {
    if (connection.heardAnything()) {
      silences = 0;
    } else if (++silences > unanswered) {
      connection.cut();
    } else if (asking.compareAndSet(false, true)) {
      clock.execute(this::ask);
    }
  }

  private void ask() {
    try {
      question.ask();
    } catch (Exception e) { // the reading side of the library finds that out as well
      connection.cut();
    } finally {
      asking.set(false);
    }
  }

  /** Cuts the connection after a while, unless all is closed by then. */
  void cutIn(Duration time) {
    try {
      var unused = clock.schedule(connection::cut, time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      connection.cut();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
