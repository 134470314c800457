package org.tributary.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tributary.store.StoreException;
import org.tributary.store.Trouble;
import org.tributary.wire.TooLargeException;
import org.tributary.wire.WireFormatException;

/** Listens and hands requests to endpoints: the only class that knows the HTTP library. */
public final class HttpServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int MAX_THREADS = 64;
  private static final long IDLE_TIMEOUT_MILLIS = 60_000;
  private static final long STOP_TIMEOUT_MILLIS = 30_000;
  private static final int RETRY_SECONDS = 30;
  private static final String ANSWERED = "answered";

  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes any free one
   * @throws IOException if the address can't be had
   */
  public static HttpServer start(InetSocketAddress address, List<Endpoint> endpoints)
      throws IOException {
    Javalin javalin = Javalin.create(config -> configure(config, address, endpoints));
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw new IOException(
          "Can't listen on %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), rootMessage(e)),
          e);
    }
    return new HttpServer(javalin);
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** Lets running requests end, then stops. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(
      JavalinConfig config, InetSocketAddress address, List<Endpoint> endpoints) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.host = address.getHostString();
    config.jetty.port = address.getPort();
    config.jetty.threadPool =
        new QueuedThreadPool(MAX_THREADS, 4, (int) IDLE_TIMEOUT_MILLIS, null, null);
    config.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT_MILLIS));
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        });
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = true;
    for (Endpoint endpoint : endpoints) {
      Handler handler = context -> answer(endpoint, context);
      switch (endpoint.method()) {
        case GET -> config.routes.get(endpoint.path(), handler);
        case POST -> config.routes.post(endpoint.path(), handler);
      }
    }
    config.routes.error(404, HttpServer::nothingThere);
    config.routes.error(405, HttpServer::wrongMethod);
  }

  private static void answer(Endpoint endpoint, Context context) {
    write(response(endpoint, context), context);
  }

  /** Every failure becomes an answer that tells the client whether to try again. */
  private static Response response(Endpoint endpoint, Context context) {
    try {
      return endpoint.answer(new JavalinRequest(context));
    } catch (TooLargeException e) {
      return Response.problem(413, "Too large", String.valueOf(e.getMessage()));
    } catch (WireFormatException e) {
      return Response.problem(400, "Not understood", String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      log.warn("{} {}: {}", context.method(), context.path(), e.getMessage());
      return e.trouble() == Trouble.FULL
          ? Response.later(507, "No room", "Central's disk is full", RETRY_SECONDS)
          : Response.later(503, "Not now", "Central's database can't be used now", RETRY_SECONDS);
    } catch (EofException e) {
      return Response.problem(400, "Broken off", "The request ended before its body did");
    } catch (IOException e) {
      log.warn("{} {}: {}", context.method(), context.path(), e.toString());
      return Response.problem(400, "Broken off", "The request could not be read");
    } catch (RuntimeException e) {
      log.error("{} {}", context.method(), context.path(), e);
      return Response.later(500, "A defect", "Central's log has the trace", RETRY_SECONDS);
    }
  }

  private static void nothingThere(Context context) {
    if (context.attribute(ANSWERED) == null) {
      write(Response.problem(404, "Not found", "There is nothing at " + context.path()), context);
    }
  }

  private static void wrongMethod(Context context) {
    if (context.attribute(ANSWERED) == null) {
      write(
          Response.problem(
              405, "Wrong method", context.path() + " does not take " + context.method()),
          context);
    }
  }

  private static void write(Response response, Context context) {
    context.attribute(ANSWERED, true);
    response.headers().forEach(context::header);
    context.status(response.status()).contentType(response.contentType()).result(response.body());
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private record JavalinRequest(Context context) implements Request {
    @Override
    public String pathParameter(String name) {
      return context.pathParam(name);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>();
      context
          .queryParamMap()
          .forEach((name, values) -> values.forEach(v -> parameters.add(new Parameter(name, v))));
      return parameters;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(context.header(name));
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
      // The library's own limit is not asked for streams, so it is counted here.
      try (InputStream in = context.req().getInputStream()) {
        byte[] body = in.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
          throw new TooLargeException("A body may have " + maxBytes + " bytes at most");
        }
        return body;
      }
    }
  }
}
