package org.tributary.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens and hands requests to endpoints: the only class that knows the HTTP library. */
public final class HttpServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final String ANSWERED = "answered";
  private static final String CALLER = "caller";
  private static final String TRANSFER = "transfer";
  private static final Key<Clock> CLOCK = new Key<>("clock");
  private static final Key<Transfers> TRANSFERS = new Key<>("transfers");

  private final Javalin javalin;
  private final List<Endpoint> endpoints;
  private final Optional<Tls> tls;

  private HttpServer(Javalin javalin, List<Endpoint> endpoints, Optional<Tls> tls) {
    this.javalin = javalin;
    this.endpoints = List.copyOf(endpoints);
    this.tls = tls;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes any free one
   * @param tls what it is listened with; ends with this server
   * @throws IOException if the address can't be had
   */
  public static HttpServer start(
      InetSocketAddress address,
      Optional<Tls> tls,
      List<Endpoint> endpoints,
      Door door,
      Clock clock)
      throws IOException {
    Javalin javalin =
        Javalin.create(
            config -> {
              Listening listening = new Listening(address, tls);
              config.jetty.threadPool = Listening.threads();
              config.jetty.addConnector(listening::connector);
              config.jetty.modifyServer(Listening::prepare);
              configure(config, endpoints, door, clock);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw new IOException(
          "Can't listen on %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), rootMessage(e)),
          e);
    }
    return new HttpServer(javalin, endpoints, tls);
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** Method and path of each endpoint. */
  public List<String> routes() {
    return endpoints.stream().map(each -> each.method() + " " + each.path()).toList();
  }

  /** Lets running requests end, then stops. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (RuntimeException e) { // it has stopped all the same
      log.warn("Requests that were still running were broken off: {}", rootMessage(e));
    }
    tls.ifPresent(Tls::close);
  }

  private static void configure(
      JavalinConfig config, List<Endpoint> endpoints, Door door, Clock clock) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.appData(CLOCK, clock);
    config.appData(TRANSFERS, new Transfers(clock));
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = true;
    config.router.caseInsensitiveRoutes = true; // as existing REST clients spell them
    for (Endpoint endpoint : endpoints) {
      Handler handler = context -> answer(request -> door.answer(endpoint, request), context);
      switch (endpoint.method()) {
        case GET -> {
          config.routes.get(endpoint.path(), handler);
          config.routes.head(endpoint.path(), handler); // the same without its body
        }
        case POST -> config.routes.post(endpoint.path(), handler);
        case PUT -> config.routes.put(endpoint.path(), handler);
        case DELETE -> config.routes.delete(endpoint.path(), handler);
      }
    }
    config.routes.error(404, context -> nothingThere(door, context));
    config.routes.error(405, context -> wrongMethod(door, endpoints, context));
  }

  private interface Answering {
    Response to(Request request) throws IOException;
  }

  private static void answer(Answering answering, Context context) {
    Response response;
    try {
      response = answering.to(new JavalinRequest(context, Caller.STRANGER, Optional.empty()));
    } catch (IOException | RuntimeException e) {
      response = problem(e, context);
    } finally {
      Transfers.Transfer transfer = context.attribute(TRANSFER);
      if (transfer != null) {
        transfer.close(); // whoever read the body may have left it open
      }
    }
    write(response, context);
  }

  private static Response problem(Exception failure, Context context) {
    return FailureResponses.of(failure, context.method() + " " + context.path());
  }

  private static void nothingThere(Door door, Context context) {
    if (context.attribute(ANSWERED) == null) {
      Response response =
          Response.problem(404, "Not found", "There is nothing at " + context.path());
      answer(request -> door.nothingThere(request, response), context);
    }
  }

  private static void wrongMethod(Door door, List<Endpoint> endpoints, Context context) {
    if (context.attribute(ANSWERED) == null) {
      String allowed =
          endpoints.stream()
              .filter(endpoint -> fits(endpoint.path(), context.path()))
              .map(endpoint -> endpoint.method().name())
              .distinct()
              .collect(Collectors.joining(", "));
      Response response =
          Response.problem(
                  405, "Wrong method", context.path() + " does not take " + context.method())
              .with("Allow", allowed);
      answer(request -> door.nothingThere(request, response), context);
    }
  }

  private static boolean fits(String pattern, String path) {
    String[] parts = pattern.split("/", -1);
    String[] given =
        (path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1);
    return parts.length == given.length
        && IntStream.range(0, parts.length)
            .allMatch(i -> parts[i].startsWith("{") || parts[i].equalsIgnoreCase(given[i]));
  }

  private static void write(Response response, Context context) {
    context.attribute(ANSWERED, true);
    context.result(""); // the library's own words for a wrong path or method would follow ours
    response.headers().forEach(context::header);
    context.status(response.status());
    context.res().setContentType(response.contentType().isEmpty() ? null : response.contentType());
    Caller caller = context.attribute(CALLER);
    String who = sender(context, caller == null ? Caller.STRANGER : caller);
    try (Transfers.Transfer transfer =
        context.appData(TRANSFERS).out(who, endPoint(context)::close)) {
      response.body().writeTo(Pace.of(context.outputStream(), context.appData(CLOCK), transfer));
    } catch (IOException | RuntimeException e) {
      if (context.res().isCommitted()) {
        // What was sent already must not pass for the whole: the client meets a broken connection.
        log.warn("{} {} broke off: {}", context.method(), context.path(), e.toString());
        endPoint(context).close();
      } else {
        context.res().reset();
        write(problem(e, context), context);
      }
    }
  }

  private static EndPoint endPoint(Context context) {
    return ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static String from(Context context) {
    return Network.of(context.req().getRemoteAddr());
  }

  /** Whose body is on its way, for those who count. */
  private static String sender(Context context, Caller caller) {
    return Turns.who(caller)
        .orElseGet(() -> caller.isStranger() ? "strangers" : "address " + from(context));
  }

  /**
   * What a client asks.
   *
   * @param received the body, once all of it is here
   */
  private record JavalinRequest(Context context, Caller caller, Optional<byte[]> received)
      implements Request {
    @Override
    public Request by(Caller somebody) {
      context.attribute(CALLER, somebody);
      return new JavalinRequest(context, somebody, received);
    }

    @Override
    public String method() {
      return context.method().name();
    }

    @Override
    public String address() {
      return from(context);
    }

    @Override
    public String host() {
      return context.host() == null ? "" : context.host();
    }

    @Override
    public boolean isSecure() {
      return context.req().isSecure()
          || ("https".equals(context.header("X-Forwarded-Proto"))
              && address().matches("127\\..*|\\[?(::1|0:0:0:0:0:0:0:1)\\]?"));
    }

    @Override
    public Optional<String> pathToken() {
      return Optional.ofNullable(context.req().getAttribute(TokenInPath.ATTRIBUTE))
          .map(String::valueOf);
    }

    @Override
    public Optional<String> cookie(String name) {
      return Optional.ofNullable(context.cookie(name));
    }

    @Override
    public String pathParameter(String name) {
      return context.pathParam(name);
    }

    @Override
    public List<Parameter> parameters() {
      return Parameter.all(context.queryString());
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(context.header(name));
    }

    @Override
    public String origin() {
      return (isSecure() ? "https" : "http") + "://" + context.host();
    }

    @Override
    public String path() {
      return context.path();
    }

    @Override
    public Request whole(int maxBytes) throws IOException {
      return new JavalinRequest(context, caller, Optional.of(body(maxBytes)));
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
      try (InputStream in = bodyStream(maxBytes)) {
        return in.readAllBytes();
      }
    }

    @Override
    public InputStream bodyStream(long maxBytes) throws IOException {
      // The library's own limit is not asked for streams, so it is counted here.
      return new LimitedStream(
          received.isPresent() ? new ByteArrayInputStream(received.get()) : arriving(), maxBytes);
    }

    private InputStream arriving() throws IOException {
      Transfers.Transfer transfer =
          context.appData(TRANSFERS).in(sender(context, caller), endPoint(context)::close);
      context.attribute(TRANSFER, transfer);
      return Pace.of(context.req().getInputStream(), context.appData(CLOCK), transfer);
    }
  }
}
