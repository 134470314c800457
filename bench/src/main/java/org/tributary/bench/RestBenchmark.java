package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.tributary.store.DatabaseUrl;

/**
 * Times central's REST interface: a central process as a user starts it, asked over HTTP by eight
 * connections of a client that does next to nothing with the answers. Prints requests and rows a
 * second, and the memory that central took.
 *
 * <p>Arguments: the number of readings (default 1,000,000), and URLs of empty databases to do the
 * same on (default: a SQLite file of its own). Run it by {@code bench/rest.sh}.
 */
public final class RestBenchmark {

  private static final int CONNECTIONS = 8;
  private static final int HOUSES = 25;
  private static final int RANGE = 100_000;
  private static final double SECONDS = 5;

  private final Programs programs;
  private final PrintStream out;
  private final AtomicLong numbers = new AtomicLong();

  private RestBenchmark(Programs programs, PrintStream out) {
    this.programs = programs;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    long readings = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    List<String> databases =
        args.length > 1
            ? Arrays.asList(args).subList(1, args.length)
            : List.of("sqlite:///central.db");
    Programs programs = Programs.inNewFolder();
    try {
      for (String database : databases) {
        new RestBenchmark(programs, System.out).run(database, readings);
      }
    } finally {
      programs.tidyUp();
    }
  }

  private void run(String database, long readings) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse(database, programs.folder());
    long stored = GatewayDatabase.fill(url, RealReadings.all(Path.of("data")), readings);
    int port = Programs.freePort();
    Process central = programs.serve("-Xmx64m", database, port);
    try (PlainClient client = new PlainClient(port)) {
      print(
          "%s: %,d real readings, %d connections, %d processors, central with -Xmx64m",
          url.dialect(), stored, CONNECTIONS, Runtime.getRuntime().availableProcessors());
      for (int i = 1; i < HOUSES; i++) {
        post(client, "/rest/house/", "{\"address\": \"%d Bench Street\"}".formatted(i + 1));
      }
      for (int i = 0; i < 3; i++) { // the compiler gets to know the program
        perSecond(port, houses -> houses.get("/rest/house/"));
      }
      measure(
          central,
          "GET /rest/house/ (%d rows): requests".formatted(HOUSES),
          () -> perSecond(port, houses -> houses.get("/rest/house/")));
      measure(
          central,
          "GET /rest/node/1: requests",
          () -> perSecond(port, node -> node.get("/rest/node/1")));
      for (long from : List.of(0L, stored - RANGE)) {
        String header = "Range: items=%d-%d".formatted(from, from + RANGE);
        rows(client, RANGE, header); // the first of its kind
        measure(
            central,
            "GET /rest/reading/ with " + header + ": rows",
            () -> rows(client, RANGE, header));
      }
      measure(central, "GET /rest/reading/, all: rows", () -> rows(client, stored));
      perSecond(port, this::add);
      measure(central, "POST /rest/reading/: rows", () -> perSecond(port, this::add));
      print("central took at most %d MB", Programs.peakKilobytes(central.pid()) / 1024);
    } finally {
      central.destroy();
      central.waitFor();
    }
  }

  /** How many there were, in how long. */
  private record Count(long count, double seconds) {}

  /** Prints the rate, and the processor time of central, which other programs disturb less. */
  private void measure(Process central, String what, Callable<Count> work) throws Exception {
    Duration before = cpu(central);
    Count done = work.call();
    double micros = cpu(central).minus(before).toNanos() / 1e3;
    print(
        "%s: %,.0f/s, %.1f us of processor time each",
        what, done.count() / done.seconds(), micros / done.count());
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Count rows(PlainClient client, long expected, String... headers)
      throws IOException {
    long begun = System.nanoTime();
    long rows = client.get("/rest/reading/", headers).objects();
    if (rows != expected) {
      throw new IllegalStateException("Only %d of %d readings came".formatted(rows, expected));
    }
    return new Count(rows, seconds(begun));
  }

  private PlainClient.Answer add(PlainClient client) throws IOException {
    long number = numbers.incrementAndGet();
    return post(
        client,
        "/rest/reading/",
        "{\"time\": \"2001-01-01T%02d:%02d:%02d.%03d\", \"nodeId\": 1, \"type\": 0, \"value\": 1}"
            .formatted(
                number / 3_600_000 % 24, number / 60_000 % 60, number / 1000 % 60, number % 1000));
  }

  private static PlainClient.Answer post(PlainClient client, String path, String row)
      throws IOException {
    PlainClient.Answer answer = client.post(path, row.getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 201) {
      throw new IllegalStateException("POST " + path + " was answered by " + answer.status());
    }
    return answer;
  }

  private interface Asking {
    PlainClient.Answer ask(PlainClient client) throws IOException;
  }

  /** How many requests all connections together get answered in a few seconds. */
  private static Count perSecond(int port, Asking asking)
      throws InterruptedException, ExecutionException {
    ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long begun = System.nanoTime();
      Callable<Long> work =
          () -> {
            try (PlainClient client = new PlainClient(port)) {
              long requests = 0;
              while (seconds(begun) < SECONDS) {
                if (asking.ask(client).status() >= 300) {
                  throw new IllegalStateException("Central refuses");
                }
                requests++;
              }
              return requests;
            }
          };
      List<Future<Long>> done = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        done.add(connections.submit(work));
      }
      long requests = 0;
      for (Future<Long> each : done) {
        requests += each.get();
      }
      return new Count(requests, seconds(begun));
    } finally {
      connections.shutdown();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
