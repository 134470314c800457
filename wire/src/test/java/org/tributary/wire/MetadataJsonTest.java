package org.tributary.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about changes of metadata that were made at central. */
class MetadataJsonTest {

  private static final Instant T = Instant.parse("2024-05-01T08:00:00.000001Z");

  @Test
  void readChanges_areWhatWasWritten() throws Exception {
    Map<String, Object> was = new HashMap<>();
    was.put("address", "1 Mill Lane");
    was.put("endDate", null); // not the same as one that is left out
    List<MetadataChange> changes =
        List.of(
            new MetadataChange(
                MetadataChange.Kind.CHANGED,
                Tables.HOUSE,
                new CentralId(71),
                Optional.of(new LocalId(5)),
                was,
                Map.of("address", "The Mill", "endDate", T),
                Map.of()),
            new MetadataChange(
                MetadataChange.Kind.ADDED,
                Tables.LOCATION,
                new CentralId(72),
                Optional.empty(),
                Map.of(),
                Map.of("houseId", 5L),
                Map.of("roomId", new CentralId(1L << 40))),
            new MetadataChange(
                MetadataChange.Kind.REMOVED,
                Tables.SENSOR,
                new CentralId(73),
                Optional.of(new LocalId(6)),
                Map.of("calibrationSlope", 1.5),
                Map.of(),
                Map.of()));

    List<MetadataChange> read = MetadataJson.readChanges(MetadataJson.write(changes));

    assertThat(read).isEqualTo(changes);
    assertThat(read)
        .extracting(MetadataChange::toString)
        .containsExactly(
            "House 5 from address \"1 Mill Lane\", endDate null"
                + " to address \"The Mill\", endDate 2024-05-01T08:00:00.000001Z",
            "Location added (houseId 5)",
            "Sensor 6 removed");
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"House\"             | \"Reading\"            | No table of metadata: Reading",
        "\"House\"             | \"tributary_person\"   | No table of metadata",
        "\"CHANGED\"           | \"PAINTED\"            | PAINTED",
        "\"local\":5,          | \"local\":null,        | A change of which row",
        "\"central\":71        | \"central\":\"x\"      | \"central\" should be a whole number",
        "\"address\":\"a\"     | \"password\":\"a\"     | House has no such columns",
        "\"address\":\"a\"     | \"address\":7          | address",
        "\"added\":{\"deploymentId\":9} | \"added\":{\"address\":9} | No reference of House:"
            + " address",
        "\"added\":{\"deploymentId\":9} | \"added\":{\"secret\":9}  | No reference of House:"
            + " secret",
        "\"added\":{\"deploymentId\":9} | \"added\":7               | \"added\" should be a map"
      })
  void readChanges_ofWhatIsNone_saysWhy(String right, String wrong, String reason) {
    MetadataChange change =
        new MetadataChange(
            MetadataChange.Kind.CHANGED,
            Tables.HOUSE,
            new CentralId(71),
            Optional.of(new LocalId(5)),
            Map.of("address", "a"),
            Map.of("address", "a"),
            Map.of("deploymentId", new CentralId(9)));
    String json = new String(MetadataJson.write(List.of(change)), UTF_8);
    assertThat(json).contains(right);

    assertThatThrownBy(() -> MetadataJson.readChanges(json.replace(right, wrong).getBytes(UTF_8)))
        .isExactlyInstanceOf(WireFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readHoldings_areWhatWasWritten() throws Exception {
    Holdings all =
        new Holdings(
            Map.of("House", Set.of(1L, 1L << 40), "Node", Set.of()), Map.of("Sensor", Set.of(3L)));
    Holdings none = new Holdings(Map.of(), Map.of());

    assertThat(MetadataJson.readHoldings(MetadataJson.write(all))).isEqualTo(all);
    assertThat(MetadataJson.readHoldings(MetadataJson.write(none))).isEqualTo(none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"present\":[]}",
        "{\"present\":{\"House\":7}}",
        "{\"present\":{\"House\":[\"7\"]}}",
        "{\"present\":{\"House\":[7.5]}}",
        "{\"present\":{},\"kept\":{\"House\":[null]}}"
      })
  void readHoldings_ofWhatAreNone_saysSo(String body) {
    assertThatThrownBy(() -> MetadataJson.readHoldings(body.getBytes(UTF_8)))
        .isExactlyInstanceOf(WireFormatException.class);
  }

  @Test
  void readRow_hasTheCellsThatWereWrittenAndNoOthers() throws Exception {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 5L);
    row.put("address", null);
    String json = SyncJson.writeRow(row);

    assertThat(MetadataJson.readRow(json, Tables.HOUSE)).isEqualTo(row);
    assertThatThrownBy(() -> MetadataJson.readRow("{\"secret\":1}", Tables.HOUSE))
        .isExactlyInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true", "false, false"})
  void readTerms_areWhatWasWritten(boolean takes, boolean mirrors) throws Exception {
    MergeTerms terms = MergeTerms.of(takes, mirrors, "newest Sensor:local House:central");

    assertThat(MetadataJson.readTerms(MetadataJson.write(terms))).isEqualTo(terms);
    assertThat(terms.rules()).isEqualTo("newest House:central Sensor:local");
    Greeting greeting =
        new Greeting(new GatewayId("g"), "m", "h", "1", 2, T, List.of(), Optional.empty(), terms);
    assertThat(SyncJson.readGreeting(SyncJson.write(greeting))).isEqualTo(greeting);
  }

  @Test
  void of_rules_isThatOfATableWhereItHasOne() {
    MergeTerms terms = MergeTerms.of(true, false, " LOCAL, Sensor:newest\tHouse:Central ");

    assertThat(terms.rule(Tables.SENSOR)).isEqualTo(MergeRule.NEWEST);
    assertThat(terms.rule(Tables.HOUSE)).isEqualTo(MergeRule.CENTRAL);
    assertThat(terms.rule(Tables.NODE)).isEqualTo(MergeRule.LOCAL);
    assertThat(terms.ownRule(Tables.HOUSE)).contains(MergeRule.CENTRAL);
    assertThat(terms.ownRule(Tables.NODE)).isEmpty();
    assertThat(MergeTerms.of(true, false, "Sensor:local").rule(Tables.NODE))
        .as("where nothing is said")
        .isEqualTo(MergeRule.CENTRAL);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sometimes            | is no rule",
        "central,Sensor:never | is no rule",
        "a:b:local            | is no table and rule",
        "Reading:local        | is no table of metadata",
        "Persons:local        | is no table of metadata"
      })
  void of_whatAreNoRules_saysWhy(String rules, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MergeTerms.of(true, false, rules))
        .withMessageContaining(reason);
  }
}
