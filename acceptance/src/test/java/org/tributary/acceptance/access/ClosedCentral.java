package org.tributary.acceptance.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;
import org.tributary.wire.Enrolment;
import org.tributary.wire.EnrolmentCode;
import org.tributary.wire.EnrolmentJson;
import org.tributary.wire.GatewayId;

/** A central where everybody has to sign in, its operator's desk, and a client. */
final class ClosedCentral implements AutoCloseable {

  static final GatewayId OWN = new GatewayId("orchard-lane");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  final CentralServer server;
  final AccessDesk desk;
  final String root;

  ClosedCentral(String url, Clock clock) throws Exception {
    DatabaseUrl database = DatabaseUrl.parse(url, Path.of("/"));
    server =
        CentralServer.start(
            database,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.ON,
            "0.1.0",
            clock);
    desk = AccessDesk.open(database, Access.DURABLE, clock);
    root = "http://127.0.0.1:" + server.port();
  }

  /** A key of that gateway, as enrolment makes one. */
  Credential enrolled(GatewayId gateway) throws Exception {
    EnrolmentCode code = desk.addGateway(gateway, Duration.ofHours(1), "ann").code();
    Credential key = Credential.random(new SecureRandom());
    HttpResponse<String> answer = enrol(code, key);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return key;
  }

  /** What central answers to a code and a key. */
  HttpResponse<String> enrol(EnrolmentCode code, Credential key) throws Exception {
    byte[] body =
        EnrolmentJson.write(new EnrolmentJson.Asked(Optional.of(code), Enrolment.of(key)));
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(root + "/sync/enrol"))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  Credential token(String name, Role role) throws Exception {
    return desk.addToken(name, role, Optional.empty(), "ann").orElseThrow();
  }

  /**
   * Asks.
   *
   * @param headers names and values in turn
   */
  HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> ask(String method, String path, Credential key) throws Exception {
    return ask(method, path, "", "Authorization", "Bearer " + key.reveal());
  }

  @Override
  public void close() {
    desk.close();
    server.close();
  }
}
