package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.testbed.MinaSshServer;
import org.tributary.testbed.SlowLink;
import org.tributary.testbed.SshKeyFile;
import org.tributary.testbed.SshServer;
import org.tributary.testbed.SshServerPlan;

/**
 * Times a push straight into MariaDB through an SSH tunnel: a gateway process as a user starts it,
 * an SSH host in this process, a database server that waits for its disk; at first as it is, then
 * with some milliseconds added to each round trip. Both with tables of ours there and without. The
 * statements that the server was asked meanwhile are counted.
 *
 * <p>Arguments: the number of readings (default 1,100,000), the milliseconds (default 100), the
 * gateway's heap (default 256m), rows a batch (default 100,000). Run it by {@code bench/direct.sh}.
 */
public final class DirectBenchmark {

  private final Programs programs;
  private final Path folder;
  private final String heap;
  private final int rowsPerBatch;
  private final PrintStream out;

  private DirectBenchmark(Programs programs, String heap, int rowsPerBatch, PrintStream out) {
    this.programs = programs;
    this.folder = programs.folder();
    this.heap = heap;
    this.rowsPerBatch = rowsPerBatch;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_100_000;
    int delay = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    String heap = args.length > 2 ? args[2] : "256m";
    int rowsPerBatch = args.length > 3 ? Integer.parseInt(args[3]) : 100_000;
    Programs programs = Programs.inNewFolder();
    try {
      new DirectBenchmark(programs, heap, rowsPerBatch, System.out).run(readings, delay);
    } finally {
      programs.tidyUp();
    }
  }

  private void run(long readings, int delay)
      throws IOException, InterruptedException, SQLException {
    DatabaseUrl gateway = DatabaseUrl.parse("sqlite:///gateway.db", folder);
    long stored =
        GatewayDatabase.fillWithReadings(gateway, RealReadings.all(Path.of("data")), readings);
    out.printf(
        Locale.ROOT,
        "%,d real readings at the gateway, %d processors, Java %s, -Xmx%s, %,d rows a batch%n",
        stored,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        heap,
        rowsPerBatch);
    try (SshServer host = MinaSshServer.start(SshServerPlan.usual(folder))) {
      for (Duration roundTrip : List.of(Duration.ZERO, Duration.ofMillis(delay))) {
        try (SlowLink link = new SlowLink(host.port(), roundTrip)) {
          for (boolean createTables : new boolean[] {true, false}) {
            once(
                stored,
                host,
                roundTrip.isZero() ? host.port() : link.port(),
                roundTrip,
                createTables);
          }
        }
      }
    }
  }

  private void once(
      long readings, SshServer host, int port, Duration roundTrip, boolean createTables)
      throws IOException, InterruptedException, SQLException {
    DatabaseUrl remote = BenchEngine.MARIADB.freshDatabase(folder);
    createSensorTables(remote);
    new SshKeyFile("user_ed25519").writeTo(folder);
    Files.writeString(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:%d %s%n".formatted(port, new SshKeyFile("host_ed25519").publicLine()));
    Files.writeString(
        folder.resolve("direct.conf"),
        """
        [general]
        localurl = sqlite:///gateway.db
        gateway = bench
        pushlimit = %d
        [locations]
        central = 1
        [central]
        transport = direct
        url = 127.0.0.1
        sshport = %d
        sshuser = %s
        sshfolder = %s
        sshkey = user_ed25519
        dbstring = mysql://%s@127.0.0.1/%s
        dbport = %d
        create_tables = %s
        """
            .formatted(
                rowsPerBatch,
                port,
                host.user(),
                folder,
                remote.user().orElseThrow(),
                remote.printable().replaceFirst(".*/", ""),
                remote.port().orElseThrow(),
                createTables ? "yes" : "no"));
    Programs.delete(Files.createDirectories(folder.resolve("push-state")));
    long before = statements(remote);
    double push = measure();
    long between = statements(remote);
    double nothing = measure();
    long after = statements(remote);
    long arrived = count(remote);
    out.printf(
        Locale.ROOT,
        "%3d ms added to a round trip, create_tables = %-3s: %,d readings in %.1f s, %,.0f a second;"
            + " nothing to do: %.1f s; %,d and %,d statements%n",
        roundTrip.toMillis(),
        createTables ? "yes" : "no",
        arrived,
        push,
        arrived / push,
        nothing,
        between - before,
        after - between);
    if (arrived != readings) {
      throw new IllegalStateException("Only " + arrived + " of " + readings + " arrived");
    }
    BenchEngine.MARIADB.drop(remote);
  }

  /**
   * As the latest revision of the original has them, but for what it keeps of a number and a time.
   */
  private static void createSensorTables(DatabaseUrl remote) throws IOException, SQLException {
    try (Database database = Database.open(remote, Access.WRITE)) {
      Schema.upgrade(database);
      database.write(
          connection -> {
            List<String> ours = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
              try (ResultSet tables = statement.executeQuery("SHOW TABLES LIKE 'tributary%'")) {
                while (tables.next()) {
                  ours.add(tables.getString(1));
                }
              }
              statement.execute("SET foreign_key_checks = 0");
              for (String table : ours) {
                statement.execute("DROP TABLE " + table);
              }
              statement.execute("SET foreign_key_checks = 1");
            }
            return true;
          });
    }
  }

  /** How many statements the server has been asked; each is a turn, but for those sent together. */
  private static long statements(DatabaseUrl remote) throws IOException {
    try (Database database = Database.open(remote, Access.READ_ONLY)) {
      return database.read(
          connection -> {
            try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
              found.next();
              return found.getLong(2);
            }
          });
    }
  }

  private static long count(DatabaseUrl remote) throws IOException {
    try (Database database = Database.open(remote, Access.READ_ONLY)) {
      return database.read(DirectBenchmark::count);
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT COUNT(*) FROM Reading")) {
      found.next();
      return found.getLong(1);
    }
  }

  /** The seconds that a push takes from its start to its end. */
  private double measure() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process =
        programs.start(
            List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1"),
            "push",
            "--config",
            "direct.conf",
            "--once");
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroy();
      throw new IllegalStateException(
          "The push did not end well: " + Files.readString(folder.resolve("push.log")));
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
