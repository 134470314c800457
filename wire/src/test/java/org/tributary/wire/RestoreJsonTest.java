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
import org.junit.jupiter.params.provider.ValueSource;

class RestoreJsonTest {

  static final Instant T = Instant.parse("2024-05-01T08:00:00.000001Z");

  @Test
  void readTerms_isWhatWasWritten() throws Exception {
    RestoreTerms terms =
        new RestoreTerms(
            T,
            Optional.of(T),
            Optional.empty(),
            Map.of("Reading", List.of(Window.days(T, 400), Window.dayOf(T))),
            3,
            List.of(17L));

    assertThat(RestoreJson.readTerms(RestoreJson.write(terms))).isEqualTo(terms);
  }

  @Test
  void readOutlook_isWhatWasWritten() throws Exception {
    RestoreTerms terms =
        new RestoreTerms(T, Optional.empty(), Optional.of(T), Map.of(), 0, List.of());
    Unreadable lost = new Unreadable("7", "{}", "locationId is 3, which does not come back");
    RestoreOutlook outlook =
        new RestoreOutlook(
            terms,
            Optional.of(new NameHolder("old-card", T)),
            new Outline(Map.of("House", Map.of(71L, Long.MIN_VALUE, 72L, 5L), "Node", Map.of())),
            Map.of("Node", List.of(lost)));

    assertThat(RestoreJson.readOutlook(RestoreJson.write(outlook))).isEqualTo(outlook);
    RestoreOutlook ours =
        new RestoreOutlook(terms, Optional.empty(), new Outline(Map.of()), Map.of());
    assertThat(RestoreJson.readOutlook(RestoreJson.write(ours))).isEqualTo(ours);
  }

  @Test
  void readCount_isWhatWasWritten() throws Exception {
    RestoreCount part =
        new RestoreCount(
            200_000,
            List.of(new Unreadable("[1]", "{}", "why")),
            Optional.of(Position.of(T, 1L << 40, 0L)));

    assertThat(RestoreJson.readCount(RestoreJson.write(part))).isEqualTo(part);
    RestoreCount all = new RestoreCount(0, List.of(), Optional.empty());
    assertThat(RestoreJson.readCount(RestoreJson.write(all))).isEqualTo(all);
  }

  @Test
  void readRequest_isWhatWasWritten() throws Exception {
    RestoreRequest window =
        new RestoreRequest(
            Tables.READING,
            Optional.of(Window.dayOf(T).of(5)),
            Optional.of(Position.of(T, 5L, 0L)),
            100);

    assertThat(RestoreJson.readRequest(RestoreJson.write(window))).isEqualTo(window);
    RestoreRequest whole = RestoreRequest.whole(Tables.HOUSE);
    assertThat(RestoreJson.readRequest(RestoreJson.write(whole))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"table\": \"tributary_permit\", \"maxRows\": 1}",
        "{\"table\": \"House\", \"hour\": 0, \"hours\": 24, \"maxRows\": 1}",
        "{\"table\": \"Reading\", \"maxRows\": 1}",
        "{\"table\": \"Reading\", \"hour\": 0, \"hours\": 0, \"maxRows\": 1}",
        "{\"table\": \"Reading\", \"hour\": 1, \"hours\": 24, \"maxRows\": 1}",
        "{\"table\": \"Reading\", \"hour\": 0, \"hours\": 24000, \"maxRows\": 1}",
        "{\"table\": \"Reading\", \"hour\": 0, \"hours\": 24, \"maxRows\": 0}",
        "{\"table\": \"Reading\", \"hour\": 0, \"hours\": 24, \"after\": [1], \"maxRows\": 1}"
      })
  void readRequest_ofWhatIsNone_saysSo(String body) {
    assertThatThrownBy(() -> RestoreJson.readRequest(body.getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "{\"product\": \"other\"}",
        "{\"product\": \"tributary\", \"expires\": \"2024-05-01T08:00:00Z\", \"lost\": 0,"
            + " \"shared\": [], \"series\": {\"Reading\": [[1, 1]]}}",
        "{\"product\": \"tributary\", \"expires\": \"2024-05-01T08:00:00Z\", \"lost\": 0,"
            + " \"shared\": [\"a\"], \"series\": {}}"
      })
  void readTerms_ofWhatAreNone_saysSo(String body) {
    assertThatThrownBy(() -> RestoreJson.readTerms(body.getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void readGreeting_withAndWithoutTheMachinesStart_isWhatWasWritten() throws Exception {
    Greeting older = new Greeting(new GatewayId("g"), "m", "h", "1", 2, T);
    Greeting newer =
        new Greeting(
            new GatewayId("g"),
            "m",
            "h",
            "1",
            2,
            T,
            List.of(),
            Optional.of("0123456789abcdef"),
            MergeTerms.ONE_WAY);

    assertThat(SyncJson.readGreeting(SyncJson.write(older))).isEqualTo(older);
    assertThat(SyncJson.readGreeting(SyncJson.write(newer))).isEqualTo(newer);
    assertThat(new String(SyncJson.write(older), UTF_8)).doesNotContain("boot");
  }
}
