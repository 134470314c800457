package org.tributary.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;
import org.tributary.wire.Greeting;
import org.tributary.wire.SyncJson;

/**
 * What central tells Prometheus, and whether the dashboard and the alerts ask for what there is.
 */
class MetricsTest {

  private static final Pattern HELP = Pattern.compile("# HELP ([a-z_][a-z0-9_]*) \\S.*");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z_][a-z0-9_]*) (counter|gauge|histogram|summary)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_][a-z0-9_]*)(\\{((?:[a-z_]+=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)*)\\})?"
              + " (-?[0-9.]+(?:E-?[0-9]+)?|NaN|[+-]Inf)");
  private static final Pattern NAME = Pattern.compile("\\b(?:tributary|jvm)_[a-z0-9_]+");

  /** What a gateway's own page tells. */
  private static final Set<String> OF_GATEWAYS =
      Set.of(
          "tributary_gateway_rows_waiting",
          "tributary_gateway_oldest_unsent_seconds",
          "tributary_gateway_last_contact_timestamp_seconds",
          "tributary_gateway_rows_sent_total",
          "tributary_gateway_push_failures_total",
          "tributary_gateway_clock_offset_seconds",
          "tributary_gateway_rows_set_aside");

  @TempDir static Path folder;

  private static ClosedCentral central;
  private static Credential viewer;

  @BeforeAll
  static void open() throws Exception {
    central = new ClosedCentral("sqlite:///" + folder.resolve("c.db"), Clock.systemUTC());
    viewer = central.token("prometheus", Role.VIEWER);
    Credential own = central.enrolled(ClosedCentral.OWN);
    Greeting greeting =
        new Greeting(ClosedCentral.OWN, "machine", "host", "0.1.0", 1, Clock.systemUTC().instant());
    HttpResponse<String> answer =
        central.ask(
            "POST",
            "/sync/greeting",
            new String(SyncJson.write(greeting), StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + own.reveal());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    central.ask("GET", "/rest/house/47110815", viewer);
    central.ask("GET", "/sync/gateways", "");
    central.ask("GET", "/nowhere-secret", viewer);
  }

  @AfterAll
  static void close() {
    central.close();
  }

  @Test
  void metrics_areWhatPrometheusReads_andNameNoPathThatWasAskedFor() throws Exception {
    String text = scraped();

    Map<String, String> types = new HashMap<>();
    Set<String> samples = new HashSet<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
      } else if (sample.matches()) {
        assertThat(samples.add(sample.group(1) + sample.group(2))).as(line).isTrue();
        assertThat(types.keySet().stream().anyMatch(sample.group(1)::startsWith)).as(line).isTrue();
      } else {
        assertThat(line).matches(HELP);
      }
    }
    assertThat(text)
        .endsWith("\n")
        .contains("tributary_central_gateways{state=\"new\"} 1")
        .contains("tributary_central_gateway_rows_waiting{gateway=\"" + ClosedCentral.OWN + "\"} 0")
        .contains("method=\"GET\",path=\"/rest/{type}/{id}\",status=\"200\"")
        .contains("path=\"/sync/gateways\",status=\"401\"")
        .contains("path=\"(none)\"")
        .contains("tributary_central_build_info{version=")
        .contains("jvm_memory_used_bytes{")
        .doesNotContain("47110815", "nowhere-secret", "127.0.0.1", viewer.id());
  }

  @Test
  void dashboardAndAlerts_askOnlyForWhatThereIs() throws Exception {
    Set<String> known = new TreeSet<>(OF_GATEWAYS);
    scraped()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> known.add(line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '))));

    for (String file : List.of("grafana-dashboard.json", "alerts.yaml")) {
      String text = Files.readString(Path.of("../deploy").resolve(file));
      Set<String> asked = new TreeSet<>();
      NAME.matcher(text).results().forEach(found -> asked.add(found.group()));
      assertThat(asked).as(file).isNotEmpty().isSubsetOf(known);
    }
  }

  @Test
  void everyMetricOfOurs_isDescribed() throws Exception {
    String page = Files.readString(Path.of("../docs/metrics.md"));
    Stream.concat(
            scraped()
                .lines()
                .map(TYPE::matcher)
                .filter(Matcher::matches)
                .map(type -> type.group(1))
                .filter(name -> name.startsWith("tributary_")),
            OF_GATEWAYS.stream())
        .forEach(name -> assertThat(page).contains(name));
  }

  private static String scraped() throws Exception {
    HttpResponse<String> answer = central.ask("GET", "/metrics", viewer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    return answer.body();
  }
}
