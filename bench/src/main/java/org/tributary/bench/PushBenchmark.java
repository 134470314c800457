package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  private final Programs programs;
  private final Path folder;
  private final String heap;
  private final PrintStream out;

  private PushBenchmark(Programs programs, String heap, PrintStream out) {
    this.programs = programs;
    this.folder = programs.folder();
    this.heap = heap;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String heap = args.length > 2 ? args[2] : "64m";
    Programs programs = Programs.inNewFolder();
    try {
      new PushBenchmark(programs, heap, System.out).run(readings, runs);
    } finally {
      programs.tidyUp();
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
    int port = Programs.freePort();
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
    Process central = programs.serve("-Xmx512m", "sqlite:///central.db", port);
    try {
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
    Process process = programs.start(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1"), command);
    long peak = 0;
    Duration cpu = Duration.ZERO;
    // Asked more often, the asking itself would take a part of the processors that are measured.
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, Programs.peakKilobytes(process.pid()));
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "The push ended with %d: see %s".formatted(process.exitValue(), folder));
    }
    return new Measured(elapsed, cpu, peak);
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

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
