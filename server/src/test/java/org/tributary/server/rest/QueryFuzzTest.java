package org.tributary.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.server.CentralServer;
import org.tributary.server.http.Request.Parameter;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.rest.Statements;
import org.tributary.store.rest.TableQuery;
import org.tributary.wire.rest.BadFieldException;
import org.tributary.wire.rest.RestTable;
import org.tributary.wire.rest.RestTables;

/** Whatever is asked, nothing of it gets into a statement, and the answer is 200 or 400. */
class QueryFuzzTest {

  private static final int READ = 60_000;
  private static final int ASKED = 1_500;
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  private static final Set<String> OUR_WORDS =
      Set.of(
          "SELECT",
          "COUNT",
          "FROM",
          "WHERE",
          "AND",
          "OR",
          "ORDER",
          "BY",
          "DESC",
          "LIMIT",
          "OFFSET",
          "IS",
          "NOT",
          "NULL",
          "LIKE",
          "LOWER",
          "COLLATE",
          "C",
          "CAST",
          "AS",
          "BINARY",
          "tributary_fold");

  @Test
  void statements_holdOnlyIdentifiersOfTheTableAndQuestionMarks() {
    int understood = 0;
    for (int seed = 0; seed < READ; seed++) {
      Random random = new Random(seed);
      RestTable table = RestTables.ALL.get(random.nextInt(RestTables.ALL.size()));
      List<Parameter> parameters = new RandomParameters(random, table).next();
      TableQuery query;
      try {
        query = QueryLanguage.read(table, Optional.empty(), parameters);
      } catch (BadFieldException refused) {
        assertThat(parameters).extracting(Parameter::name).contains(refused.field());
        continue;
      }
      understood++;
      for (String sql : Statements.of(query)) {
        assertOurs(sql, table, seed);
      }
    }
    assertThat(understood).isBetween(READ / 10, READ * 9 / 10); // both are tried
  }

  private static void assertOurs(String sql, RestTable table, int seed) {
    String rest = sql.replace("ESCAPE '!'", "");
    assertThat(rest).as("seed %d", seed).matches("[A-Za-z_0-9\"`?(),=<>* ]*");
    Set<String> known = new HashSet<>(OUR_WORDS);
    known.add(table.table().name());
    table.columns().forEach(column -> known.add(column.name()));
    Matcher words = WORD.matcher(rest);
    while (words.find()) {
      assertThat(known).as("seed %d: %s", seed, sql).contains(words.group());
    }
  }

  @Test
  void get_whateverItsParameters_answers200Or400(@TempDir Path folder) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///central.db", folder);
    try (CentralServer server =
        CentralServer.start(
            url,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CentralServer.Auth.OFF,
            "0.1.0",
            Clock.systemUTC())) {
      HttpClient client = HttpClient.newHttpClient();
      for (int seed = 0; seed < ASKED; seed++) {
        Random random = new Random(seed);
        RestTable table = RestTables.ALL.get(random.nextInt(RestTables.ALL.size()));
        String query =
            new RandomParameters(random, table)
                .next().stream()
                    .map(each -> encoded(each.name()) + "=" + encoded(each.value()))
                    .collect(Collectors.joining("&"));
        URI uri =
            URI.create(
                "http://127.0.0.1:%d/rest/%s/?%s".formatted(server.port(), table.path(), query));
        HttpResponse<String> answer =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode())
            .as("seed %d: %s: %s", seed, uri, answer.body())
            .isIn(200, 400);
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
