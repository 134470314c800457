package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.tributary.acceptance.push.ChaosProxy;

/** What stands between a gateway and central and is no mere line: sign-in pages, proxies. */
final class ProxyFaults {
  private ProxyFaults() {}

  private static final String PAGE =
      "<!DOCTYPE html><title>Welcome</title><form action=/login>Please sign in</form>";
  private static final String HEAD_END = "\r\n\r\n";

  static List<Fault> all() {
    return List.of(
        Fault.of("NET9", "sign-in pages, proxies, meddlers", 1, 50, ProxyFaults::inTheWay),
        Fault.of("NET11", "central asks to wait (no herd)", 1, 50, ProxyFaults::askToWait));
  }

  /** One of them for a while, then all in turn. Nobody may be told anything elsewhere. */
  private static void inTheWay(Stage stage, Random random, int round) throws Exception {
    AtomicBoolean followed = new AtomicBoolean();
    int until = stage.proxy().exchanges() + 4;
    stage
        .proxy()
        .follow(
            exchange -> {
              if (exchange.line().contains("/login")) {
                followed.set(true);
              }
              synchronized (random) {
                int kind = exchange.number() < until ? round : random.nextInt(KINDS);
                return standing(kind % KINDS, stage.proxy().url(), random);
              }
            });
    stage.site().log(20);
    stage.awaitExchanges(8);
    stage.site().log(3);
    Judge.honest(stage);
    assertThat(followed).as("a redirect is followed").isFalse();
  }

  private static final int KINDS = 8;

  private static ChaosProxy.Fault standing(int kind, String url, Random random) {
    return switch (kind) {
      case 0 -> answer("200 OK", "", "text/html");
      case 1 -> {
        int status = List.of(301, 302, 303, 307, 308).get(random.nextInt(5));
        yield answer(status + " Elsewhere", "Location: " + url + "login\r\n", "text/html");
      }
      case 2 -> answer("407 Who are you", "Proxy-Authenticate: Basic realm=\"x\"\r\n", "text/html");
      case 3 -> answer("511 Network Authentication Required", "", "text/html");
      case 4 -> answer("200 OK", "", "application/json");
      case 5 ->
          new ChaosProxy.Fault.Rewrite(
              text -> text.replaceFirst(HEAD_END, "\r\nContent-Encoding: gzip" + HEAD_END));
      case 6 -> new ChaosProxy.Fault.Rewrite(body(body -> body + "<script src=//ads></script>"));
      default -> new ChaosProxy.Fault.Rewrite(ProxyFaults::inChunks); // which is allowed
    };
  }

  private static ChaosProxy.Fault answer(String status, String headers, String type) {
    return new ChaosProxy.Fault.Answer(
        "HTTP/1.1 %s\r\nConnection: close\r\n%sContent-Type: %s\r\nContent-Length: %d%s%s"
            .formatted(status, headers, type, PAGE.length(), HEAD_END, PAGE));
  }

  /** Writes another body under the same head. */
  private static UnaryOperator<String> body(UnaryOperator<String> pen) {
    return text -> {
      int at = text.indexOf(HEAD_END);
      String body = pen.apply(text.substring(at + HEAD_END.length()));
      return withoutLength(text.substring(0, at))
          + "\r\nContent-Length: %d".formatted(body.length())
          + HEAD_END
          + body;
    };
  }

  private static String inChunks(String text) {
    int at = text.indexOf(HEAD_END);
    String head = text.substring(0, at);
    if (!head.toLowerCase(Locale.ROOT).contains("content-length")) {
      return text;
    }
    StringBuilder chunks = new StringBuilder(withoutLength(head));
    chunks.append("\r\nTransfer-Encoding: chunked").append(HEAD_END);
    byte[] body = text.substring(at + HEAD_END.length()).getBytes(StandardCharsets.ISO_8859_1);
    for (int from = 0; from < body.length; from += 100) {
      int size = Math.min(100, body.length - from);
      chunks
          .append(Integer.toHexString(size))
          .append("\r\n")
          .append(new String(body, from, size, StandardCharsets.ISO_8859_1))
          .append("\r\n");
    }
    return chunks.append("0").append(HEAD_END).toString();
  }

  private static String withoutLength(String head) {
    return head.replaceAll("(?i)\r\n(content-length|transfer-encoding):[^\r]*", "");
  }

  /** Two seconds are two seconds: who asks meanwhile makes it worse for all. */
  private static void askToWait(Stage stage, Random random, int round) throws Exception {
    Duration wait = Duration.ofSeconds(2);
    int status = round % 2 == 0 ? 503 : 429;
    stage
        .proxy()
        .follow(
            exchange ->
                new ChaosProxy.Fault.Answer(
                    "HTTP/1.1 %d Later\r\nRetry-After: %d\r\nContent-Length: 0%s"
                        .formatted(status, wait.toSeconds(), HEAD_END)));
    stage.site().log(10);
    stage.awaitExchanges(1);
    int asked = stage.proxy().exchanges();
    Stage.pause(random, 1_200, 1_700);
    assertThat(stage.proxy().exchanges() - asked).as("requests while it is to wait").isZero();
    Judge.honest(stage);
  }
}
