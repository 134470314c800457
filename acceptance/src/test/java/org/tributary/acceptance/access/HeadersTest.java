package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;

/** S21, S24: what every answer of central tells browsers, whatever it is and whoever asks. */
class HeadersTest {

  @TempDir static Path folder;

  private static ClosedCentral central;
  private static Credential admin;

  @BeforeAll
  static void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), Clock.systemUTC());
    admin = central.token("admin", Role.ADMIN);
  }

  @AfterAll
  static void close() {
    central.close();
  }

  @Test
  void everyAnswer_isNeitherGuessedAtNorKeptNorFramed() throws Exception {
    List<String> all = new ArrayList<>();
    for (String route : central.server.routes()) {
      String method = route.substring(0, route.indexOf(' '));
      String path =
          route
              .substring(route.indexOf(' ') + 1)
              .replace("{type}", "house")
              .replaceAll("\\{[a-z]+\\}", "4711");
      all.add(method + " " + path);
    }
    all.add("GET /nowhere");
    all.add("DELETE /metrics"); // no such method there
    all.add("GET /house/4711?" + "a".repeat(9_000)); // refused by the server itself
    assertThat(all).hasSizeGreaterThan(60);

    for (String each : all) {
      String method = each.substring(0, each.indexOf(' '));
      String path = each.substring(each.indexOf(' ') + 1);
      assertHeaders(each, central.ask(method, path, admin), isFileOfTheProgram(path));
      assertHeaders(each, central.ask(method, path, ""), path.equals("/favicon.ico"));
      assertHeaders(
          each, central.ask(method, path, "", "Accept", "text/html"), path.equals("/favicon.ico"));
    }
  }

  private static void assertHeaders(
      String asked, HttpResponse<String> answer, boolean isFileOfTheProgram) {
    assertThat(answer.headers().allValues("X-Content-Type-Options"))
        .as(asked)
        .containsExactly("nosniff");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .as(asked)
        .singleElement()
        .asString()
        .contains("frame-ancestors 'none'");
    assertThat(answer.headers().allValues("Referrer-Policy")).as(asked).hasSize(1);
    assertThat(answer.headers().allValues("Cache-Control"))
        .as(asked)
        .containsExactly(isFileOfTheProgram ? "max-age=86400" : "no-store");
  }

  /** The same for everybody, and kept for a day. */
  private static boolean isFileOfTheProgram(String path) {
    return path.equals("/favicon.ico")
        || path.startsWith("/assets/")
        || path.equals("/openapi.yaml");
  }

  @Test
  void icon_isThereForStrangersToo() throws Exception {
    HttpResponse<String> answer = central.ask("GET", "/favicon.ico", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(answer.body()).startsWith("<svg ");
  }
}
