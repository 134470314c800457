package org.tributary.edge.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Credential;
import org.tributary.wire.SyncApi;

/**
 * Requests below one address and their answers, whole or not at all: a time limit covers everything
 * up to the last byte of an answer, and what goes wrong is told in words. Thread-safe.
 */
public final class HttpLink {

  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  // For a whole exchange: a batch of the smallest size gets over the slowest link within it.
  public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);
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
  private final Duration answerTimeout;
  private final Duration connectTimeout;
  private final LinkSecurity security;
  private final LongAdder bytesSent = new LongAdder();
  private @Nullable HttpClient client;
  private @Nullable FileTime clientAsOf;

  /**
   * @param base where paths begin, ending in a slash
   * @param answerTimeout for a whole exchange, from the first byte sent to the last one received
   */
  public HttpLink(
      URI base, LinkSecurity security, Duration connectTimeout, Duration answerTimeout) {
    this.base = base;
    this.security = security;
    this.answerTimeout = answerTimeout;
    this.connectTimeout = connectTimeout;
  }

  /** Where paths begin. */
  public URI base() {
    return base;
  }

  /**
   * A request to a path below the base, which does not begin with a slash; it shows our key.
   *
   * @throws InsecureException if everybody on the way could read it
   */
  public HttpRequest.Builder request(String path) throws IOException {
    if (LinkSecurity.isExposed(base) && !security.plainAllowed()) {
      throw new InsecureException(base);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(answerTimeout);
    Optional<Credential> key = security.key().get();
    return key.isEmpty()
        ? request
        : request.header(SyncApi.KEY_HEADER, SyncApi.KEY_SCHEME + key.get().reveal());
  }

  /** Whatever is answered, with whatever status. */
  public HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
    Duration patience = request.timeout().orElse(answerTimeout);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client().sendAsync(request, info -> new BoundedBody(MAX_ANSWER_BYTES));
    try {
      // The request's own timeout ends with the headers; this one covers the body too.
      HttpResponse<byte[]> answer = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      count(request);
      return answer;
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

  /** Bytes of the bodies of requests that were answered, with whatever status. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  private void count(HttpRequest request) {
    request.bodyPublisher().ifPresent(body -> bytesSent.add(Math.max(0, body.contentLength())));
  }

  /** Made when it is needed first, and anew once others are trusted. */
  private synchronized HttpClient client() throws IOException {
    FileTime asOf = security.trust().version();
    if (client == null || !asOf.equals(clientAsOf)) {
      client =
          HttpClient.newBuilder()
              // Requests in flight fail over HTTP/2 when a server stops gracefully.
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(connectTimeout)
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(isPlain() ? trustingNobody() : security.trust().context())
              .build();
      clientAsOf = asOf;
    }
    return client;
  }

  private boolean isPlain() {
    return "http".equals(base.getScheme());
  }

  /** Whether a status means that the same may be taken another time. */
  public static boolean isLater(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /** How long whoever answered asks us to wait. */
  public static Optional<Duration> retryAfter(HttpResponse<byte[]> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  /** What time it is by the clock of whoever answered. */
  public static Optional<Instant> date(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Date").flatMap(HttpLink::date);
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
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

  private static String tooSlow(Duration patience) {
    return "did not answer within " + patience.toSeconds() + " s";
  }

  private String reason(Throwable cause, Duration patience) {
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
    if (cause instanceof SSLException failure) {
      TlsTrouble trouble = TlsTrouble.of(failure, base.getHost());
      return "can't be trusted: %s (%s)".formatted(trouble.what(), trouble.todo());
    }
    return "broke off: " + Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
  }
}
