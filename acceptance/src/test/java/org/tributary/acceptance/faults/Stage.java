package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.push.ChaosProxy;
import org.tributary.acceptance.push.Program;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.cli.Told;
import org.tributary.testbed.DatabaseServer;

/**
 * The whole system in one folder: central, a gateway and their databases as processes of their own,
 * the proxy between them, and the oracle. Central is closed: the gateway signs in with its key.
 *
 * <p>Not thread-safe: one thread plays.
 */
final class Stage implements AutoCloseable {

  /** How the addresses of a second gateway end, so that its rows are told apart. */
  static final String TWIN = " (twin)";

  private final Path folder;
  private final TestEngine engine;
  private final String database;
  private final String looked;
  private final int port = Program.freePort();
  private final Oracle oracle;
  private final Site site;
  private final ChaosProxy proxy;
  private final List<String> secrets = new ArrayList<>();
  private @Nullable DatabaseServer server;
  private @Nullable Mount disk;
  private @Nullable Site twinSite;
  private @Nullable Oracle twin;
  private @Nullable Program central;
  private @Nullable Program gateway;

  /** A stage with everything of SQLite. */
  Stage(Path folder, long seed) throws Exception {
    this(folder, seed, TestEngine.SQLITE, sqlite(folder), sqlite(folder));
  }

  /**
   * A stage whose central stands on that database.
   *
   * @param database as central is told
   * @param looked the same, as the judge reads it
   */
  Stage(Path folder, long seed, TestEngine engine, String database, String looked)
      throws Exception {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.engine = engine;
    this.database = database;
    this.looked = looked;
    Files.createDirectories(this.folder.resolve("central"));
    this.oracle = new Oracle(this.folder.resolve("oracle.db"));
    this.site = new Site("house-17", "", this.folder.resolve("house"), oracle, seed);
    this.proxy = new ChaosProxy(port);
    proxy.observe(new Acknowledgements(oracle));
  }

  /** Starts central and lets the gateway in; {@link #startGateway} begins its work. */
  Stage open() throws Exception {
    startCentral();
    enrol(site);
    return this;
  }

  /** Writes the gateway's configuration and has it given a key. */
  void enrol(Site its) throws IOException {
    its.configure(proxy.url());
    Told added = Told.by("gateway", "add", its.name(), "--db", database, "--url", proxy.url());
    String line =
        added
            .words()
            .lines()
            .map(String::strip)
            .filter(each -> each.startsWith("tributary enrol "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(added.toString()));
    String[] words = line.split(" ", -1);
    Told enrolled =
        Told.by("enrol", proxy.url(), words[3], "--config", its.configuration().toString());
    assertThat(enrolled.code()).as(enrolled.words()).isZero();
  }

  /** How central's database is called on its own machine. */
  String database() {
    return database;
  }

  void startCentral() {
    central = Program.serveClosed(folder, database, port);
  }

  void startGateway() {
    gateway = Program.push(folder, site.configuration());
  }

  /**
   * Starts the gateway on a machine that is set up otherwise.
   *
   * @param options of the virtual machine
   */
  void startGateway(List<String> options) {
    gateway =
        Program.startWith(folder, options, "push", "--config", site.configuration().toString());
  }

  /** Starts the gateway with a clock that goes as a file says. */
  void startGatewayBy(Path clock) {
    gateway =
        Program.startOther(
            folder, OtherClock.class, "push", clock.toString(), site.configuration().toString());
  }

  /** Starts central anew with a clock that goes as a file says. */
  void startCentralBy(Path clock) {
    central().kill();
    central =
        Program.answering(
            Program.startOther(
                folder,
                OtherClock.class,
                "serve",
                clock.toString(),
                database,
                Integer.toString(port)),
            port);
  }

  Program central() {
    Program its = central;
    assertThat(its).isNotNull();
    return its;
  }

  Program gateway() {
    Program its = gateway;
    assertThat(its).isNotNull();
    return its;
  }

  boolean gatewayRuns() {
    Program its = gateway;
    return its != null && its.isAlive();
  }

  boolean centralRuns() {
    Program its = central;
    return its != null && its.isAlive();
  }

  /** From now on a second gateway's rows are at central as well. */
  void addTwin(Site second, Oracle its) {
    twinSite = second;
    twin = its;
  }

  /** What the second gateway has logged. */
  Optional<Oracle> twin() {
    return Optional.ofNullable(twin);
  }

  /** The server that central's database is on; it outlives who uses it. */
  void standOn(DatabaseServer its) {
    server = its;
  }

  /** The disk that a part of it is on; it goes last. */
  void standOn(Mount its) {
    disk = its;
  }

  /** The server that central's database is on. */
  DatabaseServer server() {
    DatabaseServer its = server;
    assertThat(its).isNotNull();
    return its;
  }

  /** The disk that a part of it is on. */
  Mount disk() {
    Mount its = disk;
    assertThat(its).isNotNull();
    return its;
  }

  /** What nothing that is printed or logged may contain, besides the gateway's key. */
  List<String> secrets() {
    return secrets;
  }

  Path folder() {
    return folder;
  }

  Site site() {
    return site;
  }

  Oracle oracle() {
    return oracle;
  }

  ChaosProxy proxy() {
    return proxy;
  }

  Stock stock() throws SQLException {
    return Stock.of(engine, looked);
  }

  int atCentral() throws SQLException {
    return Stock.size(engine, looked);
  }

  Path centralFile() {
    return folder.resolve("central/central.db");
  }

  /** Waits until so many requests have come since. */
  void awaitExchanges(int more) throws InterruptedException {
    int until = proxy.exchanges() + more;
    for (int i = 0; i < 1_000 && proxy.exchanges() < until; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static String sqlite(Path folder) {
    return "sqlite:///" + folder.toAbsolutePath().resolve("central/central.db");
  }

  static void pause(Random random, int atLeast, int atMost) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(atLeast + random.nextInt(atMost - atLeast));
  }

  /** Ends all and leaves the files for who looks for what went wrong. */
  @Override
  public void close() throws IOException, SQLException {
    try {
      for (Program program : new Program[] {gateway, central}) {
        if (program != null) {
          program.close(); // KILL ends who stands still as well
        }
      }
      proxy.close();
      site.close();
      oracle.close();
      if (twinSite != null && twin != null) {
        twinSite.close();
        twin.close();
      }
    } finally {
      if (server != null) {
        server.close();
      }
      if (disk != null) {
        disk.close();
      }
    }
  }
}
