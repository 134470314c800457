package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.testbed.PostgresServer;

/** What central says as a process while its database is away. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ServeProcessTest {

  @TempDir Path folder;
  final HttpClient client = HttpClient.newHttpClient();

  @Test
  void serve_whileItsDatabaseIsAway_saysSoInOneLineAndOnceItIsBackInAnother() throws Exception {
    int port = Program.freePort();
    try (PostgresServer database = PostgresServer.start();
        Program central = Program.serve(folder, database.freshDatabase(), port)) {
      database.kill();
      // A pool waits a while before it gives up, so all of them wait together.
      List<CompletableFuture<HttpResponse<String>>> answers =
          Stream.generate(() -> client.sendAsync(health(port), BodyHandlers.ofString()))
              .limit(5)
              .toList();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(answer.get().headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.get().body()).contains("central's log says why", "Nothing is lost");
      }
      database.restart();
      await().atMost(Duration.ofSeconds(60)).until(() -> status(port) == 200);

      assertThat(central.output()).doesNotContain("\tat ", "Exception", "Hikari");
      assertThat(central.output().lines().filter(line -> line.contains("can't be reached")))
          .as(central.output())
          .hasSize(1);
      assertThat(central.output().lines().filter(line -> line.endsWith("is back")))
          .as(central.output())
          .hasSize(1);
    }
  }

  private int status(int port) throws IOException, InterruptedException {
    return client.send(health(port), BodyHandlers.ofString()).statusCode();
  }

  private static HttpRequest health(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health".formatted(port))).build();
  }
}
