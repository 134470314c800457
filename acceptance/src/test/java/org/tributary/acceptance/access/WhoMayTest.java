package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;
import org.tributary.wire.SyncJson;

/** Every route that central has, and who is answered there. */
class WhoMayTest {

  private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
  private static final Set<Role> READERS = EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> CHANGERS = EnumSet.of(Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> UPLOADERS = EnumSet.of(Role.UPLOADER, Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> LOOKERS_UP = EnumSet.complementOf(EnumSet.of(Role.GATEWAY));

  @TempDir static Path folder;

  private static ClosedCentral central;
  private static final Map<Role, Credential> KEYS = new EnumMap<>(Role.class);

  @BeforeAll
  static void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), Clock.systemUTC());
    for (Role role : Role.values()) {
      KEYS.put(
          role,
          role == Role.GATEWAY
              ? central.enrolled(ClosedCentral.OWN)
              : central.token(role.word(), role));
    }
  }

  @AfterAll
  static void close() {
    central.close();
  }

  /** What is asked of a route, and who should be answered; written down apart from the program. */
  private record Asked(String method, String path, Set<Role> answered) {}

  private static List<Asked> everything() {
    List<Asked> all = new ArrayList<>();
    for (String route : central.server.routes()) {
      String method = route.substring(0, route.indexOf(' '));
      String pattern = route.substring(route.indexOf(' ') + 1);
      String path =
          pattern
              .replace("{gateway}", ClosedCentral.OWN.value())
              .replace("{type}", "house")
              .replaceAll("\\{[a-z]+\\}", "4711");
      all.add(new Asked(method, path, answered(method, path)));
      if (pattern.contains("{type}") && method.equals("GET")) {
        String readings = pattern.replace("{type}", "ReadIng").replaceAll("\\{[a-z]+\\}", "4711");
        all.add(new Asked(method, readings, READERS));
      }
    }
    return all;
  }

  private static Set<Role> answered(String method, String path) {
    String its = path.toLowerCase(Locale.ROOT);
    if (its.matches("/health|/favicon\\.ico")
        || its.equals("/sign-in")
        || its.equals("/sync/enrol")) {
      return EVERYBODY;
    }
    if (its.startsWith("/sync/gateways/")) {
      Set<Role> roles = EnumSet.copyOf(READERS);
      roles.add(Role.GATEWAY);
      return roles;
    }
    if (its.equals("/sync/gateways") || its.startsWith("/sync/houses")) {
      return READERS;
    }
    if (its.startsWith("/sync/")) {
      return EnumSet.of(Role.GATEWAY);
    }
    if (its.startsWith("/rest/bulk")) {
      return UPLOADERS;
    }
    if (its.matches("/(people|tokens|audit|enrolment)(/.*)?")) {
      return EnumSet.of(Role.ADMIN);
    }
    if (its.matches("/(inbox|set-aside)/.*") || its.equals("/exports/certificate.zip")) {
      return CHANGERS;
    }
    if (its.matches("/rest/(version|lastsync|lastnodesync)(/.*)?")
        || its.startsWith("/assets/")
        || its.startsWith("/api")
        || its.equals("/openapi.yaml")) {
      return LOOKERS_UP;
    }
    if (its.matches("/rest/house(/.*)?")) {
      return switch (method) {
        case "GET" -> LOOKERS_UP;
        case "DELETE" -> CHANGERS;
        default -> UPLOADERS;
      };
    }
    if (its.startsWith("/sumrest/") && method.equals("PUT")) {
      return CHANGERS;
    }
    return READERS;
  }

  @Test
  void everyRoute_whenAStrangerAsks_answers401() throws Exception {
    for (Asked asked : everything()) {
      HttpResponse<String> answer = central.ask(asked.method(), asked.path(), "");
      boolean isOpen = asked.path().matches("/health|/sign-in|/favicon\\.ico");
      if (isOpen) {
        assertThat(answer.statusCode()).as(asked.toString()).isIn(200, 401);
      } else {
        assertThat(answer.statusCode()).as(asked.toString()).isEqualTo(401);
        assertThat(answer.body()).as(asked.toString()).contains("\"status\":401");
      }
    }
  }

  @Test
  void everyRoute_whenSomebodyAsks_answersHisRoleAndNobodyElse() throws Exception {
    assertThat(everything()).hasSizeGreaterThan(80);
    for (Asked asked : everything()) {
      for (Role role : Role.values()) {
        HttpResponse<String> answer = central.ask(asked.method(), asked.path(), KEYS.get(role));
        String what = "%s as %s: %s".formatted(asked, role, answer.body());
        if (asked.answered().contains(role)) {
          boolean saysNoToEmptyCode =
              asked.path().equals("/sync/enrol") || asked.path().equals("/sign-in");
          if (!saysNoToEmptyCode) {
            assertThat(answer.statusCode()).as(what).isNotIn(401, 403);
          }
        } else {
          assertThat(answer.statusCode()).as(what).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void whatIsNotThere_whenAStrangerAsks_answers401AsEverythingElse() throws Exception {
    assertThat(central.ask("GET", "/nothing/there", "").statusCode()).isEqualTo(401);
    assertThat(central.ask("DELETE", "/sync/batch", "").statusCode()).isEqualTo(401);
    assertThat(central.ask("GET", "/nothing/there", KEYS.get(Role.VIEWER)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void otherGateways_whenAGatewayAsks_areNotThere() throws Exception {
    GatewayId other = new GatewayId("plum-street");
    central.enrolled(other);
    Credential own = KEYS.get(Role.GATEWAY);
    for (String route : central.server.routes()) {
      if (route.contains("{gateway}")) {
        String path = route.substring(route.indexOf(' ') + 1);
        HttpResponse<String> foreign =
            central.ask("GET", path.replace("{gateway}", other.value()), own);
        assertThat(foreign.statusCode()).as(route).isEqualTo(404);
        HttpResponse<String> nobodys = central.ask("GET", path.replace("{gateway}", "none"), own);
        assertThat(nobodys.body().replace("none", "plum-street")).isEqualTo(foreign.body());
      }
    }
  }

  @Test
  void aGateway_whenItSpeaksInAnothersName_isRefused() throws Exception {
    Credential own = KEYS.get(Role.GATEWAY);
    HttpResponse<String> header =
        central.ask(
            "POST",
            "/sync/digests",
            "",
            "Authorization",
            "Bearer " + own.reveal(),
            "Tributary-Gateway",
            "plum-street");
    assertThat(header.statusCode()).isEqualTo(403);
    assertThat(header.body()).contains("gateway = orchard-lane", "gateway add plum-street");
    Greeting named =
        new Greeting(
            new GatewayId("plum-street"), "m", "h", "1", 2, Clock.systemUTC().instant(), List.of());
    HttpResponse<String> greeting =
        central.ask(
            "POST",
            "/sync/greeting",
            new String(SyncJson.write(named), StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + own.reveal());
    assertThat(greeting.statusCode()).as(greeting.body()).isEqualTo(400);
    assertThat(greeting.body()).contains("gateway orchard-lane", "speaks of plum-street");
  }

  @Test
  void keys_whenRevoked_openNothingFromThenOn() throws Exception {
    GatewayId gateway = new GatewayId("quince-row");
    Credential key = central.enrolled(gateway);
    String path = "/sync/gateways/quince-row";
    assertThat(central.ask("GET", path, key).statusCode()).isEqualTo(404); // has not greeted
    central.desk.revokeGateway(gateway, "ann");
    HttpResponse<String> answer = central.ask("GET", path, key);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("tributary enrol");

    Credential token = central.token("plots", Role.VIEWER);
    assertThat(central.ask("GET", "/rest/house/", token).statusCode()).isEqualTo(200);
    assertThat(central.desk.isTokenRevoked("plots", "ann")).isTrue();
    assertThat(central.ask("GET", "/rest/house/", token).statusCode()).isEqualTo(401);
  }

  @Test
  void keys_whenTheirSecretIsAnother_openNothing() throws Exception {
    Credential right = KEYS.get(Role.ADMIN);
    Credential wrong = Credential.parse("trb_" + right.id() + "_" + "A".repeat(43)).orElseThrow();
    assertThat(central.ask("GET", "/rest/house/", wrong).statusCode()).isEqualTo(401);
    Optional<Credential> nobodys = Credential.parse("trb_0123456789abcdef_" + "A".repeat(43));
    HttpResponse<String> unknown = central.ask("GET", "/rest/house/", nobodys.orElseThrow());
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body())
        .as("whether the id is known can't be told")
        .isEqualTo(central.ask("GET", "/rest/house/", wrong).body());
  }
}
