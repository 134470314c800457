package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.access.Role;
import org.tributary.store.access.SignIns;

/** People with a browser. */
class SignInTest {

  private static final String PASSWORD = "seven quiet herons";

  @TempDir Path folder;

  private final SetClock clock = new SetClock();
  private ClosedCentral central;

  @BeforeEach
  void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), clock);
  }

  @AfterEach
  void close() {
    central.close();
  }

  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.parse("2026-05-01T08:00:00Z");

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private HttpResponse<String> send(String... fields) throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return central.ask(
        "POST", "/sign-in", form.toString(), "Content-Type", "application/x-www-form-urlencoded");
  }

  private String cookie(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/");
    return set.substring(0, set.indexOf(';'));
  }

  @Test
  void theFirstPerson_whenHeHasTheCodeOfTheConsole_becomesTheAdministrator() throws Exception {
    assertThat(central.ask("GET", "/sign-in", "").body()).contains("Set-up code");
    assertThat(
            send("code", "00000-00000-00000-00000-00000-0", "name", "ann", "password", PASSWORD)
                .statusCode())
        .isEqualTo(401);
    String code = central.server.setUpCode().orElseThrow().reveal();
    HttpResponse<String> tooShort = send("code", code, "name", "ann", "password", "short");
    assertThat(tooShort.statusCode()).isEqualTo(400);
    assertThat(tooShort.body()).contains("10 to 256 characters");
    cookie(send("code", code, "name", "Ann", "password", PASSWORD));
    assertThat(central.desk.people()).hasSize(1);
    assertThat(central.desk.people().get(0).role()).isEqualTo(Role.ADMIN);
    assertThat(central.server.setUpCode()).as("once").isEmpty();
    assertThat(send("code", code, "name", "eve", "password", PASSWORD).statusCode()).isEqualTo(401);
    assertThat(central.ask("GET", "/sign-in", "").body()).doesNotContain("Set-up code");
  }

  @Test
  void aSession_isWhatItsPersonIsByNow_untilItEnds() throws Exception {
    central.desk.isPersonAdded("bea", PASSWORD, Role.OPERATOR, "ann");
    String cookie = cookie(send("name", "bea", "password", PASSWORD));
    assertThat(central.ask("GET", "/rest/house/", "", "Cookie", cookie).statusCode())
        .isEqualTo(200);
    HttpResponse<String> deleted =
        central.ask(
            "DELETE", "/rest/house/1", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(deleted.statusCode()).as("there is none").isEqualTo(404);
    central.desk.isRoleChanged("bea", Role.VIEWER, "ann");
    assertThat(
            central
                .ask(
                    "DELETE",
                    "/rest/house/1",
                    "",
                    "Cookie",
                    cookie,
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(403);
    clock.advance(SignIns.SESSION);
    assertThat(central.ask("GET", "/rest/house/", "", "Cookie", cookie).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aSession_endsWithSigningOut_aNewPasswordAndThePerson() throws Exception {
    central.desk.isPersonAdded("bea", PASSWORD, Role.VIEWER, "ann");
    String first = cookie(send("name", "bea", "password", PASSWORD));
    HttpResponse<String> out =
        central.ask("POST", "/sign-out", "", "Cookie", first, "Origin", central.root);
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(status(first)).isEqualTo(401);
    String second = cookie(send("name", "bea", "password", PASSWORD));
    central.desk.isPasswordChanged("bea", PASSWORD + "!", "ann");
    assertThat(status(second)).isEqualTo(401);
    String third = cookie(send("name", "bea", "password", PASSWORD + "!"));
    central.desk.isPersonRemoved("bea", "ann");
    assertThat(status(third)).isEqualTo(401);
  }

  private int status(String cookie) throws Exception {
    return central.ask("GET", "/rest/house/", "", "Cookie", cookie).statusCode();
  }

  @Test
  void aPageOfAnotherSite_changesNothingInASession() throws Exception {
    central.desk.isPersonAdded("bea", PASSWORD, Role.ADMIN, "ann");
    String cookie = cookie(send("name", "bea", "password", PASSWORD));
    String[][] foreign = {
      {"Sec-Fetch-Site", "cross-site"},
      {"Sec-Fetch-Site", "same-site"},
      {"Origin", "https://evil.example"},
      {"Origin", "null"},
      {"Accept", "*/*"}
    };
    for (String[] header : foreign) {
      HttpResponse<String> answer =
          central.ask(
              "POST",
              "/rest/house/",
              "{\"address\":\"x\"}",
              "Cookie",
              cookie,
              header[0],
              header[1]);
      assertThat(answer.statusCode()).as(header[1]).isEqualTo(403);
    }
    assertThat(central.ask("GET", "/rest/house/", "", "Cookie", cookie).body()).isEqualTo("[]");
  }

  @Test
  void whoeverGuesses_waitsLongerAndLonger_andOnlyHe() throws Exception {
    central.desk.isPersonAdded("bea", PASSWORD, Role.VIEWER, "ann");
    central.desk.isPersonAdded("carl", PASSWORD, Role.VIEWER, "ann");
    for (int i = 0; i < 5; i++) {
      assertThat(send("name", "bea", "password", "wrong " + i).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> throttled = send("name", "bea", "password", PASSWORD);
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).isPresent();
    cookie(send("name", "carl", "password", PASSWORD));
    clock.advance(Duration.ofMinutes(15));
    cookie(send("name", "bea", "password", PASSWORD));
  }

  @Test
  void theSignInPage_showsNothingOfWhatWasTypedAsMarkup_andGoesNowhereElse() throws Exception {
    central.desk.isPersonAdded("bea", PASSWORD, Role.VIEWER, "ann");
    HttpResponse<String> wrong =
        send("name", "\"><script>alert(1)</script>{style}", "password", "x", "next", "\"><b>");
    assertThat(wrong.body()).doesNotContain("<script", "<b>");
    assertThat(wrong.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    for (String next :
        new String[] {
          "//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"
        }) {
      HttpResponse<String> in = send("name", "bea", "password", PASSWORD, "next", next);
      assertThat(in.headers().firstValue("Location")).as(next).contains("/");
    }
    HttpResponse<String> in = send("name", "bea", "password", PASSWORD, "next", "/rest/house/");
    assertThat(in.headers().firstValue("Location")).contains("/rest/house/");
  }
}
