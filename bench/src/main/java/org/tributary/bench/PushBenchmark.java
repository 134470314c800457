package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Times a whole push, SQLite to SQLite: a gateway process and a central process as a user starts
 * them, with both databases on this machine. Prints readings a second, the memory that the gateway
 * took, and how long a push takes that has nothing to do.
 *
 * <p>Arguments: the number of readings (default 1,000,000), the number of runs (default 3), the
 * gateway's heap (default 64m). Run it by {@code bench/push.sh}.
 */
public final class PushBenchmark {

  private final Path folder;
  private final Path jar;
  private final String heap;
  private final PrintStream out;

  private PushBenchmark(Path folder, Path jar, String heap, PrintStream out) {
    this.folder = folder;
    this.jar = jar;
    this.heap = heap;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String heap = args.length > 2 ? args[2] : "64m";
    Path folder = Files.createTempDirectory("tributary-bench-");
    try {
      new PushBenchmark(folder, Path.of("cli/target/tributary.jar"), heap, System.out)
          .run(readings, runs);
    } finally {
      delete(folder);
    }
  }

  private void run(long readings, int runs) throws IOException, InterruptedException {
    DatabaseUrl gateway = DatabaseUrl.parse("sqlite:///gateway.db", folder);
    long stored = GatewayDatabase.fill(gateway, RealReadings.all(Path.of("data")), readings);
    out.printf(
        Locale.ROOT,
        "%,d real readings and their node states at the gateway, %d processors, Java %s, -Xmx%s%n",
        stored,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        heap);
    List<Double> rates = new ArrayList<>();
    List<Double> idle = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      once(run, stored, rates, idle);
    }
    out.printf(
        Locale.ROOT,
        "median: %,.0f readings/s end to end; a push with nothing to do %.2f s%n",
        median(rates),
        median(idle));
  }

  private void once(int run, long readings, List<Double> rates, List<Double> idle)
      throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("central.db"));
    Files.deleteIfExists(folder.resolve("central.db-wal"));
    Files.deleteIfExists(folder.resolve("central.db-shm"));
    int port = freePort();
    Files.writeString(
        folder.resolve("push.conf"),
        """
        [general]
        localurl = sqlite:///gateway.db
        gateway = bench
        pushlimit = 10000
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(port));
    Process central =
        java(
            List.of("-Xmx512m"),
            "serve",
            "--db",
            "sqlite:///central.db",
            "--listen",
            "127.0.0.1:" + port);
    try {
      awaitPort(port, central);
      Duration before = central.info().totalCpuDuration().orElse(Duration.ZERO);
      Measured push = measure("push", "--config", "push.conf", "--once");
      Duration centralCpu = central.info().totalCpuDuration().orElse(Duration.ZERO).minus(before);
      Measured nothing = measure("push", "--config", "push.conf", "--once");
      long arrived = count();
      double rate = (arrived + states()) / seconds(push.elapsed());
      out.printf(
          Locale.ROOT,
          "run %d: %,d readings arrived in %.1f s, %,.0f rows/s with node states (%,.0f readings/s),"
              + " gateway at most %d MB, processor time %.1f s there and %.1f s at central;"
              + " nothing to do: %.2f s%n",
          run,
          arrived,
          seconds(push.elapsed()),
          rate,
          arrived / seconds(push.elapsed()),
          push.peakKilobytes() / 1024,
          seconds(push.cpu()),
          seconds(centralCpu),
          seconds(nothing.elapsed()));
      if (arrived != readings) {
        throw new IllegalStateException("Only " + arrived + " of " + readings + " arrived");
      }
      rates.add(arrived / seconds(push.elapsed()));
      idle.add(seconds(nothing.elapsed()));
    } finally {
      central.destroy();
      central.waitFor();
    }
  }

  private record Measured(Duration elapsed, Duration cpu, long peakKilobytes) {}

  /** Runs a gateway command to its end; its peak memory is asked of the kernel while it runs. */
  private Measured measure(String... command) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process = java(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1"), command);
    long peak = 0;
    Duration cpu = Duration.ZERO;
    // Asked more often, the asking itself would take a part of the processors that are measured.
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, peakKilobytes(process.pid()));
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "The push ended with %d: see %s".formatted(process.exitValue(), folder));
    }
    return new Measured(elapsed, cpu, peak);
  }

  private Process java(List<String> options, String... command) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-XX:+UseSerialGC");
    Path archive = jar.resolveSibling("tributary.jsa").toAbsolutePath();
    if (Files.notExists(archive) || Files.size(archive) == 0) {
      throw new IllegalStateException(
          archive + " is missing, and starts would be slower than a user's: run ./tributary once");
    }
    words.add("-XX:SharedArchiveFile=" + archive);
    words.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    words.addAll(Arrays.asList(command));
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.log").toFile()))
        .start();
  }

  private long count() throws IOException {
    return rows(Tables.READING);
  }

  private long states() throws IOException {
    return rows(Tables.NODE_STATE);
  }

  private long rows(Table table) throws IOException {
    try (SourceDatabase central =
        new SourceDatabase(DatabaseUrl.parse("sqlite:///central.db", folder))) {
      return central.countAfter(table, Optional.empty());
    }
  }

  private static void awaitPort(int port, Process process)
      throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (ConnectException e) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("Central did not start");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static long peakKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has just ended, or this system has no /proc
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
