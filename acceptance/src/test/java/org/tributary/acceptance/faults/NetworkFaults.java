package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.tributary.acceptance.push.ChaosProxy;
import org.tributary.acceptance.push.ChaosProxy.Exchange;

/** What a network does to requests and answers. */
final class NetworkFaults {
  private NetworkFaults() {}

  private static final String PORTAL = "<html><form action=/login>Please sign in</form></html>";

  static List<Fault> all() {
    return List.of(
        Fault.of("NET1", "delays, resets, 256 kbit/s", 1, 100, NetworkFaults::badLine),
        Fault.of("NET2", "requests and answers cut at a byte", 1, 1_000, NetworkFaults::cut),
        Fault.of("NET3", "a byte is another", 1, 10_000, NetworkFaults::garble),
        Fault.of("NET4", "requests twice, late, in disorder", 1, 10_000, NetworkFaults::again),
        Fault.of(
            "NET5", "every status, sign-in pages, nothing", 1, 500, NetworkFaults::somebodyElse),
        Fault.of("NET6", "black holes, a trickle", 1, 200, NetworkFaults::blackHole),
        Fault.of("NET12", "answers are lost for a while", 1, 100, NetworkFaults::loseAnswers));
  }

  private static void badLine(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        15,
        exchange ->
            switch (random.nextInt(20)) {
              case 0 -> new ChaosProxy.Fault.CutRequest(random.nextInt(exchange.size() + 1));
              case 1, 2, 3 -> new ChaosProxy.Fault.Slow(32_000);
              case 4, 5, 6, 7 ->
                  new ChaosProxy.Fault.Delay(Duration.ofMillis(100 + random.nextInt(400)));
              default -> new ChaosProxy.Fault.None();
            });
  }

  /** Byte after byte from round to round. */
  private static void cut(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        6,
        exchange -> {
          int at = (round * 3 + random.nextInt(3)) % (exchange.size() + 1);
          return switch (random.nextInt(3)) {
            case 0 -> new ChaosProxy.Fault.CutRequest(at);
            case 1 -> new ChaosProxy.Fault.CutAnswer(at % 400);
            default -> new ChaosProxy.Fault.None();
          };
        });
  }

  private static void garble(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        8,
        exchange ->
            switch (random.nextInt(3)) {
              case 0 -> new ChaosProxy.Fault.Garble(random.nextInt(exchange.size()));
              case 1 -> new ChaosProxy.Fault.GarbleAnswer(random.nextInt(500));
              default -> new ChaosProxy.Fault.None();
            });
  }

  private static void again(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        6,
        exchange ->
            switch (random.nextInt(3)) {
              case 0 -> new ChaosProxy.Fault.Twice();
              case 1 -> new ChaosProxy.Fault.Delay(Duration.ofMillis(random.nextInt(300)));
              default -> new ChaosProxy.Fault.None();
            });
    List<Integer> old = stage.proxy().batches();
    for (int i = 0; i < 5 && !old.isEmpty(); i++) {
      String answer = stage.proxy().replay(old.get(random.nextInt(old.size())));
      assertThat(answer).as("an old request").startsWith("HTTP/1.1 ");
    }
  }

  private static void somebodyElse(Stage stage, Random random, int round) throws Exception {
    int[] status = {100 + round % 500};
    during(
        stage,
        random,
        4,
        exchange -> {
          int its = status[0];
          status[0] = 100 + random.nextInt(500);
          return new ChaosProxy.Fault.Answer(answer(its, random));
        });
  }

  private static String answer(int status, Random random) {
    String body =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> PORTAL;
          case 2 -> "{}";
          default -> "{\"product\":\"tributary\",\"status\":\"ok\"}";
        };
    String location = status / 100 == 3 ? "Location: http://127.0.0.1:1/login\r\n" : "";
    return "HTTP/1.1 %d Somebody\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, location, body.length(), body);
  }

  private static void blackHole(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        3,
        exchange ->
            switch (random.nextInt(3)) {
              case 0 ->
                  new ChaosProxy.Fault.BlackHole(Duration.ofMillis(300 + random.nextInt(1_500)));
              case 1 -> new ChaosProxy.Fault.Slow(800);
              default -> new ChaosProxy.Fault.None();
            });
  }

  private static void loseAnswers(Stage stage, Random random, int round) throws Exception {
    during(
        stage,
        random,
        6,
        exchange ->
            exchange.isBatch() ? new ChaosProxy.Fault.CutAnswer(0) : new ChaosProxy.Fault.None());
  }

  /** So many exchanges meet what is planned, while the logger goes on. */
  private static void during(
      Stage stage, Random random, int exchanges, Function<Exchange, ChaosProxy.Fault> plan)
      throws Exception {
    stage
        .proxy()
        .follow(
            exchange -> {
              synchronized (random) {
                return plan.apply(exchange);
              }
            });
    stage.site().log(20);
    stage.awaitExchanges(exchanges);
    stage.site().log(3);
    notGreenUnlessSent(stage);
  }

  private static void notGreenUnlessSent(Stage stage) throws Exception {
    stage.proxy().behave();
    try {
      Judge.honest(stage);
    } catch (java.sql.SQLException e) {
      throw new IOException(e);
    }
  }
}
