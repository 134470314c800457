package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.push.Program;

/**
 * Secrets stand where they belong and nowhere else, and a family's address in no log: all that the
 * programs print, log, answer and store is searched for both.
 */
class CanaryTest {

  private static final String PASSWORD = "canary-password-of-a-person";
  private static final String ADDRESS = "17 Canary Crescent";
  private static final String FORGED = "evil\n12:00:00 INFO  all is well";
  private static final Pattern CODE = Pattern.compile("(?:[0-9A-Z]{5}-){5}[0-9A-Z]");
  private static final Pattern SECRET = Pattern.compile("trb_[0-9a-f]{16}_([A-Za-z0-9_-]{43})");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();
  private String root = "";

  private String run(int exit, String... words) {
    try (Program program = Program.start(folder, words)) {
      int code = program.exitCode();
      String said = program.output();
      assertThat(code).as(String.join(" ", words) + "\n" + said).isEqualTo(exit);
      return said;
    }
  }

  /** What must hold no secret. */
  private void searched(int exit, String... words) {
    outputs.put(outputs.size() + " " + String.join(" ", words), run(exit, words));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(matcher.groupCount());
  }

  private void ask(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    answers.add(answer.headers().map() + "\n" + answer.body());
  }

  @Test
  void secretsAndAddresses_areInNoOutput() throws Exception {
    int port = Program.freePort();
    root = "http://127.0.0.1:" + port;
    run(
        0,
        "datagen",
        "--db",
        "sqlite:///house.db",
        "--days",
        "1",
        "--nodes",
        "2",
        "--first-node",
        "80");
    execute("UPDATE House SET address = '" + ADDRESS + "'");
    execute("INSERT INTO House (id, address) VALUES (91, '" + ADDRESS + "')"); // two alike
    execute("INSERT INTO House (id, address) VALUES (92, '" + FORGED.replace("'", "''") + "')");
    execute("INSERT INTO House (id, address) VALUES (93, '" + FORGED.replace("'", "''") + "')");
    Files.writeString(
        folder.resolve("synchronise.conf"), "[general]\nlocalurl = sqlite:///house.db\n");
    try (Program central =
        Program.start(
            folder,
            "serve",
            "--db",
            "sqlite:///c.db",
            "--listen",
            "127.0.0.1:" + port,
            "--verbose")) {
      await().atMost(Duration.ofMinutes(2)).until(() -> central.output().contains("set-up code"));
      secrets.put("set-up code", found(CODE, central.output()));
      String given =
          run(0, "gateway", "add", "loft", "--db", "sqlite:///c.db", "--url", root + "/");
      secrets.put("one-time code", found(CODE, given));
      searched(0, "enrol", root + "/", secrets.get("one-time code"));
      secrets.put("key", keyOf());
      searched(5, "push", "--once", "--verbose");
      searched(0, "key", "renew");
      secrets.put("next key", keyOf());
      searched(5, "push", "--once");
      searched(5, "status");
      searched(0, "doctor");
      String token =
          run(0, "token", "add", "script", "--role", "uploader", "--db", "sqlite:///c.db");
      secrets.put("token", found(SECRET, token));
      String whole = token.lines().findFirst().orElseThrow();
      ask("GET", "/t/" + whole + "/rest/house/", "");
      ask("GET", "/t/" + whole + "/rest/reading/", "");
      ask("POST", "/t/" + whole + "/rest/bulk/", "[{\"__table__\":\"Reading\",\"bad\":1}]");
      ask("POST", "/t/" + whole + "x/rest/bulk/", "[]");
      ask("GET", "/nowhere", "", "Authorization", "Bearer " + whole + "x");
      String form = "code=%s&name=ann&password=%s".formatted(secrets.get("set-up code"), PASSWORD);
      secrets.put("password", PASSWORD);
      ask("POST", "/sign-in", "name=ann&code=wrong&password=" + PASSWORD);
      ask("POST", "/sign-in", form);
      ask("POST", "/sign-in", "name=bob&password=" + PASSWORD);
      searched(0, "gateway", "revoke", "loft", "--db", "sqlite:///c.db");
      searched(6, "push", "--once", "--verbose");
      searched(0, "gateway", "list", "--db", "sqlite:///c.db");
      searched(0, "audit", "--db", "sqlite:///c.db");
      central.signal("TERM");
      central.exitCode();
      outputs.put("serve", central.output().replace(secrets.get("set-up code"), ""));
    }
    outputs.put("push.log", Files.readString(folder.resolve("push.log")));
    outputs.put(
        "answers",
        String.join("\n", answers)
            .replaceAll("set-cookie=\\[tributary=[^;]*;", "the cookie itself"));
    outputs.forEach(
        (where, said) ->
            secrets.forEach(
                (what, secret) ->
                    assertThat(said).as(what + " in " + where).doesNotContain(secret)));
    for (Path file : stored()) {
      String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
      secrets.forEach(
          (what, secret) -> assertThat(bytes.contains(secret)).as(what + " in " + file).isFalse());
    }
    for (String log : List.of("serve", "push.log")) {
      assertThat(outputs.get(log)).as(log).doesNotContain(ADDRESS);
      assertThat(outputs.get(log).lines())
          .as(log)
          .noneMatch(line -> line.startsWith("12:00:00 INFO  all"));
    }
    outputs.forEach(
        (where, said) -> {
          if (where.contains("audit")) {
            assertThat(said).doesNotContain(ADDRESS).contains("gateway-revoke loft", "ann");
          }
        });
  }

  /** Everything that is kept, but for the gateway's own key. */
  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".key"))
          .filter(
              file ->
                  !file.getFileName()
                      .toString()
                      .matches(
                          "(gateway|token|serve|datagen|enrol|push|key|status|doctor|audit)-.*\\.out"))
          .toList();
    }
  }

  private String keyOf() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
      return found(SECRET, Files.readString(files.findFirst().orElseThrow()));
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("house.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
