package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;

/** How programs that can't send a header sign in, push scripts of the original system above all. */
class TokenTest {

  private static final String HOUSE =
      "[{\"__table__\":\"House\",\"id\":1,\"address\":\"Token Street\"}]";

  @TempDir static Path folder;

  private static ClosedCentral central;

  @BeforeAll
  static void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    central.close();
  }

  @Test
  void aTokenInTheAddress_isTakenAsAHeadersIs() throws Exception {
    Credential token = central.token("loft", Role.UPLOADER);
    String rest = "/t/" + token.reveal() + "/rest/";
    HttpResponse<String> added =
        central.ask("POST", rest + "house/", HOUSE.substring(1, HOUSE.length() - 1));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    HttpResponse<String> found = central.ask("GET", rest + "house/?address=Token%20Street", "");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.body()).contains("Token Street");
    assertThat(central.ask("POST", rest + "bulk/", "[]").statusCode()).isEqualTo(201);
    assertThat(central.ask("GET", rest + "reading/", "").statusCode())
        .as("whoever only sends sees no readings")
        .isEqualTo(403);
    assertThat(added.headers().map().toString() + added.body() + found.body())
        .as("no answer repeats it")
        .doesNotContain(token.reveal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/fleet", "/metrics", "/exports", "/sync/gateways", "/resting"})
  void aTokenInTheAddress_opensTheRestInterfaceAlone(String path) throws Exception {
    Credential token = central.token("tower" + path.hashCode(), Role.ADMIN);
    assertThat(central.ask("GET", "/t/" + token.reveal() + "/rest/house/", "").statusCode())
        .isEqualTo(200);

    HttpResponse<String> answer = central.ask("GET", "/t/" + token.reveal() + path, "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain(token.reveal());
  }

  @Test
  void anUpload_whenTheTokenInItsAddressEnded_isAnswered500SoThatItComesAgain() throws Exception {
    Credential token = central.token("cellar", Role.UPLOADER);
    central.desk.isTokenRevoked("cellar", "ann");
    String rest = "/t/" + token.reveal() + "/rest/";
    HttpResponse<String> upload = central.ask("POST", rest + "bulk/", "[]");
    assertThat(upload.statusCode()).isEqualTo(500);
    assertThat(upload.headers().firstValue("Retry-After")).isPresent();
    assertThat(central.ask("GET", rest + "house/", "").statusCode()).isEqualTo(401);
  }

  @Test
  void aToken_asPasswordOfABasicAuthentication_isTaken() throws Exception {
    Credential token = central.token("attic", Role.VIEWER);
    String pair =
        Base64.getEncoder()
            .encodeToString(("anybody:" + token.reveal()).getBytes(StandardCharsets.UTF_8));
    assertThat(
            central.ask("GET", "/rest/reading/", "", "Authorization", "Basic " + pair).statusCode())
        .isEqualTo(200);
    assertThat(
            central
                .ask("GET", "/rest/reading/", "", "Authorization", "Basic bm9ib2R5")
                .statusCode())
        .isEqualTo(401);
  }
}
