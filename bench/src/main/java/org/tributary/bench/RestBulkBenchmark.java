package org.tributary.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Times bulk uploads through the REST interface as a gateway of the original system sends them: one
 * connection, batches of 10,000 real readings as JSON under zlib, one after the other. The bodies
 * are made before; central is a process of its own. Then the same again, when every row is known.
 *
 * <p>Run it by {@code bench/rest-bulk.sh}, which says what the arguments are.
 */
public final class RestBulkBenchmark {

  private static final int BATCH = 10_000;
  private static final long[] TYPES = {0, 2, 41, 8, 9, 6};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Programs programs;
  private final PrintStream out;

  private RestBulkBenchmark(Programs programs, PrintStream out) {
    this.programs = programs;
    this.out = out;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean isOwn = args.length > 0 && !args[0].equals("sqlite");
    int readings = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
    int runs = isOwn ? 1 : args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Programs programs = Programs.inNewFolder();
    try {
      RestBulkBenchmark benchmark = new RestBulkBenchmark(programs, System.out);
      List<byte[]> batches = benchmark.batches(readings);
      for (int run = 1; run <= runs; run++) {
        String url = isOwn ? args[0] : "sqlite:///central-" + run + ".db";
        benchmark.once(run, url, batches);
      }
    } finally {
      programs.tidyUp();
    }
  }

  private List<byte[]> batches(int readings) throws IOException {
    List<RealReadings.Sample> samples = RealReadings.all(Path.of("data"));
    List<byte[]> batches = new ArrayList<>();
    StringBuilder json = new StringBuilder();
    long plain = 0;
    long packed = 0;
    int rows = 0;
    for (int i = 0; batches.size() < readings / BATCH; i++) {
      RealReadings.Sample sample = samples.get(i % samples.size());
      long shift = 200L * 86_400_000_000L * (i / samples.size());
      String time = time(sample.micros() + shift);
      for (int k = 0; k < TYPES.length && rows < BATCH; k++, rows++) {
        json.append(rows == 0 ? '[' : ',')
            .append("{\"__table__\": \"Reading\", \"time\": \"")
            .append(time)
            .append("\", \"nodeId\": ")
            .append(sample.node())
            .append(", \"type\": ")
            .append(TYPES[k])
            .append(", \"locationId\": 1, \"value\": ")
            .append(sample.values().get(k))
            .append('}');
      }
      if (rows == BATCH) {
        byte[] text = json.append(']').toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = zlib(text);
        batches.add(body);
        plain += text.length;
        packed += body.length;
        json.setLength(0);
        rows = 0;
      }
    }
    out.printf(
        Locale.ROOT,
        "%d batches of %,d real readings: %.1f bytes a reading as JSON, %.1f under zlib;"
            + " %d processors, Java %s%n",
        batches.size(),
        BATCH,
        plain / ((double) batches.size() * BATCH),
        packed / ((double) batches.size() * BATCH),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    return batches;
  }

  private void once(int run, String url, List<byte[]> batches)
      throws IOException, InterruptedException {
    try (Database database =
        Database.open(DatabaseUrl.parse(url, programs.folder()), Access.WRITE)) {
      Schema.upgrade(database);
      database.write(
          connection -> {
            for (Rows rows : house()) {
              new TableWriter(database.engine(), rows.table()).insertNew(connection, rows);
            }
            return true;
          });
    }
    int port = Programs.freePort();
    Process central = programs.serve("-Xmx512m", url, port);
    try {
      Duration cpu = cpu(central);
      double fresh = upload(port, batches);
      Duration used = cpu(central).minus(cpu);
      double known = upload(port, batches);
      double readings = (double) batches.size() * BATCH;
      out.printf(
          Locale.ROOT,
          "run %d: new %,.0f readings/s (central took %.1f s of processor time), the same again"
              + " %,.0f readings/s%n",
          run,
          readings / fresh,
          used.toNanos() / 1e9,
          readings / known);
    } finally {
      central.destroy();
      central.waitFor();
    }
  }

  private static List<Rows> house() {
    List<Rows> house = new ArrayList<>();
    house.add(row(Tables.DEPLOYMENT, 1L, "Benchmark", null, null, null));
    house.add(row(Tables.HOUSE, 1L, 1L, "1 Bench Street", null, null));
    house.add(row(Tables.LOCATION, 1L, 1L, 4L));
    for (int node : RealReadings.NODES) {
      house.add(row(Tables.NODE, (long) node, 1L, 0L));
    }
    return house;
  }

  private static Rows row(Table table, @Nullable Object... cells) {
    return new Rows.Builder(table, table.travelling(), 1).row(cells).build();
  }

  /** Seconds that it took. */
  private static double upload(int port, List<byte[]> batches) throws IOException {
    long begun = System.nanoTime();
    for (byte[] batch : batches) {
      HttpURLConnection post =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/rest/bulk/".formatted(port)).toURL().openConnection();
      post.setRequestMethod("POST");
      post.setDoOutput(true);
      post.setFixedLengthStreamingMode(batch.length);
      post.getOutputStream().write(batch);
      if (post.getResponseCode() != 201) {
        throw new IOException("Central answered " + post.getResponseCode());
      }
      post.getInputStream().readAllBytes(); // so that the connection is used again
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String time(long micros) {
    return TIME.format(
        LocalDateTime.ofEpochSecond(
            micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, ZoneOffset.UTC));
  }

  private static byte[] zlib(byte[] text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(text);
    }
    return packed.toByteArray();
  }
}
