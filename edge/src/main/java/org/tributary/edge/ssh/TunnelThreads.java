package org.tributary.edge.ssh;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/** Starts the threads of one tunnel, under its name, and waits for their end. */
final class TunnelThreads implements ThreadFactory {
  private final String name;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  TunnelThreads(String host) {
    this.name = "ssh-tunnel-" + host;
  }

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
    return thread;
  }

  private void run(Runnable work) {
    Thread.currentThread().setName(name); // the library has set its own
    running.add(Thread.currentThread());
    try {
      work.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** Ends all that wait for something; waits for each as long as given at most. */
  void end(Duration patience) {
    boolean interrupted = false;
    running.forEach(Thread::interrupt);
    for (Thread thread : running) {
      try {
        thread.join(patience.toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
