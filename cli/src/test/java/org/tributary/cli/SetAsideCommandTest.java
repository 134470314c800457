package org.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code setaside} beside a central that runs. */
class SetAsideCommandTest {

  @TempDir Path centralFolder;
  @TempDir Path gatewayFolder;

  Central central;
  GatewayFolder gateway;
  LoggerFile logger;
  String db;

  @BeforeEach
  void setUp() throws Exception {
    Path file = centralFolder.resolve("central.db");
    central = new Central(file);
    db = "sqlite:///" + file;
    gateway = GatewayFolder.create(gatewayFolder, central.url());
    logger = gateway.logger();
  }

  @AfterEach
  void tearDown() {
    central.close();
  }

  @Test
  void list_ofNothing_saysSo() {
    assertThat(run("list").out()).isEqualTo("Nothing is set aside.\n");
    assertThat(run("list", "--rule", "ambiguous").out())
        .isEqualTo("Nothing of what was asked for is set aside.\n");
    assertThat(run("list", "--dropped").out()).isEqualTo("Nothing was ever dropped.\n");
    assertThat(run("replay").out()).isEqualTo("Nothing that was asked for is set aside.\n");
  }

  @Test
  void list_countsFirstAndFitsEightyColumns() throws Exception {
    setSomeAside();

    CommandRun run = run("list");

    assertThat(run.exit()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.subList(0, 14))
        .containsExactly(
            "%-32s %-11s %-25s %9s".formatted("gateway", "table", "rule", "rows"),
            "%-32s %-11s %-25s %9d".formatted("house12", "Reading", "clock untrusted", 1),
            "%-32s %-11s %-25s %9d".formatted("house12", "Reading", "parent missing", 2),
            "",
            "What helps:",
            "  Reading, clock untrusted: say what its stamp is worth: replay with",
            "    --trust-clock or --shift SECONDS",
            "  Reading, parent missing: it is stored by itself once what it refers to is",
            "    there; replay looks now",
            "",
            "3 rows in all:",
            "",
            "house12 Reading [2026-03-01T12:10:00Z, 99, 0]",
            "  stamped 2026-03-01 12:10:00 UTC");
    assertThat(run.out())
        .contains("\n  nodeId is 99, and Node 99 of this gateway has not been taken yet\n");
    assertThat(run("list", "--rule", "clock-untrusted", "--limit", "0").out().lines())
        .contains("1 row in all, of which the first 0:");
    assertThat(run("list", "--json", "--limit", "1").out())
        .startsWith("{\"counts\":[{\"gateway\":\"house12\",\"table\":\"Reading\"")
        .contains("\"rows\":[{\"id\":1,", "\"row\":\"{\\\"time\\\":");
  }

  @Test
  void list_ofAGateway_showsWhatItKeepsApartItself() throws Exception {
    assertThat(gateway.run("setaside", "list").out())
        .isEqualTo("central: nothing is kept apart here.\n");
    gateway.keptApart(
        """
        {"table":"Reading","key":"[2024-05-02T08:00:00Z, 37, 0]","rule":"DATABASE",\
        "reason":"too hot","row":"{}"}
        """);

    assertThat(gateway.run("setaside", "list").lines())
        .containsExactly(
            "central: 1 row kept apart here",
            "  Reading, refused by the database: 1 row",
            "  Mend them at the gateway, or have the remote's table mended; pushes try them again.",
            "",
            "  Reading [2024-05-02T08:00:00Z, 37, 0]",
            "    refused by the database: too hot");
    assertThat(gateway.run("setaside", "list", "--rule", "claimed").out()).contains("nothing");
    assertThat(gateway.run("setaside", "list", "--json").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void replay_saysHowManyWereStoredAndWhyOthersStay() throws Exception {
    setSomeAside();

    CommandRun run = run("replay");

    assertThat(run.out())
        .startsWith("3 rows tried again: 0 stored, 3 stay set aside.\n  1 row, clock untrusted,")
        .contains(
            "    Reading [2099-01-01T00:00:00Z, 37, 0]: say what its stamp is worth: replay\n")
        .contains("\n      with --trust-clock or --shift SECONDS\n");
    assertThat(run.exit()).isEqualTo(ExitCode.SET_ASIDE.number());

    CommandRun trusting = run("replay", "--rule", "clock-untrusted", "--trust-clock");

    assertThat(trusting.out()).isEqualTo("1 row tried again: 1 stored, 0 stay set aside.\n");
    assertThat(trusting.exit()).isZero();
    gateway.push();
    assertThat(run("list").out()).contains("2 rows in all:");
  }

  @Test
  void drop_asks_andShowsAfterwardsWhatWasDropped() throws Exception {
    setSomeAside();
    List<String> asked = new ArrayList<>();

    assertThat(drop("3", asked, "--gateway", "house12", "--rule", "parent-missing").err())
        .contains("That was not 2: nothing has been changed.");
    assertThat(drop("2", asked, "--rule", "parent-missing", "--by", "ann").out())
        .endsWith("2 rows dropped; `tributary setaside list --dropped` shows them.\n");

    assertThat(asked).hasSize(2).allMatch(question -> question.contains("(2)"));
    assertThat(run("list").out()).contains("1 row in all:");
    assertThat(run("list", "--dropped").out())
        .startsWith("The first 2 rows that were dropped:\n")
        .containsPattern("dropped \\S+ \\S+ UTC by ann");
    gateway.push();
    assertThat(run("list").out()).contains("1 row in all:");
  }

  @Test
  void wrongUse_saysWhatIsExpected() {
    assertThat(run("drop", "--yes").err()).contains("--gateway, --table, --rule, --from or --to");
    assertThat(run("drop", "--rule", "ambiguous").err()).contains("nobody to ask");
    assertThat(run("list", "--rule", "broken").err()).contains("expected one of clock-untrusted,");
    assertThat(run("list", "--table", "Rooms").err()).contains("there is no Rooms");
    assertThat(run("list", "--from", "yesterday").err()).contains("expected 2026-10-25 or");
    assertThat(run("replay", "--shift", "0").err()).contains("--trust-clock");
    assertThat(run("replay", "--shift", "1", "--trust-clock").err()).contains("exclude");
    assertThat(CommandRun.of("setaside").err()).contains("list, replay or drop?");
    assertThat(CommandRun.of("setaside", "list", "--db", "sqlite:///none.db").err())
        .contains("is --db central's?");
  }

  @Test
  void api_filtersAndPages() throws Exception {
    setSomeAside();
    String all = "sync/gateways/house12/setaside";

    assertThat(central.get(all)).contains("\"id\":1,").contains("\"id\":3,");
    assertThat(central.get(all + "?rule=CLOCK_UNTRUSTED"))
        .contains("2099-01-01T00:00:00Z")
        .doesNotContain("PARENT_MISSING");
    assertThat(central.get(all + "?after=1&limit=1"))
        .startsWith("[{\"id\":2,")
        .doesNotContain("\"id\":3,");
    assertThat(central.get(all + "?from=2026-03-01T12:15:00Z&to=2027-01-01T00:00:00Z"))
        .contains("12:15:00Z")
        .doesNotContain("12:10:00Z");
    assertThat(central.get(all + "?rule=BROKEN")).contains("\\\"BROKEN\\\" can't be rule");
    assertThat(central.get(all + "?size=1")).contains("expected table, rule, from, to, after");
  }

  private void setSomeAside() throws Exception {
    logger
        .withReading("2026-03-01 12:10:00", 99)
        .withReading("2026-03-01 12:15:00", 99)
        .withReading("2099-01-01 00:00:00", 37);
    gateway.push();
  }

  private CommandRun run(String act, String... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("setaside", act, "--db", db), Stream.of(more))
            .toArray(String[]::new));
  }

  private CommandRun drop(String answer, List<String> asked, String... options) {
    Question person =
        question -> {
          asked.add(question);
          return answer;
        };
    return CommandRun.ofCommand(
        new SetAsideDropCommand(Optional.of(person)),
        Stream.concat(Stream.of("--db", db), Stream.of(options)).toArray(String[]::new));
  }
}
