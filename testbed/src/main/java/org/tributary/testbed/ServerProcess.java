package org.tributary.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database server's process: starts it in the foreground, waits until it answers, kills it.
 *
 * <p>Its output goes to a log beside the data, and into the exception when it does not start.
 */
final class ServerProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TICKS_PER_SECOND = 100; // on Linux, whatever the kernel's own

  private final List<String> command;
  private final String jdbcUrl;
  private final Path log;
  private @Nullable Process process;

  ServerProcess(List<String> command, String jdbcUrl, Path log) {
    this.command = List.copyOf(command);
    this.jdbcUrl = jdbcUrl;
    this.log = log;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port", e);
    }
  }

  static boolean asRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot see who runs this test", e);
    }
  }

  /** Runs a command of a server's tool box to its end. */
  static void run(List<String> command, @Nullable Path input, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    try {
      int status = builder.start().waitFor();
      if (status != 0) {
        throw failure("%s ended with status %d".formatted(command.get(0), status), log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void start() {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process started = builder.start();
      process = started;
      awaitAnswer(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** What it has taken of the processors, those of its children included that have ended. */
  Duration processorTime() {
    if (process == null) {
      return Duration.ZERO;
    }
    return family(process).stream()
        .map(each -> ticks(each.pid()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration ticks(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i < 15; i++) { // user and system, its own and of children that have ended
        ticks += Long.parseLong(fields[i]);
      }
      return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
    } catch (IOException e) {
      return Duration.ZERO; // it has just ended
    }
  }

  /** Stops it with everything it started; what it starts meanwhile as well. */
  void freeze() {
    if (process == null) {
      return;
    }
    Set<Long> frozen = new HashSet<>();
    boolean isMore = true;
    while (isMore) {
      isMore = false;
      for (ProcessHandle each : family(process)) {
        if (frozen.add(each.pid())) {
          isMore = true;
          run(List.of("kill", "-STOP", Long.toString(each.pid())), null, log);
        }
      }
    }
  }

  /** Kills it with everything it started, and returns when all are gone. */
  void kill() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all = family(process);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }

  private static List<ProcessHandle> family(Process its) {
    return Stream.concat(Stream.of(its.toHandle()), its.descendants()).toList();
  }

  private void awaitAnswer(Process started) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!started.isAlive()) {
        throw failure("%s ended at once".formatted(command.get(0)), log);
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw failure("%s does not answer".formatted(command.get(0)), log);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private boolean answers() {
    try {
      DriverManager.getConnection(jdbcUrl).close();
      return true;
    } catch (SQLException e) {
      return false; // not yet
    }
  }

  private static IllegalStateException failure(String what, Path log) {
    try {
      return new IllegalStateException(what + ":\n" + Files.readString(log));
    } catch (IOException e) {
      return new IllegalStateException(what + ", and left no log", e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while a server was at work", e);
  }
}
