package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What becomes of the name under which a gateway looks for central. */
final class NameFaults {
  private NameFaults() {}

  private static final String RIGHT = "127.0.0.1 central.example\n";

  /** No address; one where nobody listens; one of IPv6 where nobody listens; that and the right. */
  private static final List<String> WRONG =
      List.of(
          "",
          "127.0.0.9 central.example\n",
          "::1 central.example\n",
          "::1 central.example\n" + RIGHT);

  static List<Fault> all() {
    return List.of(
        Fault.of("NET7", "names that don't resolve, or wrongly", 1, 50, NameFaults::otherNames));
  }

  /** The virtual machine looks into a file instead of asking the network, and forgets at once. */
  private static void otherNames(Stage stage, Random random, int round) throws Exception {
    Path hosts = stage.folder().resolve("hosts");
    String first = WRONG.get(round % WRONG.size());
    Files.writeString(hosts, first);
    if (stage.gatewayRuns()) {
      stage.gateway().kill();
    }
    configure(stage);
    stage.site().log(10);
    stage.startGateway(
        List.of(
            "-Djdk.net.hosts.file=" + hosts,
            "-Dsun.net.inetaddr.ttl=0",
            "-Dsun.net.inetaddr.negative.ttl=0"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(stage.gateway().output()).contains(" pushes "));
    stage.site().configure(stage.proxy().url()); // for those who ask from elsewhere
    if (!first.contains(RIGHT)) {
      String why = first.isEmpty() ? "does not resolve" : "can't be reached";
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(stage.gateway().output()).contains(why));
      Judge.honest(stage);
    }
    Files.writeString(hosts, RIGHT);
    stage.awaitExchanges(2);
    Files.writeString(hosts, WRONG.get(random.nextInt(WRONG.size())));
    stage.proxy().hangUp();
    stage.site().log(10);
    Stage.pause(random, 0, 600);
    assertThat(stage.gatewayRuns()).as("a name that is gone ends no push").isTrue();
    Files.writeString(hosts, RIGHT); // and the judge waits for the rest to arrive
  }

  /** By name; the key that it was given for the address is the same central's. */
  private static void configure(Stage stage) throws IOException {
    String host = "127.0.0.1";
    int port = URI.create(stage.proxy().url()).getPort();
    Path keys = stage.site().folder().resolve("keys");
    Files.copy(
        keys.resolve("%s_%d.key".formatted(host, port)),
        keys.resolve("central.example_%d.key".formatted(port)),
        StandardCopyOption.REPLACE_EXISTING);
    stage.site().configure(stage.proxy().url().replace(host, "central.example"));
    Files.writeString(
        stage.site().configuration(), "insecure_http = yes\n", StandardOpenOption.APPEND);
  }
}
