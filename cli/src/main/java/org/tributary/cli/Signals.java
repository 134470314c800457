package org.tributary.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operating system tells a running command. */
final class Signals {

  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /** Runs on SIGTERM and Ctrl-C, and holds the process back until it is done. */
  static void onStop(Runnable action) {
    Runtime.getRuntime().addShutdownHook(new Thread(action, "stop"));
  }

  /**
   * Runs on SIGHUP, where the system has it. The JDK's only way to hear of it is {@code
   * sun.misc.Signal}, whose very name is a compiler warning that can't be switched off; hence by
   * reflection.
   */
  static void onHangUp(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object running =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, running);
    } catch (ReflectiveOperationException e) {
      log.debug("No SIGHUP here; the configuration is read again at the next start", e);
    }
  }

  /** Waits until a command that runs for ever is told to stop. */
  static int await(CountDownLatch stopped) {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK.number();
  }
}
