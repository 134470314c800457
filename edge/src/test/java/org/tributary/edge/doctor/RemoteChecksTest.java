package org.tributary.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.wire.GatewayId;
import org.tributary.wire.GatewayStatus;
import org.tributary.wire.NameHolder;
import org.tributary.wire.SyncJson;

class RemoteChecksTest {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final GatewayId GATEWAY = new GatewayId("house12");

  final FakeCentral central = new FakeCentral();

  @Test
  void greeting_ofACentral_tellsItsVersion() {
    assertThat(greeting())
        .isEqualTo(
            Finding.ok(
                "Tributary 0.1.0; gateway house12 is new to it, the first push makes it known"));
  }

  @Test
  void greeting_whereAPushWouldBeRefused_saysSoInTheSameWords() {
    central.name = new NameAnswer(Optional.of("Another machine is house12"), Optional.empty());

    assertThat(greeting().what()).isEqualTo("Another machine is house12");
    assertThat(greeting().refusal()).isTrue();
    assertThat(greeting().advice()).isNotBlank();
  }

  @Test
  void greeting_whereAPushWouldTakeAnothersPlace_saysWhose() {
    central.name =
        new NameAnswer(Optional.empty(), Optional.of(new NameHolder("old-card", CLOCK.instant())));

    assertThat(greeting().level()).isEqualTo(Level.OK);
    assertThat(greeting().what())
        .contains("house12 was old-card, heard of last 2026-03-01T12:00:00Z");
  }

  @Test
  void greeting_ofACentralWhoseDatabaseIsAway_passesItsReasonOn() {
    central.answers(
        503,
        "application/problem+json",
        new String(
            SyncJson.writeProblem(503, "Not now", "Central's database can't be used now"),
            StandardCharsets.UTF_8));

    assertThat(greeting().level()).isEqualTo(Level.PROBLEM);
    assertThat(greeting().what()).contains("status 503", "Central's database can't be used now");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | text/html | <title>Hotel WiFi</title> | not a Tributary central: status 200, text/html, \"Hotel WiFi\"",
        "200 | application/json | {\"product\":\"other\"} | not a Tributary central: status 200, application/json",
        "200 | application/json | [] | not a Tributary central: status 200, application/json",
        "404 | text/plain | not found | not a Tributary central: status 404, text/plain",
        "401 | text/plain | who are you | not a Tributary central: it wants a sign-in (status 401)",
        "407 | text/html | proxy | not a Tributary central: it wants a sign-in (status 407)",
        "502 | text/html | Bad Gateway | a proxy answers that central is away (status 502)",
        "204 | '' | '' | not a Tributary central: status 204, no type"
      })
  void greeting_ofAnotherProgram_saysWhatItLooksLike(
      int status, String type, String body, String what) {
    central.answers(status, type, body);

    assertThat(greeting().level()).isEqualTo(Level.PROBLEM);
    assertThat(greeting().what()).isEqualTo(what);
    assertThat(greeting().advice()).isNotBlank();
  }

  @Test
  void greeting_ofAServerOfTheRestInterface_isOkAndSaysWhatItCannotProve() {
    central.answers(404, "text/html", "<title>404 Not Found</title>");
    central.sensorTypes = Optional.of(61);

    assertThat(greeting().level()).isEqualTo(Level.OK);
    assertThat(greeting().what())
        .isEqualTo(
            "a server of the REST interface, with 61 sensor types; it can't prove that rows arrived");
  }

  @Test
  void greeting_byTheRestInterfaceAlone_saysWhatToOpenWhereNoneAnswers() {
    RestCheck check = new RestCheck(central, "http://central/rest/");

    assertThat(check.look().get(0).level()).isEqualTo(Level.PROBLEM);
    assertThat(check.look().get(0).advice()).contains("open http://central/rest/sensortype/");
    central.sensorTypes = Optional.of(61);
    assertThat(check.look().get(0).level()).isEqualTo(Level.OK);
  }

  @Test
  void greeting_ofARedirect_saysWhereTo() {
    central.answer =
        new HealthAnswer(
            302, "text/html", Optional.of("https://login.example/"), Optional.empty(), "");

    assertThat(greeting().what())
        .isEqualTo("not a Tributary central: it sends us on to https://login.example/");
  }

  @Test
  void greeting_withoutAnAnswer_saysWhy() {
    central.failure = new IOException("the line broke");

    assertThat(greeting().level()).isEqualTo(Level.PROBLEM);
    assertThat(greeting().what()).isEqualTo("the line broke");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT0S | OK | agrees with central's",
        "PT30S | OK | 30 s ahead of central's",
        "PT-5M | WARNING | 5 min behind central's",
        "PT61S | WARNING | 61 s ahead of central's",
        "PT2H | PROBLEM | 2 h ahead of central's: rows stamped so far ahead are set aside",
        "PT-49H | PROBLEM | 2 days behind central's"
      })
  void clock_isJudgedByHowFarItIsOff(Duration ahead, Level level, String what) {
    central.answer =
        new HealthAnswer(
            200, "application/json", Optional.empty(), Optional.of(NOW.minus(ahead)), "");

    Finding finding = new ClockCheck(central, CLOCK).look().get(0);

    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.what()).isEqualTo(what);
  }

  @Test
  void clock_ofACentralThatDoesNotTell_isNotChecked() {
    central.answers(200, "application/json", "{}");

    assertThat(new ClockCheck(central, CLOCK).look().get(0).level()).isEqualTo(Level.NOT_CHECKED);
  }

  @Test
  void name_thatDoesNotResolve_isAProblem() {
    Finding finding = new NameCheck("nowhere.invalid").look().get(0);

    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
    assertThat(finding.what()).isEqualTo("the name nowhere.invalid does not resolve");
  }

  @Test
  void port_isOkWhereSomethingListensAndAProblemWhereNothingDoes() throws Exception {
    int port;
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = open.getLocalPort();
      assertThat(new PortCheck("127.0.0.1", port, "start it").look().get(0).level())
          .isEqualTo(Level.OK);
    }

    assertThat(new PortCheck("127.0.0.1", port, "start it").look().get(0).what())
        .isEqualTo("nothing listens on 127.0.0.1:" + port);
  }

  private Finding greeting() {
    return new GreetingCheck(central, GATEWAY).look().get(0);
  }

  /** A central that is well and has never heard of this gateway, unless it is told otherwise. */
  private static final class FakeCentral implements Central {
    private HealthAnswer answer =
        new HealthAnswer(
            200,
            "application/json",
            Optional.empty(),
            Optional.empty(),
            new String(SyncJson.writeHealth("0.1.0"), StandardCharsets.UTF_8));

    private @Nullable IOException failure;
    private NameAnswer name = NameAnswer.OWN;
    private Optional<Integer> sensorTypes = Optional.empty();

    void answers(int status, String type, String body) {
      answer = new HealthAnswer(status, type, Optional.empty(), Optional.empty(), body);
    }

    @Override
    public HealthAnswer health() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return answer;
    }

    @Override
    public Optional<GatewayStatus> gateway() {
      return Optional.empty();
    }

    @Override
    public NameAnswer name() {
      return name;
    }

    @Override
    public Optional<Integer> restSensorTypes() {
      return sensorTypes;
    }
  }
}
