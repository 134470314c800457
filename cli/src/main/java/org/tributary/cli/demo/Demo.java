package org.tributary.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tributary.cli.datagen.LiveFeed;
import org.tributary.cli.datagen.Pause;
import org.tributary.cli.datagen.Plan;
import org.tributary.cli.datagen.Written;
import org.tributary.cli.terminal.Progress;
import org.tributary.cli.terminal.Screen;
import org.tributary.server.CentralServer;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * A central and two gateways at work in one folder, told to whoever watches: the gateways are
 * filled, they push, and both ends are compared. Everything is joined here.
 */
public final class Demo implements AutoCloseable {

  private static final int GATEWAYS = 2;
  private static final int HOUSES = 2;
  private static final int NODES = 4;
  private static final int NODES_APART = 100;
  private static final int SYNC_SECONDS = 5;
  private static final Duration LIVE_GAP = Duration.ofSeconds(5);
  private static final int BEATS_PER_LINE = 3;
  private static final int PORTS_TRIED = 50;

  /** Where central listens unless it is told otherwise. */
  private static final int USUAL_PORT = 8765;

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final DemoFolder folder;
  private final Screen screen;
  private final Clock clock;
  private final String version;
  private final DatabaseUrl centralUrl;
  private final CentralServer central;
  private final List<DemoGateway> gateways = new ArrayList<>();

  private Demo(
      DemoFolder folder,
      Screen screen,
      Clock clock,
      String version,
      DatabaseUrl centralUrl,
      CentralServer central) {
    this.folder = folder;
    this.screen = screen;
    this.clock = clock;
    this.version = version;
    this.centralUrl = centralUrl;
    this.central = central;
  }

  /**
   * Starts central and makes the gateways, which stand empty.
   *
   * @param port to listen on; if it is taken, the next free one; 0 for any
   */
  public static Demo start(
      DemoFolder folder, int days, int port, Screen screen, Clock clock, String version)
      throws IOException {
    DatabaseUrl url = folder.database("central.db");
    Demo demo =
        new Demo(
            folder,
            screen,
            clock,
            version,
            url,
            CentralServer.start(url, freeFrom(port), CentralServer.Auth.OFF, version, clock));
    try {
      demo.makeGateways(days);
      demo.introduce(days);
      return demo;
    } catch (IOException | RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  /** Fills the gateways, pushes, and compares; whether both ends have the same rows. */
  public boolean run() throws Exception {
    Written written = fill();
    push(written);
    return compare(written);
  }

  /** Says where the result can be seen. */
  public void pointOut(boolean stays) {
    screen.gap();
    screen.say("Where to look");
    if (stays) {
      point(address(), "how each gateway is, and what waits");
      point(address() + "houses", "rooms, values, plots whose gaps have causes");
      point(address() + "coverage", "what is here of each day, and why the rest isn't");
      point(address() + "api", "the interfaces for programs");
    }
    point(folder.file("central.db").toString(), "all readings, in SQLite");
    for (DemoGateway gateway : gateways) {
      point(folder.file(gateway.name() + ".db").toString(), "those of " + gateway.name());
    }
    screen.gap();
    screen.say(stays ? "What to try in another terminal" : "What to try");
    String config = " --config " + gateways.get(0).config();
    if (stays) {
      point("./tributary status" + config, "");
      point("./tributary doctor" + config, "");
    } else {
      String listen = central.port() == USUAL_PORT ? "" : " --listen 127.0.0.1:" + central.port();
      point(
          "./tributary serve --db sqlite:///" + folder.file("central.db") + listen + " --auth off",
          "");
      point("./tributary push --once" + config, "");
    }
    screen.gap();
  }

  /** Lets nodes measure and gateways push until the pause says that it is over. */
  public void goOn(Pause pause) throws StoreException, InterruptedException {
    screen.say(
        "Both gateways go on: every node measures every %d seconds. Ctrl-C ends it.",
        LIVE_GAP.toSeconds());
    gateways.forEach(DemoGateway::goOn);
    int[] beats = {0};
    new LiveFeed(clock, pause, LIVE_GAP)
        .run(
            Long.MAX_VALUE,
            time -> {
              for (DemoGateway gateway : gateways) {
                gateway.sample(time);
              }
              beats[0]++;
              if (beats[0] % BEATS_PER_LINE == 0) {
                tellArrived(time);
              }
            });
    screen.gap();
    screen.say("Stopped. Everything stays in the folder %s.", folder);
  }

  @Override
  public void close() {
    gateways.forEach(DemoGateway::close);
    central.close();
  }

  private void makeGateways(int days) throws IOException {
    Instant now = clock.instant();
    for (int number = 1; number <= GATEWAYS; number++) {
      long firstNode = 1 + (long) (number - 1) * NODES_APART;
      DemoGateway gateway =
          DemoGateway.in(
              folder, "gateway-" + number, new Plan(HOUSES, NODES, days, firstNode, number), now);
      gateways.add(gateway);
      gateway.configure(address(), SYNC_SECONDS);
    }
  }

  private void introduce(int days) {
    screen.say(
        "A central and %d gateways, all on this machine, in the folder %s", GATEWAYS, folder);
    screen.gap();
    screen.say("  %-12s%-34s%s", "central", address(), "central.db");
    for (DemoGateway gateway : gateways) {
      screen.say(
          "  %-12s%-34s%s",
          gateway.name(),
          "%d houses, %d nodes".formatted(HOUSES, gateway.houses().nodes()),
          gateway.name() + ".db");
    }
    screen.gap();
    screen.say("Filling the gateways with %s of readings", Counted.of(days, "day"));
  }

  private Written fill() throws Exception {
    Instant begun = clock.instant();
    long planned = gateways.stream().mapToLong(gateway -> gateway.houses().plannedRows()).sum();
    Written sum = Written.NOTHING;
    try (Progress progress = screen.progress("rows", planned)) {
      List<Callable<Written>> fillings = new ArrayList<>();
      gateways.forEach(gateway -> fillings.add(() -> gateway.fill(progress::advance)));
      for (Written one : AtOnce.run(fillings)) {
        sum = sum.plus(one);
      }
    }
    screen.say(
        "  %,d readings and %,d node states in %s", sum.readings(), sum.states(), since(begun));
    return sum;
  }

  private void push(Written written) throws Exception {
    screen.gap();
    screen.say("Pushing them to central");
    Instant begun = clock.instant();
    try (Progress progress = screen.progress("rows", written.rows())) {
      List<Callable<Boolean>> pushes = new ArrayList<>();
      for (DemoGateway gateway : gateways) {
        pushes.add(
            () -> {
              gateway.push(version, clock, progress::advance);
              return true;
            });
      }
      AtOnce.run(pushes);
    }
    long millis = Math.max(1, Duration.between(begun, clock.instant()).toMillis());
    screen.say(
        "  %,d rows in %s, %,d a second",
        written.rows(), since(begun), written.rows() * 1_000 / millis);
  }

  private boolean compare(Written written) throws Exception {
    screen.gap();
    screen.say("Comparing both ends, row by row");
    Instant begun = clock.instant();
    List<Verdict> verdicts;
    try (Progress progress = screen.progress("rows", written.rows())) {
      List<Callable<Verdict>> comparisons = new ArrayList<>();
      for (Table table : List.of(Tables.READING, Tables.NODE_STATE)) {
        comparisons.add(
            () ->
                Comparison.of(
                    table,
                    gateways.stream().map(DemoGateway::url).toList(),
                    centralUrl,
                    progress::advance));
      }
      verdicts = AtOnce.run(comparisons);
    }
    boolean readings = tell("readings", verdicts.get(0), written.readings());
    boolean states = tell("node states", verdicts.get(1), written.states());
    if (readings && states) {
      screen.say("  every value, time, node and location as at the gateways, in %s", since(begun));
    }
    return readings && states;
  }

  private boolean tell(String what, Verdict verdict, long written) {
    screen.say("  %,d of %,d %s verified at central", verdict.verified(), written, what);
    if (!verdict.isSound()) {
      screen.say(
          "  %,d missing, %,d changed, %,d only at central; for example",
          verdict.missing(), verdict.changed(), verdict.extra());
      verdict.examples().forEach(example -> screen.say("    %s", example));
    }
    return verdict.isSound() && verdict.expected() == written;
  }

  private void tellArrived(Instant time) {
    StringBuilder line = new StringBuilder();
    line.append("  ").append(TIME_OF_DAY.format(time.atZone(ZoneId.systemDefault())));
    for (DemoGateway gateway : gateways) {
      line.append(
          String.format(Locale.ROOT, "   %s %3d new readings", gateway.name(), gateway.arrived()));
    }
    screen.say(line.append(" at central").toString());
  }

  private void point(String where, String what) {
    screen.say(what.isEmpty() ? "  %s" : "  %-44s%s", where, what);
  }

  private String address() {
    return "http://127.0.0.1:" + central.port() + "/";
  }

  private String since(Instant begun) {
    return String.format(
        Locale.ROOT, "%.1f s", Duration.between(begun, clock.instant()).toMillis() / 1e3);
  }

  private static InetSocketAddress freeFrom(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    if (port == 0) {
      return new InetSocketAddress(loopback, 0);
    }
    int last = Math.min(port + PORTS_TRIED, 65_535);
    for (int candidate = port; candidate <= last; candidate++) {
      try (ServerSocket probe = new ServerSocket(candidate, 1, loopback)) {
        return new InetSocketAddress(loopback, probe.getLocalPort());
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IOException(
        "No free port from %d to %d on 127.0.0.1; name another with --port".formatted(port, last));
  }
}
