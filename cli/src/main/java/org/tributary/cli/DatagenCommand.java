package org.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.cli.datagen.BelievableHouses;
import org.tributary.cli.datagen.LiveFeed;
import org.tributary.cli.datagen.Plan;
import org.tributary.cli.datagen.PushTest;
import org.tributary.cli.datagen.StopSwitch;
import org.tributary.cli.datagen.Written;
import org.tributary.cli.terminal.Progress;
import org.tributary.cli.terminal.Screen;
import org.tributary.store.Counted;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.StoreException;
import org.tributary.store.TargetDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes readings up, for trying things out. */
@Command(
    name = "datagen",
    mixinStandardHelpOptions = true,
    description = {
      "Makes readings up, for trying things out, in a database that is made if it is not there.",
      "As it stands it adds a temperature for node 37, rising from 0 to 100, and for node 38,"
          + " falling from 100 to 0, every --gap until Ctrl-C.",
      "With --bulk it adds many of these at once; with --houses, --nodes or --days it fills"
          + " houses that one could believe in."
    })
final class DatagenCommand implements Callable<Integer> {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|)");
  private static final Duration LONGEST_GAP = Duration.ofDays(7);

  /** Central sets rows aside that are older: no sensor database is. */
  private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int STOP_SECONDS = 10;

  @Option(
      names = "--db",
      paramLabel = "URL",
      defaultValue = "sqlite:///gateway.db",
      description = "The database to fill (default: ${DEFAULT-VALUE}).")
  private String db;

  @Option(
      names = "--gap",
      paramLabel = "TIME",
      defaultValue = "300s",
      description = "From one sample to the next, as in 30s or 5m (default: ${DEFAULT-VALUE}).")
  private String gap;

  @Option(
      names = "--state-switch",
      paramLabel = "N",
      defaultValue = "101",
      description =
          "After how many samples both nodes report their state and count anew"
              + " (default: ${DEFAULT-VALUE}, once from 0 to 100).")
  private int stateSwitch;

  @Option(names = "--samples", paramLabel = "N", description = "End after N samples.")
  private @Nullable Long samples;

  @Option(
      names = "--bulk",
      paramLabel = "N",
      description = "Add N samples at once, one --gap apart, the last one now.")
  private @Nullable Long bulk;

  @Option(
      names = "--houses",
      paramLabel = "N",
      description = "How many believable houses (default: 1).")
  private @Nullable Integer houses;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes each house has (default: 4).")
  private @Nullable Integer nodes;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days up to now are filled (default: 30).")
  private @Nullable Integer days;

  @Option(
      names = "--first-node",
      paramLabel = "ID",
      defaultValue = "1",
      description =
          "The first of the houses' nodes; the others follow (default: ${DEFAULT-VALUE}).")
  private long firstNode;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed makes the same course of things (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  private final Clock clock;

  DatagenCommand() {
    this(Clock.systemUTC());
  }

  DatagenCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, StoreException, InterruptedException {
    Logs.quiet();
    Duration between = gap(gap);
    refuseContradictions();
    DatabaseUrl url = DatabaseOption.parse("--db", db);
    if (TargetDatabase.isSomebodyElses(url)) {
      throw new UsageException(
          url.printable()
              + " is somebody else's sensor database, and made-up readings have no business there."
              + " Give --db a file that does not exist yet, or a database that datagen made.");
    }
    Screen screen = Screen.of(spec.commandLine().getOut(), clock);
    try (TargetDatabase database = new TargetDatabase(url)) {
      if (houses != null || nodes != null || days != null) {
        believable(database, screen);
      } else if (bulk != null) {
        bulk(database, screen, bulk, between);
      } else {
        live(database, screen, between);
      }
    }
    return ExitCode.OK.number();
  }

  private void believable(TargetDatabase database, Screen screen)
      throws UsageException, StoreException {
    Plan plan = plan();
    database.upgrade();
    OptionalLong taken = BelievableHouses.takenNode(database, plan);
    if (taken.isPresent()) {
      throw new UsageException(
          "%s has a node %d already; choose other ids with --first-node, or another --db"
              .formatted(database.url().printable(), taken.getAsLong()));
    }
    BelievableHouses made = BelievableHouses.in(database, plan, clock.instant());
    Instant begun = clock.instant();
    Written written;
    try (Progress progress = screen.progress("rows", made.plannedRows())) {
      written = made.fill(progress::advance);
    }
    tell(screen, database, written, begun);
  }

  private void bulk(TargetDatabase database, Screen screen, long count, Duration between)
      throws StoreException {
    Instant begun = clock.instant();
    Instant last = begun.truncatedTo(ChronoUnit.SECONDS);
    PushTest nodes37and38 = PushTest.in(database, stateSwitch, last);
    Written written;
    try (Progress progress = screen.progress("samples", count)) {
      written = nodes37and38.bulk(count, between, last, progress::advance);
    }
    tell(screen, database, written, begun);
  }

  private void live(TargetDatabase database, Screen screen, Duration between)
      throws StoreException, InterruptedException {
    PushTest nodes37and38 =
        PushTest.in(database, stateSwitch, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    StopSwitch stop = new StopSwitch(clock);
    CountDownLatch ended = new CountDownLatch(1);
    if (samples == null) {
      screen.say("Adding a sample to %s every %s until Ctrl-C", database.url().printable(), gap);
    }
    Signals.onStop(
        () -> {
          stop.stop();
          awaitEnd(ended);
        });
    try {
      new LiveFeed(clock, stop, between)
          .run(
              samples == null ? Long.MAX_VALUE : samples,
              time -> {
                PushTest.Sample sample = nodes37and38.sample(time);
                screen.say(
                    "%s   node 37 %3d   node 38 %3d%s",
                    TIME_OF_DAY.format(sample.time()),
                    sample.rising(),
                    sample.falling(),
                    sample.withStates() ? "   and their states" : "");
              });
    } finally {
      ended.countDown();
    }
  }

  private void tell(Screen screen, TargetDatabase database, Written written, Instant begun) {
    double seconds = Math.max(1, Duration.between(begun, clock.instant()).toMillis()) / 1e3;
    screen.say(
        "%s and %s in %s, in %.1f s (%,.0f rows a second)",
        Counted.of(written.readings(), "reading"),
        Counted.of(written.states(), "node state"),
        database.url().printable(),
        seconds,
        written.rows() / seconds);
  }

  private Plan plan() throws UsageException {
    try {
      return new Plan(
          houses == null ? 1 : houses,
          nodes == null ? 4 : nodes,
          days == null ? 30 : days,
          firstNode,
          seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void refuseContradictions() throws UsageException {
    boolean believable = houses != null || nodes != null || days != null;
    if (bulk != null && believable) {
      throw new UsageException(
          "--bulk is for nodes 37 and 38; --houses, --nodes and --days are for houses: choose one");
    }
    if (samples != null && (bulk != null || believable)) {
      throw new UsageException(
          "--samples is for samples as time goes by; --bulk N for many at once");
    }
    atLeastOne("--bulk", bulk);
    atLeastOne("--samples", samples);
    atLeastOne("--state-switch", (long) stateSwitch);
    Duration between = gap(gap);
    if (bulk != null) {
      double years = bulk * (between.toMillis() / 1e3) / 86_400 / 365.25;
      double most = Duration.between(OLDEST, clock.instant()).toDays() / 365.25;
      if (years > most) {
        throw new UsageException(
            String.format(
                Locale.ROOT,
                "--bulk %,d with --gap %s goes %,.0f years back, beyond the year 2000, where every"
                    + " central takes a clock to be wrong; a shorter --gap would do",
                bulk,
                gap,
                years));
      }
    }
  }

  private static void atLeastOne(String option, @Nullable Long count) throws UsageException {
    if (count != null && count < 1) {
      throw new UsageException("%s takes a number from 1 upwards, not %d".formatted(option, count));
    }
  }

  private static Duration gap(String text) throws UsageException {
    Matcher match = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (match.matches()) {
      long count = Long.parseLong(match.group(1));
      Duration time =
          switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
          };
      if (!time.isZero() && time.compareTo(LONGEST_GAP) <= 0) {
        return time;
      }
    }
    throw new UsageException(
        "--gap takes a time up to seven days, such as 30s, 5m or 1h, not \"" + text + '"');
  }

  private static void awaitEnd(CountDownLatch ended) {
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        Thread.currentThread().interrupt(); // the database takes its time; nothing is half stored
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
