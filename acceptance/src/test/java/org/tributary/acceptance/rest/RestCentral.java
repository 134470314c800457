package org.tributary.acceptance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;
import org.tributary.testbed.AtExit;

/**
 * A central of an engine, shared by all tests, and a client that asks it. Tests tell their rows
 * from those of others by ids that {@link #next} makes up.
 */
final class RestCentral {

  static final Instant NOW = Instant.parse("2016-06-01T12:00:00.123456Z");

  private static final Map<TestEngine, RestCentral> SHARED = new EnumMap<>(TestEngine.class);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final String root;
  final DatabaseUrl url;
  private final AtomicLong numbers = new AtomicLong(10_000);

  private RestCentral(TestEngine engine) {
    url = DatabaseUrl.parse(engine.freshDatabase(), Path.of("/"));
    try {
      CentralServer server =
          CentralServer.start(
              url,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              CentralServer.Auth.OFF,
              "0.1.0",
              Clock.fixed(NOW, ZoneOffset.UTC));
      AtExit.run(server::close);
      root = "http://127.0.0.1:" + server.port();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static synchronized RestCentral of(TestEngine engine) {
    return SHARED.computeIfAbsent(engine, RestCentral::new);
  }

  /** A number that no other test has. */
  long next() {
    return numbers.incrementAndGet();
  }

  record Answer(int status, HttpResponse<String> response) {
    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    Object json() {
      try {
        return JSON.std.anyFrom(body());
      } catch (IOException e) {
        throw new AssertionError(body(), e);
      }
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows() {
      assertThat(status).as(body()).isEqualTo(200);
      return (List<Map<String, Object>>) json();
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> row() {
      return (Map<String, Object>) json();
    }

    List<Object> column(String name) {
      List<Object> values = new ArrayList<>();
      rows().forEach(row -> values.add(row.get(name)));
      return values;
    }

    /** A problem of that status about that member or parameter. */
    void isProblem(int expected, String field) {
      assertThat(status).as(body()).isEqualTo(expected);
      assertThat(header("Content-Type")).startsWith("application/problem+json");
      assertThat(row()).containsEntry("status", expected).containsEntry("field", field);
      assertThat((String) row().get("detail")).isNotBlank();
    }

    void isProblem(int expected) {
      assertThat(status).as(body()).isEqualTo(expected);
      assertThat(header("Content-Type")).startsWith("application/problem+json");
      assertThat((String) row().get("detail")).isNotBlank();
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  Answer post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  Answer put(String path, String body) {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer method(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  /** Adds a row; the id that it got. */
  long add(String table, String body) {
    Answer answer = post("/rest/" + table + "/", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return ((Number) answer.row().getOrDefault("id", -1)).longValue();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
