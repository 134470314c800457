package org.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Tables;

/**
 * What a gateway's {@code push} costs on an ordinary day: bytes to the flash card and over the
 * link, processor time, memory. It runs as a process of its own, every few seconds instead of every
 * ten minutes, first with two new samples of twelve nodes for each cycle, then with nothing new;
 * the rest is arithmetic. Bytes to the card are those that the kernel took from the process for the
 * disk, the logger's own not among them; Linux alone counts them. Argument: cycles of each kind
 * (default 30). Run it by {@code bench/quiet-day.sh}.
 */
public final class QuietDayBenchmark {

  private static final int NODES = 12;
  private static final int SENSORS = 6;
  private static final int SAMPLES_A_CYCLE = 2;
  private static final int SECONDS_A_CYCLE = 3;
  private static final int CYCLES_A_DAY = 144;
  private static final int DAYS_A_MONTH = 30;
  private static final int HISTORY = 100_000;
  private static final int WARM = 20;
  private static final long FIRST_NODE = 100;
  private static final List<Long> TYPES = List.of(0L, 2L, 41L, 8L, 9L, 6L);

  private QuietDayBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int cycles = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    Programs programs = Programs.inNewFolder();
    Path folder = programs.folder();
    DatabaseUrl gateway = DatabaseUrl.parse("sqlite:///gateway.db", folder);
    GatewayDatabase.fill(gateway, RealReadings.all(Path.of("data")), HISTORY);
    int port = Programs.freePort();
    Process central = programs.serve("-Xmx256m", "sqlite:///central.db", port);
    Process push = null;
    try (CountingProxy proxy = new CountingProxy(port);
        Database logger = Database.open(gateway, Access.WRITE)) {
      nodes(logger);
      Files.writeString(
          folder.resolve("push.conf"),
          """
          [general]
          localurl = sqlite:///gateway.db
          gateway = bench
          synctime = %ds
          [locations]
          central = 1
          [central]
          url = http://127.0.0.1:%d/
          """
              .formatted(SECONDS_A_CYCLE, proxy.port()));
      push = programs.start(List.of("-Xmx64m"), "push", "--config", "push.conf");
      Gateway seen = new Gateway(push, proxy, folder.resolve("central.db"));
      seen.await(WARM); // all of the past is there, and Java has got to know its work
      System.out.printf(
          Locale.ROOT,
          "%,d nodes with %d sensors each; a cycle every ten minutes, as by default:%n",
          NODES,
          SENSORS);
      Instant time = Instant.now();
      Counts before = seen.counts();
      for (int i = 0; i < cycles; i++) {
        for (int sample = 0; sample < SAMPLES_A_CYCLE; sample++) {
          time = time.plusMillis(1);
          log(logger, time);
        }
        seen.await(seen.counts().cycles() + 1);
      }
      seen.await(seen.counts().cycles() + 1);
      Counts between = seen.counts();
      print("two samples of each node a cycle", before, between);
      seen.await(between.cycles() + cycles);
      print("nothing new", between, seen.counts());
      System.out.printf(
          Locale.ROOT,
          "memory of push at its highest: %,d kB%n",
          Programs.peakKilobytes(push.pid()));
    } finally {
      if (push != null) {
        push.destroy();
        push.waitFor();
      }
      central.destroy();
      central.waitFor();
      programs.tidyUp();
    }
  }

  /** Its nodes beside those of the history, all in the one room. */
  private static void nodes(Database logger) throws StoreException {
    logger.write(
        connection -> {
          Rows.Builder nodes = new Rows.Builder(Tables.NODE, Tables.NODE.travelling(), NODES);
          for (long node = 0; node < NODES; node++) {
            nodes.row(FIRST_NODE + node, 1L, 0L);
          }
          return new TableWriter(logger.engine(), Tables.NODE).insertNew(connection, nodes.build());
        });
  }

  private static void log(Database logger, Instant time) throws StoreException {
    logger.write(
        connection -> {
          Rows.Builder rows =
              new Rows.Builder(Tables.READING, Tables.READING.columns(), NODES * SENSORS);
          for (long node = 0; node < NODES; node++) {
            for (int sensor = 0; sensor < SENSORS; sensor++) {
              double value =
                  20 + Math.floorMod(time.toEpochMilli() * 31 + node * 7 + sensor, 64) / 8.0;
              rows.row(time, FIRST_NODE + node, TYPES.get(sensor), 1L, value);
            }
          }
          return new TableWriter(logger.engine(), Tables.READING)
              .insertNew(connection, rows.build());
        });
  }

  /** What was counted up to a moment. */
  private record Counts(long cycles, long written, long up, long down, Duration processor) {}

  /** A gateway at work. */
  private static final class Gateway {
    private final Process push;
    private final CountingProxy proxy;
    private final Path central;
    private long up;
    private long down;

    Gateway(Process push, CountingProxy proxy, Path central) {
      this.push = push;
      this.proxy = proxy;
      this.central = central;
    }

    void await(long cycles) throws IOException, InterruptedException {
      while (counts().cycles() < cycles) {
        if (!push.isAlive()) {
          throw new IllegalStateException("push has ended: see out.log in " + central.getParent());
        }
        Thread.sleep(100);
      }
    }

    Counts counts() throws IOException {
      up += proxy.takeUp();
      down += proxy.takeDown();
      return new Counts(
          greetings(), written(), up, down, push.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private long greetings() throws IOException {
      String sql = "SELECT COALESCE(SUM(contacts), 0) FROM tributary_hour";
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + central);
          Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery(sql)) {
        return found.getLong(1);
      } catch (SQLException e) {
        throw new IOException("Central's database can't be read", e);
      }
    }

    private long written() throws IOException {
      try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(push.pid()), "io"))) {
        return lines
            .filter(line -> line.startsWith("write_bytes:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      }
    }
  }

  private static void print(String what, Counts from, Counts to) {
    double cycles = to.cycles() - from.cycles();
    double written = (to.written() - from.written()) / cycles;
    double bytes = (to.up() + to.down() - from.up() - from.down()) / cycles;
    double millis = to.processor().minus(from.processor()).toMillis() / cycles;
    System.out.printf(
        Locale.ROOT,
        "%s (%.0f cycles): %,.0f bytes to the disk a cycle, %.1f MB a day; %,.0f bytes over the"
            + " link, %.1f MB a month (hourly %.2f, daily %.3f); %.0f ms of processor time%n",
        what,
        cycles,
        written,
        written * CYCLES_A_DAY / 1e6,
        bytes,
        bytes * CYCLES_A_DAY * DAYS_A_MONTH / 1e6,
        bytes * 24 * DAYS_A_MONTH / 1e6,
        bytes * DAYS_A_MONTH / 1e6,
        millis);
  }
}
