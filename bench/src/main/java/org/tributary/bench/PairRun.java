package org.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Schema;
import org.tributary.store.WallClock;

/**
 * One run of one pair of engines: all that is compared, one after the other, on the same readings.
 * After each it is checked that every reading is there.
 */
final class PairRun {

  /**
   * What was measured, in seconds and megabytes.
   *
   * @param raw a bulk load of a table with a key and an index of locations
   * @param rawOurs the same into central's own table, with its other index and its references
   * @param rawAgain a merge where all is there already
   * @param pipe the engine's own tools, where both ends are of one engine
   * @param replication the engine's own, live, where it has any and both ends are of it
   * @param push gateway and central, from the start of the one to its end
   * @param pushAgain the same where all is there already
   * @param nothing a push with nothing to do: mostly the start of its JVM
   * @param rawCpu processor time of the bulk load, client and server
   * @param pushCpu processor time of the first push: gateway, central, and the servers of both
   */
  record Figures(
      double raw,
      double rawOurs,
      double rawAgain,
      Optional<Double> pipe,
      Optional<Double> replication,
      double push,
      double pushAgain,
      double nothing,
      double gatewayMegabytes,
      double centralMegabytes,
      double rawCpu,
      Cpu pushCpu) {}

  /** Processor time in seconds. */
  record Cpu(double gateway, double central, double servers) {
    double all() {
      return gateway + central + servers;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f + %.1f + %.1f", gateway, central, servers);
    }
  }

  private final Programs programs;
  private final Pair pair;
  private final DatabaseUrl gateway;
  private final RawReadings readings;

  /** From which engine to which. */
  record Pair(BenchEngine from, BenchEngine to) {
    static Pair named(String name) {
      String[] ends = name.split("-", -1);
      return new Pair(BenchEngine.named(ends[0]), BenchEngine.named(ends[1]));
    }

    @Override
    public String toString() {
      return from.title() + " → " + to.title();
    }
  }

  PairRun(Programs programs, Pair pair, DatabaseUrl gateway, RawReadings readings) {
    this.programs = programs;
    this.pair = pair;
    this.gateway = gateway;
    this.readings = readings;
  }

  Figures run() throws IOException, SQLException, InterruptedException {
    DatabaseUrl plain = pair.to().freshDatabase(programs.folder());
    create(plain);
    Duration before = cpuOfLoads();
    double raw = load(plain, readings.size());
    double rawCpu = seconds(cpuOfLoads().minus(before));
    double rawAgain = load(plain, 0);
    readings.requireIn(plain);
    pair.to().drop(plain);

    DatabaseUrl ours = centralWithHouse();
    double rawOurs = load(ours, readings.size());
    pair.to().drop(ours);

    Optional<Double> pipe = Optional.empty();
    Optional<Double> replication = Optional.empty();
    if (pair.from() == pair.to()) {
      pipe = Optional.of(pipe());
      replication = pair.to() == BenchEngine.SQLITE ? Optional.empty() : Optional.of(replication());
    }

    DatabaseUrl central = pair.to().freshDatabase(programs.folder());
    Figures figures = product(central, raw, rawOurs, rawAgain, pipe, replication, rawCpu);
    pair.to().drop(central);
    return figures;
  }

  private double pipe() throws IOException, SQLException, InterruptedException {
    DatabaseUrl copy = pair.to().freshDatabase(programs.folder());
    create(copy);
    long begun = System.nanoTime();
    Pipe.run(pair.from(), gateway, copy);
    double seconds = since(begun);
    readings.requireIn(copy);
    pair.to().drop(copy);
    return seconds;
  }

  private double replication() throws IOException, SQLException, InterruptedException {
    try (Replication replication = Replication.of(pair.to(), programs.folder())) {
      return replication.run(readings);
    }
  }

  private void create(DatabaseUrl url) throws SQLException {
    try (Connection connection = BenchEngine.connect(url)) {
      pair.to().rawLoad().create(connection, engine());
    }
  }

  private double load(DatabaseUrl url, long expected) throws SQLException, IOException {
    try (Connection connection = BenchEngine.connect(url)) {
      connection.setAutoCommit(false);
      long begun = System.nanoTime();
      long inserted = pair.to().rawLoad().load(connection, engine(), readings);
      connection.commit();
      double seconds = since(begun);
      connection.setAutoCommit(true);
      if (inserted != expected) {
        throw new IllegalStateException(
            "%d instead of %d rows were new".formatted(inserted, expected));
      }
      return seconds;
    }
  }

  private Engine engine() {
    return Engine.of(
        switch (pair.to()) {
          case SQLITE -> DatabaseUrl.Dialect.SQLITE;
          case MARIADB -> DatabaseUrl.Dialect.MYSQL;
          case POSTGRESQL -> DatabaseUrl.Dialect.POSTGRESQL;
        },
        WallClock.UTC);
  }

  private DatabaseUrl centralWithHouse() throws IOException {
    DatabaseUrl url = pair.to().freshDatabase(programs.folder());
    try (Database database = Database.open(url, Access.DURABLE)) {
      Schema.upgrade(database);
      database.write(
          connection -> {
            GatewayDatabase.writeHouse(connection, database);
            return true;
          });
    }
    return url;
  }

  private Figures product(
      DatabaseUrl central,
      double raw,
      double rawOurs,
      double rawAgain,
      Optional<Double> pipe,
      Optional<Double> replication,
      double rawCpu)
      throws IOException, SQLException, InterruptedException {
    int port = Programs.freePort();
    Files.writeString(
        programs.folder().resolve("push.conf"),
        """
        [general]
        localurl = %s
        gateway = bench
        pushlimit = 10000
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(gateway.printable(), port));
    Process server = programs.serve("-Xmx512m", central.printable(), port);
    try {
      Duration before = cpu(server);
      Duration serversBefore = cpuOfServers();
      Push first = push();
      Duration used = cpu(server).minus(before);
      Duration servers = cpuOfServers().minus(serversBefore);
      readings.requireIn(central);
      Push nothing = push();
      try (Connection connection = BenchEngine.connect(central)) {
        RawLoad.execute(connection, engine(), "DELETE FROM tributary_position");
      }
      Push again = push();
      readings.requireIn(central);
      return new Figures(
          raw,
          rawOurs,
          rawAgain,
          pipe,
          replication,
          first.seconds(),
          again.seconds(),
          nothing.seconds(),
          Math.max(first.megabytes(), again.megabytes()),
          Programs.peakKilobytes(server.pid()) / 1024.0,
          rawCpu,
          new Cpu(first.cpuSeconds(), seconds(used), seconds(servers)));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private record Push(double seconds, double megabytes, double cpuSeconds) {}

  private Push push() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process =
        programs.start(
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
            "push",
            "--config",
            "push.conf",
            "--once");
    long peak = 0;
    Duration cpu = Duration.ZERO;
    // Asked more often, the asking itself would take a part of the processors that are measured.
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, Programs.peakKilobytes(process.pid()));
    }
    double seconds = since(begun);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "The push ended with %d: %s"
              .formatted(
                  process.exitValue(), Files.readString(programs.folder().resolve("out.log"))));
    }
    return new Push(seconds, peak / 1024.0, cpu.toNanos() / 1e9);
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private Duration cpuOfServers() {
    return pair.from() == pair.to()
        ? pair.to().processorTime()
        : pair.to().processorTime().plus(pair.from().processorTime());
  }

  /** Of this program and the server that it loads. */
  private Duration cpuOfLoads() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElse(Duration.ZERO)
        .plus(pair.to().processorTime());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  /** The pairs that are measured if none is named. */
  static List<Pair> usual() {
    List<Pair> pairs = new ArrayList<>();
    for (String name :
        List.of(
            "sqlite-sqlite",
            "postgresql-postgresql",
            "mariadb-mariadb",
            "mariadb-postgresql",
            "sqlite-postgresql")) {
      pairs.add(Pair.named(name));
    }
    return pairs;
  }
}
