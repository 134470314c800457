package org.tributary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Times the digest of windows of a SQLite database of real readings, on one thread, in processor
 * time. Arguments: the number of readings (default 1,000,000), the number of runs (default 5); or
 * {@code --jmh} and JMH's own, whose scores are rows a microsecond on the wall, that is millions a
 * second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(DigestBenchmark.ROWS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class DigestBenchmark {

  /** All real readings, once. */
  static final int ROWS = 677_664;

  /** How finely the windows are told. */
  @Param({"WHOLE", "HOUR"})
  public Grain grain = Grain.WHOLE;

  private @Nullable Filled filled;

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && args[0].equals("--jmh")) {
      String[] all = Arrays.copyOf(args, args.length);
      all[0] = DigestBenchmark.class.getSimpleName();
      org.openjdk.jmh.Main.main(all);
      return;
    }
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Filled filled = Filled.with(readings)) {
      for (int run = 1; run <= runs; run++) {
        for (Grain grain : Grain.values()) {
          long begun = threads.getCurrentThreadCpuTime();
          Map<Window, Digest> digests = filled.digests(grain);
          double seconds = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
          System.out.printf(
              Locale.ROOT,
              "run %d: %,d readings in %,d windows (%s): %,.0f rows/s of a core%n",
              run,
              filled.rows(),
              digests.size(),
              grain,
              filled.rows() / seconds);
        }
      }
    }
  }

  /** A database of its own in a folder of its own. */
  private record Filled(Path folder, SourceDatabase database, long rows, Window all)
      implements AutoCloseable {

    static Filled with(long readings) throws IOException {
      Path folder = Files.createTempDirectory("tributary-bench-");
      DatabaseUrl url = DatabaseUrl.parse("sqlite:///gateway.db", folder);
      long stored = GatewayDatabase.fill(url, RealReadings.all(Path.of("data")), readings);
      SourceDatabase database = new SourceDatabase(url);
      Instant first = database.oldest(Tables.READING, Instant.EPOCH).orElseThrow();
      Object last =
          database
              .newest(Tables.READING, Instant.parse("9999-01-01T00:00:00Z"))
              .last()
              .orElseThrow()
              .key()
              .get(0);
      long begin = Window.dayOf(first).hour();
      long end = Window.dayOf((Instant) last).endHour();
      return new Filled(folder, database, stored, new Window(null, begin, (int) (end - begin)));
    }

    Map<Window, Digest> digests(Grain grain) throws IOException {
      return database.digests(Tables.READING, all, grain, Optional.empty());
    }

    @Override
    public void close() throws IOException {
      database.close();
      Programs.delete(folder);
    }
  }

  /** Fills a database with the real readings. */
  @Setup
  public void fill() throws IOException {
    Filled made = Filled.with(ROWS);
    if (made.rows() != ROWS) {
      throw new IllegalStateException("There are %,d readings".formatted(made.rows()));
    }
    filled = made;
  }

  /** Digests all of it. */
  @Benchmark
  public Map<Window, Digest> digest() throws IOException {
    return Objects.requireNonNull(filled).digests(grain);
  }

  @TearDown
  public void delete() throws IOException {
    Objects.requireNonNull(filled).close();
  }
}
