package org.tributary.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/** A real central in this process, on a port of its own. */
final class Central implements AutoCloseable {

  private final DatabaseUrl database;
  private final int port;
  private final CentralServer server;

  Central(Path file) throws IOException {
    this.database = DatabaseUrl.parse("sqlite:///" + file, Path.of(""));
    this.server = start();
    this.port = server.port();
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(port);
  }

  /** All gateways that it knows, as it prints them. */
  String gateways() throws IOException, InterruptedException {
    return get("sync/gateways");
  }

  /** What it answers at a path. */
  String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    server.close();
  }

  private CentralServer start() throws IOException {
    return CentralServer.start(
        database,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        CentralServer.Auth.OFF,
        "0.1.0",
        Clock.systemUTC());
  }
}
