package org.tributary.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Digest;
import org.tributary.wire.Grain;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Times the digest of windows of a SQLite database of real readings, on one thread. Arguments: the
 * number of readings (default 1,000,000), the number of runs (default 5).
 */
public final class DigestBenchmark {

  private DigestBenchmark() {}

  public static void main(String[] args) throws IOException {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Path folder = Files.createTempDirectory("tributary-bench-");
    try {
      DatabaseUrl url = DatabaseUrl.parse("sqlite:///gateway.db", folder);
      long stored = GatewayDatabase.fill(url, RealReadings.all(Path.of("data")), readings);
      try (SourceDatabase database = new SourceDatabase(url)) {
        Instant first =
            (Instant)
                database
                    .readAfter(Tables.READING, Optional.empty(), Optional.empty(), 1)
                    .last()
                    .orElseThrow()
                    .key()
                    .get(0);
        Instant last =
            (Instant)
                database
                    .newest(Tables.READING, Instant.parse("9999-01-01T00:00:00Z"))
                    .last()
                    .orElseThrow()
                    .key()
                    .get(0);
        Window begin = Window.dayOf(first);
        Window end = Window.dayOf(last);
        Window all = new Window(null, begin.hour(), (int) (end.endHour() - begin.hour()));
        for (int run = 1; run <= runs; run++) {
          for (Grain grain : Grain.values()) {
            long begun = threads.getCurrentThreadCpuTime();
            Map<Window, Digest> digests =
                database.digests(Tables.READING, all, grain, Optional.empty());
            double seconds = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
            System.out.printf(
                Locale.ROOT,
                "run %d: %,d readings in %,d windows (%s): %,.0f rows/s of a core%n",
                run,
                stored,
                digests.size(),
                grain,
                stored / seconds);
          }
        }
      }
    } finally {
      Programs.delete(folder);
    }
  }
}
