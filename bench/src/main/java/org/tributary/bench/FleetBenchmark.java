package org.tributary.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;
import org.tributary.edge.EdgeDaemon;
import org.tributary.edge.PushListener;
import org.tributary.edge.PushOutcome;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.TableWriter;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Lets a fleet of gateways come to one central all at once: the program's own gateways, each with a
 * SQLite database of twelve nodes with six sensors each, together in one process, and a central
 * process as a user starts it. Prints how long it takes until all is delivered: after an outage of
 * some hours, after the next two samples, and when there is nothing to do.
 *
 * <p>Arguments: the number of gateways (default 1,000), hours of the outage (default 6), and the
 * URL of an empty database (default: a SQLite file of its own). Run it by {@code bench/fleet.sh}.
 */
public final class FleetBenchmark {

  private static final int NODES = 12;
  private static final long[] TYPES = {0, 2, 8, 9, 6, 11};
  private static final Duration GAP = Duration.ofMinutes(5);
  private static final Duration CYCLE = Duration.ofMinutes(10);

  private final Programs programs;
  private final int gateways;
  private final PrintStream out;
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  private FleetBenchmark(Programs programs, int gateways, PrintStream out) {
    this.programs = programs;
    this.gateways = gateways;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    // A thousand gateways that say what they do would hide what is measured.
    ((Logger) LoggerFactory.getLogger("org.tributary")).setLevel(Level.ERROR);
    int gateways = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    Duration outage = Duration.ofHours(args.length > 1 ? Long.parseLong(args[1]) : 6);
    String database = args.length > 2 ? args[2] : "sqlite:///central.db";
    Programs programs = Programs.inNewFolder();
    try {
      new FleetBenchmark(programs, gateways, System.out).run(database, outage);
    } finally {
      programs.tidyUp();
    }
  }

  private void run(String database, Duration outage) throws Exception {
    Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    long each = prepare(end.minus(outage), end);
    int port = Programs.freePort();
    Process central = programs.serve("-Xmx256m", database, port);
    ExecutorService threads = Executors.newFixedThreadPool(gateways);
    List<EdgeDaemon> fleet = new ArrayList<>();
    try {
      for (int gateway = 0; gateway < gateways; gateway++) {
        fleet.add(daemon(gateway, port));
      }
      print(
          "%,d gateways, %d nodes and %,d rows each, %d processors, central with -Xmx256m",
          gateways, NODES, each, Runtime.getRuntime().availableProcessors());
      measure(threads, fleet, central, "first contact, all at once", each * gateways);
      for (int gateway = 0; gateway < gateways; gateway++) {
        log(gateway, end, end.plus(GAP.multipliedBy(2)));
      }
      measure(threads, fleet, central, "two samples more", 2L * NODES * 7 * gateways);
      measure(threads, fleet, central, "nothing to do", 0);
      print(
          "central has %,d readings; it took at most %d MB",
          readings(DatabaseUrl.parse(database, programs.folder())),
          Programs.peakKilobytes(central.pid()) / 1024);
    } finally {
      fleet.forEach(EdgeDaemon::close);
      threads.shutdownNow();
      central.destroy();
      central.waitFor();
    }
  }

  private void measure(
      ExecutorService threads, List<EdgeDaemon> fleet, Process central, String what, long rows)
      throws Exception {
    batches.set(0);
    failures.set(0);
    Duration before = central.info().totalCpuDuration().orElse(Duration.ZERO);
    long begun = System.nanoTime();
    List<Future<Double>> running = new ArrayList<>();
    for (EdgeDaemon daemon : fleet) {
      running.add(
          threads.submit(
              () -> {
                deliver(daemon);
                return (System.nanoTime() - begun) / 1e9;
              }));
    }
    List<Double> seconds = new ArrayList<>();
    for (Future<Double> each : running) {
      seconds.add(each.get());
    }
    seconds.sort(Double::compare);
    double all = seconds.get(seconds.size() - 1);
    Duration cpu = central.info().totalCpuDuration().orElse(Duration.ZERO).minus(before);
    print(
        "%-28s all after %.1f s (half after %.1f s): %,.0f rows/s, %,.0f gateways/s, %,d batches,"
            + " %,d tries broke off; processor time of central %.1f s: enough for %,.0f gateways a"
            + " processor every %d minutes",
        what,
        all,
        seconds.get(seconds.size() / 2),
        rows / all,
        gateways / all,
        batches.get(),
        failures.get(),
        cpu.toMillis() / 1e3,
        CYCLE.toMillis() / (cpu.toMillis() / (double) gateways),
        CYCLE.toMinutes());
  }

  /** As often as it takes. */
  private void deliver(EdgeDaemon daemon) {
    while (true) {
      Map<String, PushOutcome> outcome = daemon.pushOnce();
      if (outcome.values().stream().allMatch(PushOutcome.Done.class::isInstance)) {
        return;
      }
      failures.incrementAndGet();
    }
  }

  private EdgeDaemon daemon(int gateway, int port) throws Exception {
    Path config = folder(gateway).resolve("synchronise.conf");
    Files.write(
        config,
        List.of(
            "[general]",
            "localurl = sqlite:///house.db",
            "gateway = gateway-" + gateway,
            "[locations]",
            "central = 1",
            "[central]",
            "url = http://127.0.0.1:" + port + "/"));
    return new EdgeDaemon(
        EdgeConfig.read(config, Map.of(), Optional.empty()),
        "bench",
        Clock.systemUTC(),
        new Counting());
  }

  private final class Counting implements PushListener {
    @Override
    public void answered(Batch batch, Ack ack) {
      batches.incrementAndGet();
    }
  }

  /** Makes a database for each gateway; how many rows of series each of them has. */
  private long prepare(Instant from, Instant until) throws IOException {
    Path template = programs.folder().resolve("template.db");
    try (Database database = open(template)) {
      Schema.upgrade(database);
      database.write(connection -> insert(connection, database, Tables.DEPLOYMENT, 1, "Fleet"));
    }
    long rows = 0;
    for (int gateway = 0; gateway < gateways; gateway++) {
      Files.createDirectories(folder(gateway));
      Files.copy(template, house(gateway));
      String address = (gateway + 1) + " Fleet Street";
      long first = firstNode(gateway);
      try (Database database = open(house(gateway))) {
        database.write(
            connection -> {
              insert(connection, database, Tables.HOUSE, 1, 1L, address);
              insert(connection, database, Tables.LOCATION, 1, 1L, 4L);
              for (int i = 0; i < NODES; i++) {
                insert(connection, database, Tables.NODE, first + i, 1L, 0L);
              }
              return true;
            });
      }
      rows = log(gateway, from, until);
    }
    return rows;
  }

  /** Samples of all nodes; how many rows that is. */
  private long log(int gateway, Instant from, Instant until) throws IOException {
    long first = firstNode(gateway);
    Rows.Builder readings = new Rows.Builder(Tables.READING, Tables.READING.columns(), 1_000);
    Rows.Builder states = new Rows.Builder(Tables.NODE_STATE, Tables.NODE_STATE.columns(), 100);
    long sample = 0;
    for (Instant time = from; time.isBefore(until); time = time.plus(GAP)) {
      for (int i = 0; i < NODES; i++) {
        Instant taken = time.plusMillis(i * 997L);
        for (long type : TYPES) {
          double value = Math.round(2_000 + 300 * Math.sin(sample / 40.0 + i + type)) / 100.0;
          readings.row(taken, first + i, type, 1L, value);
        }
        states.row(taken, first + i, 1L, null, sample % 256, -60L - i);
      }
      sample++;
    }
    try (Database database = open(house(gateway))) {
      return database.write(
          connection ->
              new TableWriter(database.engine(), Tables.READING)
                      .insertNew(connection, readings.build())
                  + (long)
                      new TableWriter(database.engine(), Tables.NODE_STATE)
                          .insertNew(connection, states.build()));
    }
  }

  private static long insert(
      Connection connection, Database database, Table table, long id, Object... values)
      throws SQLException {
    Object[] row = new Object[table.travelling().size()];
    row[0] = id;
    System.arraycopy(values, 0, row, 1, values.length);
    Rows rows = new Rows.Builder(table, table.travelling(), 1).row(row).build();
    return new TableWriter(database.engine(), table).insertNew(connection, rows);
  }

  private static long readings(DatabaseUrl central) throws IOException {
    try (SourceDatabase database = new SourceDatabase(central)) {
      return database.countAfter(Tables.READING, Optional.empty());
    }
  }

  private static Database open(Path file) throws IOException {
    return Database.open(
        DatabaseUrl.parse("sqlite:///" + file.toAbsolutePath(), Path.of("/")), Access.WRITE);
  }

  private static long firstNode(int gateway) {
    return 100 + (long) gateway * NODES;
  }

  private Path folder(int gateway) {
    return programs.folder().resolve("gateway-" + gateway);
  }

  private Path house(int gateway) {
    return folder(gateway).resolve("house.db");
  }

  private void print(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
