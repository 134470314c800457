package org.tributary.edge.page;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few pages that are only read: the one class that knows the JDK's HTTP server. A few
 * threads answer; whoever is slow to ask or to listen loses its connection, so that none is held
 * for ever. Only who calls this machine by a name of its own is answered.
 */
final class PageServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PageServer.class);

  private static final int THREADS = 4;

  static {
    limit("sun.net.httpserver.maxReqTime", "5"); // seconds, for a whole request
    limit("sun.net.httpserver.maxRspTime", "10");
    limit("sun.net.httpserver.maxReqHeaders", "60");
    limit("sun.net.httpserver.maxReqHeaderSize", "16384"); // bytes; Javas that know it
    limit("jdk.httpserver.maxConnections", "40"); // likewise
    limit("sun.net.httpserver.nodelay", "true");
  }

  /** There is no other way to tell the server; what the operator says goes before. */
  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * What there is to be read, by its path; empty if nothing is there. Called by several threads.
   */
  interface Pages {
    Optional<Page> at(String path);
  }

  /**
   * One answer.
   *
   * @param policy its content security policy
   */
  record Page(String type, String policy, String body) {
    Page {
      requireNonNull(type);
      requireNonNull(policy);
      requireNonNull(body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final OwnNames names;
  private final Pages pages;

  private PageServer(HttpServer server, ExecutorService threads, OwnNames names, Pages pages) {
    this.server = server;
    this.threads = threads;
    this.names = names;
    this.pages = pages;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if that can't be done there
   */
  static PageServer open(InetSocketAddress address, OwnNames names, Pages pages)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "status-page-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    PageServer door = new PageServer(server, threads, names, pages);
    server.createContext("/", door::answer);
    server.setExecutor(threads);
    server.start();
    return door;
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!names.include(host(exchange), exchange.getLocalAddress().getAddress())) {
        refuse(exchange, 421, "This machine does not go by that name.");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "This page is only read.");
      } else {
        Optional<Page> page = pages.at(exchange.getRequestURI().getPath());
        if (page.isPresent()) {
          send(exchange, 200, page.get());
        } else {
          refuse(exchange, 404, "There is no such page. The status is at /.");
        }
      }
    } catch (RuntimeException e) {
      log.warn("The status page could not be made", e); // a push goes on without it
    }
  }

  private static String host(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host == null ? "" : host;
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    send(exchange, status, Answers.text(why));
  }

  private static void send(HttpExchange exchange, int status, Page page) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", page.type());
    headers.set("Content-Security-Policy", page.policy());
    Answers.HEADERS.forEach(headers::set);
    byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
    boolean headOnly = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, headOnly ? -1 : bytes.length);
    if (!headOnly) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
