package org.tributary.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What greetings and welcomes say about windows. */
class ComparisonJsonTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Window TODAY = Window.dayOf(NOW);
  private static final Window YESTERDAY = new Window(null, TODAY.hour() - Window.DAY, Window.DAY);

  @Test
  void readGreeting_givesBackItsClaims() throws Exception {
    Greeting greeting =
        greeting(
            List.of(
                new Claims(
                    Tables.READING,
                    RowHash.allColumns(Tables.READING),
                    Optional.of(Position.of(NOW, 69L, 0L)),
                    Grain.WHOLE,
                    false,
                    List.of(),
                    List.of(new Claims.Claim(TODAY, new Digest(7, -3)))),
                new Claims(
                    Tables.NODE_STATE,
                    1,
                    Optional.empty(),
                    Grain.NODE,
                    true,
                    List.of(YESTERDAY),
                    List.of(new Claims.Claim(YESTERDAY.of(69), new Digest(1, 1L << 60))))));

    assertThat(SyncJson.readGreeting(SyncJson.write(greeting))).isEqualTo(greeting);
  }

  @Test
  void readWelcome_givesBackWhatDiffersOfEachClaim() throws Exception {
    Welcome welcome =
        welcome(
            List.of(
                List.of(),
                List.of(new Difference(YESTERDAY, 40), new Difference(TODAY.of(69), 0)),
                List.of()),
            Map.of());

    assertThat(SyncJson.readWelcome(SyncJson.write(welcome))).isEqualTo(welcome);
  }

  @Test
  void readWelcome_givesBackTheDaysThatDifferedLast() throws Exception {
    Window early = Window.dayOf(Instant.parse("1969-07-20T20:17:00Z"));
    Welcome welcome =
        welcome(
            List.of(), Map.of("Reading", List.of(TODAY, YESTERDAY, early), "NodeState", List.of()));

    assertThat(SyncJson.readWelcome(SyncJson.write(welcome))).isEqualTo(welcome);
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_008, -100_000_008, 25, -1})
  void readWelcome_ofOpenDaysThatNoCalendarHas_refusesIt(long hour) {
    byte[] body = welcomeWith("\"open\":{\"Reading\":[%d]}".formatted(hour));

    assertThatThrownBy(() -> SyncJson.readWelcome(body))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining("Not the first hour of a day");
  }

  @ParameterizedTest
  @ValueSource(longs = {99_999_984, -99_999_984, 0})
  void readWelcome_ofTheFarthestOpenDays_takesThem(long hour) throws Exception {
    byte[] body = welcomeWith("\"open\":{\"Reading\":[%d]}".formatted(hour));

    assertThat(SyncJson.readWelcome(body).open(Tables.READING))
        .containsExactly(new Window(null, hour, Window.DAY));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"open\":[]                        | \"open\" should be a map",
        "\"open\":{\"Reading\":24}          | Days are a list",
        "\"open\":{\"Reading\":[\"24\"]}    | Not the first hour of a day",
        "\"open\":{\"Reading\":[24.5]}      | Not the first hour of a day",
        "\"open\":{\"Reading\":[null]}      | Not the first hour of a day",
        "\"differences\":7                  | \"differences\" should be a list",
        "\"differences\":[7]                | \"differences\" should be a list of texts",
        "\"differences\":[\"?\"]            | \"differences\" is no base64",
        "\"differences\":[\"VFJJRA==\"]     | Differences that can't be read"
      })
  void readWelcome_whenWhatItSaysOfWindowsIsNone_saysWhy(String field, String reason) {
    assertThatThrownBy(() -> SyncJson.readWelcome(welcomeWith(field)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readGreeting_whenItsClaimsAreNone_saysWhy() {
    String greeting = new String(SyncJson.write(greeting(List.of())), UTF_8);
    String garbled = greeting.replaceFirst("\\{", "{\"claims\":[\"VFJJQw==\"],");

    assertThatThrownBy(() -> SyncJson.readGreeting(garbled.getBytes(UTF_8)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining("Claims that can't be read");
  }

  private static Greeting greeting(List<Claims> claims) {
    return new Greeting(new GatewayId("orchard"), "a1b2", "raspi", "0.1.0", 1, NOW, claims);
  }

  private static Welcome welcome(
      List<List<Difference>> differences, Map<String, List<Window>> open) {
    return new Welcome(
        "0.1.0",
        1,
        NOW,
        10_000,
        1 << 20,
        NOW,
        Map.of(),
        Map.of(),
        0,
        Map.of(),
        differences,
        open,
        false);
  }

  private static byte[] welcomeWith(String field) {
    String welcome = new String(SyncJson.write(welcome(List.of(), Map.of())), UTF_8);
    return welcome.replaceFirst("\\{", "{" + field + ",").getBytes(UTF_8);
  }
}
