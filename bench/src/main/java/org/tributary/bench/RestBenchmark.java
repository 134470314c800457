package org.tributary.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  private static final int TIMES = 5;
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
    try {
      print(
          "%s: %,d real readings, %d processors, central with -Xmx64m",
          url.dialect(), stored, Runtime.getRuntime().availableProcessors());
      try (PlainClient client = new PlainClient(port)) {
        for (int i = 1; i < HOUSES; i++) {
          post(client, "/rest/house/", "{\"address\": \"%d Bench Street\"}".formatted(i + 1));
        }
        for (int i = 0; i < 3; i++) { // the compiler gets to know the program
          perSecond(port, houses -> houses.get("/rest/house/"));
        }
        print(
            "GET /rest/house/ (%d rows), %d connections: %,.0f requests/s",
            HOUSES, CONNECTIONS, perSecond(port, houses -> houses.get("/rest/house/")));
        print(
            "GET /rest/node/1, %d connections: %,.0f requests/s",
            CONNECTIONS, perSecond(port, node -> node.get("/rest/node/1")));
        range(client, 0);
        range(client, stored - RANGE);
        whole(client, stored);
      }
      print(
          "POST /rest/reading/, %d connections: %,.0f rows/s",
          CONNECTIONS, perSecond(port, this::add));
      print("central took at most %d MB", Programs.peakKilobytes(central.pid()) / 1024);
    } finally {
      central.destroy();
      central.waitFor();
    }
  }

  private void range(PlainClient client, long from) throws IOException {
    String header = "Range: items=%d-%d".formatted(from, from + RANGE);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long begun = System.nanoTime();
      long rows = client.get("/rest/reading/", header).objects();
      if (rows != RANGE) {
        throw new IllegalStateException("Only " + rows + " readings came");
      }
      rates.add(rows / seconds(begun));
    }
    print("GET /rest/reading/, %s: %,.0f rows/s (median of %d)", header, median(rates), TIMES);
  }

  private void whole(PlainClient client, long readings) throws IOException {
    long begun = System.nanoTime();
    PlainClient.Answer answer = client.get("/rest/reading/");
    double seconds = seconds(begun);
    if (answer.objects() != readings) {
      throw new IllegalStateException("Only " + answer.objects() + " readings came");
    }
    print(
        "GET /rest/reading/: %,d rows, %,d MB in %.1f s, %,.0f rows/s",
        readings, answer.bytes() >> 20, seconds, readings / seconds);
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

  /** How many requests a second all connections together get answered. */
  private static double perSecond(int port, Asking asking)
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
      return requests / seconds(begun);
    } finally {
      connections.shutdown();
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
