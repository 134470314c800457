package org.tributary.edge;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.tributary.edge.doctor.HealthAnswer;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.BatchCodec;
import org.tributary.wire.Claims;
import org.tributary.wire.Difference;
import org.tributary.wire.DigestCodec;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.Greeting;
import org.tributary.wire.Part;
import org.tributary.wire.SetAside;
import org.tributary.wire.Sketches;
import org.tributary.wire.SyncApi;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Welcome;
import org.tributary.wire.WireFormatException;

/** The sync protocol over HTTP: the way to a central of ours. Thread-safe. */
final class SyncTransport implements Transport {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  // For a whole exchange: a batch of the smallest size gets over the slowest link within it.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  // Java 17 keeps an idle connection for 20 minutes, many a router on the way for less than five;
  // the first request of each push would then wait for an answer in vain. Later Javas say 30 s.
  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  static {
    if (System.getProperty(KEEP_ALIVE) == null) {
      System.setProperty(KEEP_ALIVE, "30"); // seconds; there is no other way to tell the client
    }
  }

  private final URI base;
  private final GatewayId gateway;
  private final Duration answerTimeout;
  private final HttpClient client;

  /**
   * @param base where central's paths begin, ending in a slash
   */
  SyncTransport(URI base, GatewayId gateway) {
    this(base, gateway, CONNECT_TIMEOUT, ANSWER_TIMEOUT);
  }

  /**
   * @param answerTimeout for a whole exchange, from the first byte sent to the last one received
   */
  SyncTransport(URI base, GatewayId gateway, Duration connectTimeout, Duration answerTimeout) {
    this.base = withoutRest(base);
    this.gateway = gateway;
    this.answerTimeout = answerTimeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Requests in flight fail over HTTP/2 when a server stops gracefully.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER);
    if ("http".equals(this.base.getScheme())) {
      builder.sslContext(trustingNobody());
    }
    this.client = builder.build();
  }

  @Override
  public Welcome greet(Greeting greeting) throws IOException, RefusedException {
    return SyncJson.readWelcome(
        exchange(post(SyncApi.GREETING, SyncApi.JSON_TYPE, SyncJson.write(greeting))));
  }

  @Override
  public Ack send(Batch batch) throws IOException, RefusedException {
    return SyncJson.readAck(
        exchange(post(SyncApi.BATCH, SyncApi.BATCH_TYPE, BatchCodec.encode(batch))));
  }

  @Override
  public Optional<List<Difference>> compare(Claims claims) throws IOException, RefusedException {
    return Optional.of(
        DigestCodec.decodeDifferences(
            exchange(post(SyncApi.DIGESTS, SyncApi.DIGESTS_TYPE, DigestCodec.encode(claims)))));
  }

  @Override
  public List<Part> sketch(Sketches sketches) throws IOException, RefusedException {
    return DigestCodec.decodeParts(
        exchange(post(SyncApi.SKETCHES, SyncApi.DIGESTS_TYPE, DigestCodec.encode(sketches))));
  }

  @Override
  public Optional<GatewayStatus> status() throws IOException, RefusedException {
    HttpResponse<byte[]> answer = answer(request(SyncApi.gateway(gateway)).GET().build());
    if (answer.statusCode() == 404 && isProblem(answer)) {
      return Optional.empty();
    }
    return Optional.of(SyncJson.readGatewayStatus(body(answer)));
  }

  @Override
  public List<SetAside> setAside() throws IOException, RefusedException {
    return SyncJson.readSetAside(exchange(request(SyncApi.setAside(gateway)).GET().build()));
  }

  /** Whatever answers when it is asked how it is, be it a central of ours or not. */
  HealthAnswer health() throws IOException {
    HttpResponse<byte[]> answer =
        answer(request(SyncApi.HEALTH).timeout(HEALTH_TIMEOUT).GET().build());
    HttpHeaders headers = answer.headers();
    return new HealthAnswer(
        answer.statusCode(),
        headers.firstValue("Content-Type").orElse(""),
        headers.firstValue("Location"),
        headers.firstValue("Date").flatMap(SyncTransport::date),
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  /**
   * For a central without TLS. The client would read the whole store of trusted certificates at its
   * start, a fifth of a second on a small machine, and never use it.
   */
  private static SSLContext trustingNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has TLS", e);
    }
  }

  /** An old configuration names the REST interface; the sync protocol stands beside it. */
  private static URI withoutRest(URI base) {
    String text = base.toString();
    return text.endsWith("/rest/") ? URI.create(text.substring(0, text.length() - 5)) : base;
  }

  private HttpRequest post(String path, String type, byte[] body) {
    return request(path)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path.substring(1)))
        .header(SyncApi.GATEWAY_HEADER, gateway.value())
        .timeout(answerTimeout);
  }

  private byte[] exchange(HttpRequest request) throws IOException, RefusedException {
    return body(answer(request));
  }

  private byte[] body(HttpResponse<byte[]> answer) throws IOException, RefusedException {
    int status = answer.statusCode();
    if (status == 200) {
      return answer.body();
    }
    String what =
        SyncJson.readProblem(answer.body())
            .orElse(answer.uri() + " answered with status " + status);
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      throw new LaterException(what, retryAfter(answer));
    }
    if (status == 413) {
      throw new BatchTooLargeException(what); // a proxy on the way may say so as well
    }
    if (!isProblem(answer)) {
      // A captive portal, a proxy, another program: no word of central's, so nothing is decided.
      throw new WireFormatException(what + "; is this a Tributary central?");
    }
    throw new RefusedException(what);
  }

  private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
    Duration patience = request.timeout().orElse(answerTimeout);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new BoundedBody(MAX_ANSWER_BYTES));
    try {
      // The request's own timeout ends with the headers; this one covers the body too.
      return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException(base + " " + tooSlow(patience), e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for " + base);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(base + " " + reason(cause, patience), cause);
    }
  }

  private static String tooSlow(Duration patience) {
    return "did not answer within " + patience.toSeconds() + " s";
  }

  private static String reason(Throwable cause, Duration patience) {
    boolean unresolved =
        cause instanceof UnknownHostException
            || (cause instanceof ConnectException
                && cause.getCause() instanceof UnresolvedAddressException);
    if (unresolved) {
      return "can't be found: its name does not resolve";
    }
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return "can't be reached: nothing answers there";
    }
    if (cause instanceof HttpTimeoutException) {
      return tooSlow(patience);
    }
    if (cause instanceof SSLException) {
      return "can't be trusted: " + cause.getMessage();
    }
    return "broke off: " + Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isProblem(HttpResponse<byte[]> answer) {
    return answer
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith(SyncApi.PROBLEM_TYPE))
            .isPresent()
        && SyncJson.readProblem(answer.body()).isPresent();
  }

  private static Optional<Duration> retryAfter(HttpResponse<byte[]> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }
}
