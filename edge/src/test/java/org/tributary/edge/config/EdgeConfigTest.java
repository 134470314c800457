package org.tributary.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.store.WallClock;

class EdgeConfigTest {
  static final String LOCATIONS =
      """
      [locations]
      central = 1
      [central]
      url = https://central.example.org/
      """;

  @TempDir Path folder;

  @Test
  void read_whenOnlyTheNecessaryIsSet_takesTheDefaults() throws Exception {
    EdgeConfig config = read("[general]\nlocalurl = sqlite:////var/lib/house.db\n" + LOCATIONS);

    assertThat(config.file()).isEqualTo(file());
    assertThat(config.local().printable()).isEqualTo("sqlite:////var/lib/house.db");
    assertThat(config.gateway()).isEmpty();
    assertThat(config.pushLimit()).isEqualTo(10_000);
    assertThat(config.syncTime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.remotes())
        .extracting(RemoteConfig::name, RemoteConfig::transport, RemoteConfig::uri)
        .containsExactly(
            tuple(
                "central",
                TransportKind.AUTO,
                Optional.of(URI.create("https://central.example.org/"))));
    assertThat(config.disabled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[central", "[[central]]", "[central] x", "[ \"central\"", "[central  # 1"})
  void read_belowABrokenHead_tellsWhatIsWrongThereToo(String head) {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                read(
                    general("synctime = soon")
                        + "[locations]\ncentral = 1\n"
                        + head
                        + "\nurl = ftp://central/\ntransport = pigeon\n"));

    assertThat(failure.problems()).extracting(Problem::line).containsExactly(3, 6, 7, 8);
  }

  @Test
  void read_whenAllIsSet_takesIt() throws Exception {
    EdgeConfig config =
        read(general("gateway = house-17", "pushlimit = 500", "synctime = 5") + LOCATIONS);

    assertThat(config.gateway()).contains("house-17");
    assertThat(config.pushLimit()).isEqualTo(500);
    assertThat(config.syncTime()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void read_takesWhereTheStatusPageListens() throws Exception {
    assertThat(read(general("synctime = 5") + LOCATIONS).statusListen()).isEmpty();
    assertThat(read(general("status_listen = 127.0.0.1:8766") + LOCATIONS).statusListen())
        .contains(new PageAddress("127.0.0.1", 8766));
    assertThat(read(general("status_listen = [::1]:8766") + LOCATIONS).statusListen())
        .contains(new PageAddress("::1", 8766));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8766", "127.0.0.1", "127.0.0.1:70000", "http://127.0.0.1:8766/"})
  void read_ofSomethingThatCantBeListenedOn_saysWhatIsExpected(String wrong) {
    assertThat(problemsOf(general("status_listen = " + wrong) + LOCATIONS))
        .containsExactly(
            "3: status_listen: \"%s\" is nothing to listen on; expected a host and".formatted(wrong)
                + " a port, as in 127.0.0.1:8766");
  }

  @Test
  void read_takesTheTimeZoneOfTheLogger() throws Exception {
    assertThat(read(general("timezone = Europe/London") + LOCATIONS).wallClock())
        .isEqualTo(new WallClock(ZoneId.of("Europe/London")));
    assertThat(read(general("timezone = +05:30") + LOCATIONS).wallClock())
        .isEqualTo(new WallClock(ZoneId.of("+05:30")));
    assertThat(read(general("synctime = 5") + LOCATIONS).wallClock()).isEqualTo(WallClock.UTC);
    assertThat(read(general("timezone = UTC") + LOCATIONS).wallClock()).isEqualTo(WallClock.UTC);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Londn, 'did you mean Europe/London? '",
    "europe/london, 'did you mean Europe/London? '",
    "london, 'did you mean Europe/London? '",
    "New York, 'did you mean America/New_York? '",
    "BST, ''",
    "somewhere, ''"
  })
  void read_whenTheTimeZoneIsNone_saysWhichMayBeMeant(String zone, String meant) {
    assertThat(problemsOf(general("timezone = " + zone) + LOCATIONS))
        .containsExactly(
            "3: timezone: \"%s\" is no time zone; %sexpected one such as Europe/London, or UTC"
                .formatted(zone, meant));
  }

  @Test
  void read_whenTheLocalPathIsRelative_startsFromTheFilesFolder() throws Exception {
    EdgeConfig config = read("[general]\nlocalUrl = sqlite:///house.db\n" + LOCATIONS);

    assertThat(config.local().file()).contains(folder.resolve("house.db"));
  }

  @ParameterizedTest
  @CsvSource({
    "10, PT10M",
    "2.5, PT2M30S",
    "30s, PT30S",
    "30S, PT30S",
    "10 m, PT10M",
    "1h, PT1H",
    "0.5h, PT30M",
    "7d, P7D",
    "1s, PT1S",
    "10080, P7D",
    "0.025, PT1.5S"
  })
  void read_understandsTimes(String text, Duration time) throws Exception {
    assertThat(read(general("synctime = " + text) + LOCATIONS).syncTime()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0.9s", "10081", "8d", "-1", "ten", "10 minutes", "1e3", "''", "9999999999"})
  void read_whenTheTimeIsNoneOrOutOfRange_saysWhatIsExpected(String text) {
    assertThat(problemsOf(general("synctime = " + text) + LOCATIONS))
        .singleElement()
        .asString()
        .startsWith("3: synctime: \"%s\" is no time".formatted(text.replace("'", "")))
        .endsWith("expected minutes, or 30s, 10m, 1h, from 1s to 7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "100001", "-5", "10.5", "10k", "99999999999", "ten"})
  void read_whenThePushLimitIsNoneOrOutOfRange_saysWhatIsExpected(String text) {
    assertThat(problemsOf(general("pushlimit = " + text) + LOCATIONS))
        .containsExactly(
            "3: pushlimit: \"%s\" is no number of rows; expected a whole number from 1 to 100000"
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"house 17", "häuser", "a/b", ".", "..", "''"})
  void read_whenTheGatewayHasAnOddName_saysWhatIsExpected(String text) {
    assertThat(problemsOf(general("gateway = " + text) + LOCATIONS))
        .singleElement()
        .asString()
        .startsWith("3: gateway: ")
        .contains("expected 1 to 64 letters");
  }

  @Test
  void read_whenTheNameOfTheGatewayIsTooLong_refusesIt() throws Exception {
    assertThat(read(general("gateway = " + "g".repeat(64)) + LOCATIONS).gateway()).isPresent();
    assertThat(problemsOf(general("gateway = " + "g".repeat(65)) + LOCATIONS)).hasSize(1);
  }

  @Test
  void read_whenTheEnvironmentSetsIt_thatGoesBeforeTheFile() throws Exception {
    write(general("gateway = file", "pushlimit = 1", "synctime = 1") + LOCATIONS);

    EdgeConfig config =
        EdgeConfig.read(
            file(),
            Map.of(
                "TRIBUTARY_LOCALURL", "sqlite:////env.db",
                "TRIBUTARY_GATEWAY", "env",
                "TRIBUTARY_PUSHLIMIT", " 2 ",
                "TRIBUTARY_SYNCTIME", "2h"),
            Optional.empty());

    assertThat(config.local().printable()).isEqualTo("sqlite:////env.db");
    assertThat(config.gateway()).contains("env");
    assertThat(config.pushLimit()).isEqualTo(2);
    assertThat(config.syncTime()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void read_whenAVariableIsBlank_theFileCounts() throws Exception {
    write(general("pushlimit = 1") + LOCATIONS);

    EdgeConfig config =
        EdgeConfig.read(file(), Map.of("TRIBUTARY_PUSHLIMIT", " "), Optional.empty());

    assertThat(config.pushLimit()).isEqualTo(1);
  }

  @Test
  void read_whenAVariableIsWrong_namesIt() throws Exception {
    write(general() + LOCATIONS);

    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                EdgeConfig.read(
                    file(),
                    Map.of(
                        "TRIBUTARY_PUSHLIMIT", "many",
                        "TRIBUTARY_LOCALURL", "mysql://u:canary@h"),
                    Optional.empty()));

    assertThat(refusal)
        .hasMessageContaining(file() + ": TRIBUTARY_PUSHLIMIT: \"many\" is no number of rows")
        .hasMessageContaining(file() + ": TRIBUTARY_LOCALURL: it names no database")
        .hasMessageNotContaining("canary");
  }

  @Test
  void read_whenTheCommandLineNamesTheDatabase_thatGoesBeforeAll() throws Exception {
    write(LOCATIONS);

    EdgeConfig config =
        EdgeConfig.read(
            file(),
            Map.of("TRIBUTARY_LOCALURL", "sqlite:////env.db"),
            Optional.of("sqlite:////line.db"));

    assertThat(config.local().printable()).isEqualTo("sqlite:////line.db");
  }

  @Test
  void read_whenAPathFromOutsideTheFileIsRelative_startsFromTheCurrentFolder() throws Exception {
    write(LOCATIONS);

    EdgeConfig config = EdgeConfig.read(file(), Map.of(), Optional.of("sqlite:///house.db"));

    assertThat(config.local().file()).contains(Path.of("house.db").toAbsolutePath());
  }

  @Test
  void read_whenTheDatabaseOnTheCommandLineIsWrong_saysWhereItCameFrom() throws Exception {
    write(LOCATIONS);

    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class,
            () -> EdgeConfig.read(file(), Map.of(), Optional.of("house.db")));

    assertThat(refusal).hasMessageContaining("local database on the command line: not a database");
  }

  @Test
  void read_whenTheLocalDatabaseIsMissing_saysSo() {
    assertThat(problemsOf("[general]\n" + LOCATIONS))
        .singleElement()
        .asString()
        .startsWith("1: localurl is missing in [general]; expected");
    assertThat(problemsOf(LOCATIONS))
        .singleElement()
        .asString()
        .startsWith("0: localurl is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "localurl =                  | not a database URL",
        "localurl = \"canary         | the quote is not closed",
        "localurl = mysql://u:can,ary@h/db | a list of 2 values",
        "localurl = mysql://u:canary@h:x/db | not a number from 1 to 65535 in mysql://u:***@h:x/db",
      })
  void read_whenTheLocalDatabaseIsUnreadable_saysSoOnceAndWithoutThePassword(
      String line, String why) {
    assertThat(problemsOf("[general]\n" + line + "\n" + LOCATIONS))
        .singleElement()
        .asString()
        .startsWith("2: localurl: ")
        .contains(why)
        .doesNotContain("can");
  }

  @Test
  void read_whenAKeyIsUnknown_namesTheKnownOnes() {
    assertThat(problemsOf(general("password = canary") + LOCATIONS))
        .containsExactly(
            "3: unknown key password in [general]; expected one of localurl, timezone, pushlimit, synctime,"
                + " gateway, sweep, deletes, newestfirst,"
                + " status_listen");
  }

  @Test
  void read_whenAKeyIsNearlyKnown_asksWhetherThatWasMeant() {
    assertThat(problemsOf(general("pushlimt = 10") + LOCATIONS))
        .singleElement()
        .asString()
        .startsWith(
            "3: unknown key pushlimt in [general]; did you mean pushlimit? expected one of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "true", "on", "On", "TRUE", "'1'", "1 #Push", "1#Push"})
  void read_whenALocationIsSwitchedOn_itIsARemote(String on) throws Exception {
    assertThat(read(general() + LOCATIONS.replace("= 1", "= " + on)).remotes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "no", "false", "off", "Off", "0 #Ignore"})
  void read_whenALocationIsSwitchedOff_itIsOnlyNamed(String off) throws Exception {
    EdgeConfig config = read(general() + LOCATIONS.replace("= 1", "= 1\nspare = " + off));

    assertThat(config.remotes()).extracting(RemoteConfig::name).containsExactly("central");
    assertThat(config.disabled()).containsExactly("spare");
  }

  @Test
  void read_keepsTheRemotesInTheOrderOfTheFile() throws Exception {
    EdgeConfig config =
        read(
            general()
                + """
                [locations]
                b = 1
                a = 1
                [a]
                url = http://a/
                [b]
                url = http://b/
                """);

    assertThat(config.remotes()).extracting(RemoteConfig::name).containsExactly("b", "a");
  }

  @Test
  void read_whenALocationIsNeitherOnNorOff_saysSoAndNotThatAllAreOff() {
    assertThat(problemsOf(general() + LOCATIONS.replace("= 1", "= maybe")))
        .containsExactly("4: central: \"maybe\" is neither on nor off; expected 1 or 0");
  }

  @Test
  void read_whenAnEnabledLocationHasNoSection_saysSoAtItsLine() {
    assertThat(problemsOf(general() + LOCATIONS.replace("= 1", "= 1\nother = 1")))
        .containsExactly(
            "5: other is switched on but described nowhere; expected a section [other] with its"
                + " url");
  }

  @Test
  void read_whenALocationIsCalledGeneral_thatSectionIsNoRemote() {
    assertThat(problemsOf(general() + LOCATIONS.replace("= 1", "= 1\ngeneral = 1")))
        .singleElement()
        .asString()
        .startsWith("5: general is switched on but described nowhere");
  }

  @Test
  void read_whenASectionIsNamedByNoLocation_ignoresIt() throws Exception {
    assertThat(read(general() + LOCATIONS + "[spare]\nwhat = ever\n").remotes()).hasSize(1);
  }

  @Test
  void read_whenNothingIsSwitchedOn_saysSo() {
    assertThat(problemsOf(general() + LOCATIONS.replace("= 1", "= 0")))
        .singleElement()
        .asString()
        .startsWith("3: nowhere to send to; expected a name = 1 in [locations]");
    assertThat(problemsOf(general()))
        .singleElement()
        .asString()
        .startsWith("0: nowhere to send to");
  }

  @Test
  void read_whenMuchIsWrong_listsItAllInTheOrderOfTheLines() {
    ConfigException refusal =
        refusalOf(
            """
            [general]
            localurl = mysql://u:canary@h
            pushlimit = ten
            what is this
            [locations]
            central = 1
            gone = 1
            [central]
            ulr = http://central/
            """);

    assertThat(refusal.problems()).extracting(Problem::line).containsExactly(2, 3, 4, 7, 8, 9);
    assertThat(refusal.getMessage().lines())
        .hasSize(6)
        .allMatch(line -> line.startsWith(file() + ":"))
        .noneMatch(line -> line.contains("canary"));
  }

  @Test
  void toString_tellsNoPassword() throws Exception {
    EdgeConfig config =
        read(
            """
            [general]
            localurl = mysql://u:canary@h/db
            [locations]
            old = 1
            [old]
            url = 127.0.0.1
            dbstring = jdbc:mysql://localhost/db?user=u&password=canary
            """);

    assertThat(config.toString()).contains("mysql://u@h:3306/db").doesNotContain("canary");
  }

  private static String general(String... lines) {
    return String.join(
                "\n", "[general]", "localurl = sqlite:////house.db", String.join("\n", lines))
            .strip()
        + "\n";
  }

  private EdgeConfig read(String text) throws Exception {
    write(text);
    return EdgeConfig.read(file(), Map.of(), Optional.empty());
  }

  private ConfigException refusalOf(String text) {
    return catchThrowableOfType(ConfigException.class, () -> read(text));
  }

  private List<String> problemsOf(String text) {
    return refusalOf(text).problems().stream()
        .map(problem -> problem.line() + ": " + problem.message())
        .toList();
  }

  private void write(String text) throws Exception {
    Files.writeString(file(), text);
  }

  private Path file() {
    return folder.resolve("synchronise.conf");
  }
}
