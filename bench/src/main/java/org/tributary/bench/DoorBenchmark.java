package org.tributary.bench;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.LoggerFactory;
import org.tributary.server.CentralServer;
import org.tributary.server.CentralServer.Auth;
import org.tributary.server.http.Tls;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;

/**
 * What signing in and TLS cost: the same small requests and the same uploads, over one connection
 * that stays open, to three centrals in turn, one that lets everybody in, one that asks for keys,
 * and one that does so over TLS with a certificate of its own. Prints medians and what they are of
 * the first. The processor time is that of the process without the client's thread, so it has the
 * compiler and the collector in it.
 *
 * <p>Run by {@code bench/door.sh}, which says what the arguments are.
 */
public final class DoorBenchmark {

  private static final int ROWS = 1_000;
  private static final int REQUESTS_A_ROUND = 500;
  private static final int UPLOADS_A_ROUND = 10;
  private static final String PASSWORD = "changeit";
  private static final long[] TYPES = {0, 2, 41, 8, 9, 6};

  private enum Front {
    OFF("--auth off"),
    KEYS("keys"),
    TLS("keys and TLS");

    private final String words;

    Front(String words) {
      this.words = words;
    }
  }

  /** One central that is asked. */
  private record Asked(CentralServer central, PlainClient client, String header) {}

  /** What one round of one front took. */
  private record Took(double micros, double cpuMicros) {}

  private interface Asking {
    PlainClient.Answer ask(Asked asked, int number) throws IOException;
  }

  private final Path folder;

  private DoorBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.ERROR);
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    Path folder = Files.createTempDirectory("tributary-door-");
    try {
      new DoorBenchmark(folder).run(rounds);
    } finally {
      Programs.delete(folder);
    }
  }

  private void run(int rounds) throws Exception {
    SSLContext trusting = makeCertificate();
    Map<Front, Asked> all = new EnumMap<>(Front.class);
    for (Front front : Front.values()) {
      all.put(front, start(front, trusting));
    }
    System.out.printf(
        "Java %s, %d processors, load average %.1f%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    measure(
        "GET /rest/version/",
        all,
        rounds,
        REQUESTS_A_ROUND,
        (asked, number) -> asked.client().get("/rest/version/", asked.header()));
    List<byte[]> uploads = uploads((rounds + 1) * UPLOADS_A_ROUND);
    measure(
        "upload of %,d readings".formatted(ROWS),
        all,
        rounds,
        UPLOADS_A_ROUND,
        (asked, number) -> asked.client().post("/rest/bulk/", uploads.get(number), asked.header()));
    for (Asked each : all.values()) {
      each.client().close();
      each.central().close();
    }
  }

  /** The first round warms up and is not counted. */
  private static void measure(
      String what, Map<Front, Asked> all, int rounds, int many, Asking asking) throws IOException {
    Map<Front, List<Took>> took = new EnumMap<>(Front.class);
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<Front, Asked> each : all.entrySet()) {
        Took one = round(each.getValue(), round * many, many, asking);
        if (round > 0) {
          took.computeIfAbsent(each.getKey(), none -> new ArrayList<>()).add(one);
        }
      }
    }
    List<Took> open = requireNonNull(took.get(Front.OFF));
    double micros = median(open, Took::micros);
    double cpu = median(open, Took::cpuMicros);
    for (Map.Entry<Front, List<Took>> each : took.entrySet()) {
      double its = median(each.getValue(), Took::micros);
      double itsCpu = median(each.getValue(), Took::cpuMicros);
      System.out.printf(
          Locale.ROOT,
          "%-26s %-14s %,9.1f/s (x %.2f)  %,9.0f us of processor time each (x %.2f)%n",
          what,
          each.getKey().words,
          1e6 / its,
          micros / its,
          itsCpu,
          itsCpu / cpu);
    }
  }

  private static Took round(Asked asked, int from, int many, Asking asking) throws IOException {
    long cpu = cpuNanos();
    long begun = System.nanoTime();
    for (int i = 0; i < many; i++) {
      int status = asking.ask(asked, from + i).status();
      if (status >= 300) {
        throw new IllegalStateException("Central answered " + status);
      }
    }
    double nanos = System.nanoTime() - begun;
    return new Took(nanos / 1e3 / many, (cpuNanos() - cpu) / 1e3 / many);
  }

  /** Of all threads but this one, which is the client's. */
  private static long cpuNanos() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime()
        - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double median(List<Took> rounds, ToDoubleFunction<Took> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Asked start(Front front, SSLContext trusting) throws Exception {
    DatabaseUrl url =
        DatabaseUrl.parse("sqlite:///" + folder.resolve(front.name() + ".db"), folder);
    Clock clock = Clock.systemUTC();
    Optional<Tls> tls =
        front == Front.TLS
            ? Optional.of(Tls.of(folder.resolve("cert.pem"), folder.resolve("key.pem"), clock))
            : Optional.empty();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    CentralServer central =
        CentralServer.start(
            url,
            new CentralServer.Front(address, front == Front.OFF ? Auth.OFF : Auth.ON, tls),
            "bench",
            clock);
    String header = "X-Nothing: x";
    if (front != Front.OFF) {
      try (AccessDesk desk = AccessDesk.open(url, Access.DURABLE, clock)) {
        header =
            "Authorization: Bearer "
                + desk.addToken("bench", Role.OPERATOR, Optional.empty(), "bench")
                    .orElseThrow()
                    .reveal();
      }
    }
    Socket socket =
        front == Front.TLS
            ? trusting
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), central.port())
            : new Socket(InetAddress.getLoopbackAddress(), central.port());
    PlainClient client = new PlainClient(socket);
    for (int node : RealReadings.NODES) {
      byte[] row = "{\"id\": %d}".formatted(node).getBytes(StandardCharsets.UTF_8);
      client.post("/rest/node/", row, header);
    }
    return new Asked(central, client, header);
  }

  /** Real readings as the original gateways send them, each upload of later times than the last. */
  private static List<byte[]> uploads(int many) throws IOException {
    List<RealReadings.Sample> samples = RealReadings.all(Path.of("data"));
    List<byte[]> uploads = new ArrayList<>();
    int next = 0;
    while (uploads.size() < many) {
      StringBuilder json = new StringBuilder();
      for (int rows = 0; rows < ROWS; next++) {
        RealReadings.Sample sample = samples.get(next % samples.size());
        long micros = sample.micros() + 200L * 86_400_000_000L * (next / samples.size());
        for (int k = 0; k < TYPES.length && rows < ROWS; k++, rows++) {
          json.append(rows == 0 ? '[' : ',')
              .append("{\"__table__\": \"Reading\", \"time\": \"")
              .append(
                  LocalDateTime.ofEpochSecond(
                      micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, ZoneOffset.UTC))
              .append("\", \"nodeId\": ")
              .append(sample.node())
              .append(", \"type\": ")
              .append(TYPES[k])
              .append(", \"value\": ")
              .append(sample.values().get(k))
              .append('}');
        }
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
        deflater.write(json.append(']').toString().getBytes(StandardCharsets.UTF_8));
      }
      uploads.add(packed.toByteArray());
    }
    return uploads;
  }

  /** A certificate that vouches for itself, as files for central and as trust for the client. */
  private SSLContext makeCertificate() throws Exception {
    Path file = folder.resolve("own.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=bench",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    pem("cert.pem", "CERTIFICATE", store.getCertificate("own").getEncoded());
    pem("key.pem", "PRIVATE KEY", store.getKey("own", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", store.getCertificate("own"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void pem(String name, String kind, byte[] bytes) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
