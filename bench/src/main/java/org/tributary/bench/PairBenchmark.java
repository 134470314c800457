package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tributary.store.DatabaseUrl;
import org.tributary.testbed.AtExit;

/**
 * Compares, pair of engines by pair, what a database takes in bulk, what its own tools copy, and
 * what a push carries, on the same real readings and the same machine, and prints a table with
 * ratios. Medians over the runs; whatever is measured is checked row by row.
 *
 * <p>Run it by {@code bench/run}, which says what the arguments are.
 */
public final class PairBenchmark {

  private final Programs programs;
  private final RawReadings readings;
  private final Map<BenchEngine, DatabaseUrl> gateways = new EnumMap<>(BenchEngine.class);
  private final PrintStream out;

  private PairBenchmark(Programs programs, RawReadings readings, PrintStream out) {
    this.programs = programs;
    this.readings = readings;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    List<PairRun.Pair> pairs =
        args.length > 2
            ? Arrays.stream(args).skip(2).map(PairRun.Pair::named).toList()
            : PairRun.usual();
    Programs programs =
        new Programs(AtExit.temporaryDirectory("bench"), Path.of("cli/target/tributary.jar"));
    DatabaseUrl first = BenchEngine.SQLITE.freshDatabase(programs.folder());
    GatewayDatabase.fillWithReadings(first, RealReadings.all(Path.of("data")), readings);
    RawReadings all = RawReadings.of(first, programs.folder().resolve("readings.tsv"));
    PairBenchmark benchmark = new PairBenchmark(programs, all, System.out);
    benchmark.gateways.put(BenchEngine.SQLITE, first);
    benchmark.run(pairs, runs);
  }

  private void run(List<PairRun.Pair> pairs, int runs)
      throws IOException, SQLException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%,d real readings, %d processors, Java %s, gateway with -Xmx64m; medians of %d runs%n",
        readings.size(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        runs);
    List<String> table = new ArrayList<>();
    for (PairRun.Pair pair : pairs) {
      PairRun run = new PairRun(programs, pair, gateway(pair.from()), readings);
      List<PairRun.Figures> figures = new ArrayList<>();
      for (int i = 1; i <= runs; i++) {
        figures.add(run.run());
        out.printf("run %d of %s: %s%n", i, pair, figures.get(i - 1));
      }
      table.add(line(pair, figures));
    }
    out.println();
    out.println(
        "| gateway → central | raw load, rows/s | into central's table | rival pipe | own replication | push, rows/s"
            + " | × raw | × central's table | × pipe | × replication | merge of known rows | push of known rows"
            + " | × merge | gateway MB | central MB | CPU s, raw | CPU s, push: gateway + central + servers | nothing to do, s |");
    out.println("|---|" + "---|".repeat(17));
    table.forEach(out::println);
  }

  /** A gateway's database of that engine with all readings. */
  private DatabaseUrl gateway(BenchEngine engine) throws IOException {
    DatabaseUrl known = gateways.get(engine);
    if (known != null) {
      return known;
    }
    DatabaseUrl url = engine.freshDatabase(programs.folder());
    GatewayDatabase.fillWithReadings(url, RealReadings.all(Path.of("data")), readings.size());
    readings.requireIn(url);
    gateways.put(engine, url);
    return url;
  }

  private String line(PairRun.Pair pair, List<PairRun.Figures> figures) {
    double raw = rate(figures, PairRun.Figures::raw);
    double ours = rate(figures, PairRun.Figures::rawOurs);
    double push = rate(figures, PairRun.Figures::push);
    double rawAgain = rate(figures, PairRun.Figures::rawAgain);
    double pushAgain = rate(figures, PairRun.Figures::pushAgain);
    Optional<Double> pipe = rivalRate(figures, PairRun.Figures::pipe);
    Optional<Double> replication = rivalRate(figures, PairRun.Figures::replication);
    return "| %s | %,.0f | %,.0f | %s | %s | %,.0f | %.2f | %.2f | %s | %s | %,.0f | %,.0f | %.2f | %.0f | %.0f | %.1f | %s | %.1f |"
        .formatted(
            pair,
            raw,
            ours,
            shown("%,.0f", pipe),
            shown("%,.0f", replication),
            push,
            push / raw,
            push / ours,
            shown("%.2f", pipe.map(rate -> push / rate)),
            shown("%.2f", replication.map(rate -> push / rate)),
            rawAgain,
            pushAgain,
            pushAgain / rawAgain,
            median(figures, PairRun.Figures::gatewayMegabytes),
            median(figures, PairRun.Figures::centralMegabytes),
            median(figures, PairRun.Figures::rawCpu),
            middle(figures).pushCpu(),
            median(figures, PairRun.Figures::nothing));
  }

  private Optional<Double> rivalRate(
      List<PairRun.Figures> figures, Function<PairRun.Figures, Optional<Double>> seconds) {
    return seconds.apply(figures.get(0)).isPresent()
        ? Optional.of(rate(figures, each -> seconds.apply(each).orElseThrow()))
        : Optional.empty();
  }

  private static String shown(String format, Optional<Double> figure) {
    return figure.map(each -> String.format(Locale.ROOT, format, each)).orElse("–");
  }

  private double rate(List<PairRun.Figures> figures, ToDoubleFunction<PairRun.Figures> seconds) {
    return readings.size() / median(figures, seconds);
  }

  /** The run with the median push. */
  private static PairRun.Figures middle(List<PairRun.Figures> figures) {
    return figures.stream()
        .sorted(Comparator.comparingDouble(PairRun.Figures::push))
        .toList()
        .get(figures.size() / 2);
  }

  private static double median(
      List<PairRun.Figures> figures, ToDoubleFunction<PairRun.Figures> figure) {
    double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
