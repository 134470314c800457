package org.tributary.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tributary.store.ingest.Feed.row;
import static org.tributary.wire.Tables.DEPLOYMENT;
import static org.tributary.wire.Tables.SENSOR_TYPE;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.wire.Ack;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;

/**
 * Rows that a gateway and central both change, over and over: each edit is measured by the last.
 */
class ThreeWayMergeTest {

  private static final Instant MAY = Instant.parse("2016-05-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2016-06-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource
  void edits_afterOneThatBothAgreedOn_areMeasuredByThatOne(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      says(gateway, "at first");
      says(gateway, "agreed");
      atCentral(central, "as central says");

      says(gateway, "as the gateway says");

      assertThat(descriptions(central)).containsExactly("as central says");
      assertThat(conflicts(central))
          .extracting(Conflict::column, Conflict::versions)
          .containsExactly(
              tuple(
                  "description",
                  new Conflict.Versions("agreed", "as the gateway says", "as central says")));
    }
  }

  /** An edit of one field is no word about another that central has changed meanwhile. */
  @ParameterizedTest
  @EnumSource
  void edit_besideOneOfCentrals_leavesThatOneOpen(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      says(gateway, "at first");
      central.execute("UPDATE @Deployment@ SET @endDate@ = '2016-05-01 00:00:00.000000'");
      says(gateway, "agreed");

      gateway.whole(DEPLOYMENT, row(1, "D", "agreed", null, JUNE));

      assertThat(central.column(DEPLOYMENT, "endDate")).containsExactly(MAY);
      assertThat(conflicts(central))
          .extracting(Conflict::column, Conflict::versions)
          .containsExactly(tuple("endDate", new Conflict.Versions(null, JUNE, MAY)));
    }
  }

  /** The one before was decided, so the next one is a fresh word about central's value. */
  @ParameterizedTest
  @EnumSource
  void edit_afterOneThatWasOverruled_counts(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      says(gateway, "at first");
      atCentral(central, "as central says");
      says(gateway, "overruled");

      says(gateway, "once more");

      assertThat(descriptions(central)).containsExactly("once more");
      assertThat(conflicts(central))
          .extracting(conflict -> conflict.versions().of(Conflict.Side.GATEWAY))
          .containsExactly("overruled");
    }
  }

  @ParameterizedTest
  @EnumSource
  void edit_afterCentralCameRoundToTheGatewaysWord_counts(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      says(gateway, "at first");
      atCentral(central, "as central says");
      says(gateway, "overruled");
      atCentral(central, "overruled");
      gateway.whole(DEPLOYMENT, row(1, "D", "overruled", null, JUNE));

      gateway.whole(DEPLOYMENT, row(1, "D", "once more", null, JUNE));

      assertThat(descriptions(central)).containsExactly("once more");
      assertThat(conflicts(central)).hasSize(1);
    }
  }

  /** Between centrals that share a row such edits would go round for ever. */
  @ParameterizedTest
  @EnumSource
  void edits_thatComeRoundAgain_endWithTheOneThatEveryCentralTakes(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw").merging(MergeTerms.of(true, false, "local"));
      gateway.greet();
      for (String description : List.of("a", "b", "a")) {
        says(gateway, description);
      }
      assertThat(conflicts(central)).isEmpty();

      says(gateway, "b");
      assertThat(descriptions(central)).containsExactly("b");
      says(gateway, "a");

      assertThat(descriptions(central)).containsExactly("b");
      assertThat(conflicts(central))
          .extracting(Conflict::winner, Conflict::why)
          .containsExactlyInAnyOrder(
              tuple(Conflict.Side.GATEWAY, "went round"),
              tuple(Conflict.Side.CENTRAL, "went round"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void edits_thatStoodBefore_areDecidedByTheRuleIfCentralChangedToo(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed gateway = central.gateway("gw");
      for (String description : List.of("a", "b", "c")) {
        says(gateway, description);
      }
      atCentral(central, "a");

      says(gateway, "b");

      assertThat(descriptions(central)).containsExactly("a");
      assertThat(conflicts(central))
          .extracting(Conflict::winner, Conflict::why)
          .containsExactly(tuple(Conflict.Side.CENTRAL, "central"));
    }
  }

  /** One that only sends has to stop there: what it sends means something else by now. */
  @ParameterizedTest
  @EnumSource(names = "SQLITE")
  void meaning_thatCentralChanged_isNotYetTheGatewaysOfOneThatTakesChanges(TestEngine engine)
      throws Exception {
    try (Central central = new Central(engine)) {
      Feed taking = central.gateway("taking").merging(MergeTerms.of(true, false, "central"));
      taking.greet();
      Feed sending = central.gateway("sending");
      taking.whole(SENSOR_TYPE, type("Temperature"));
      sending.whole(SENSOR_TYPE, type("Temperature"));
      central.execute("UPDATE @SensorType@ SET @name@ = 'Warmth' WHERE @id@ = 901");

      assertThat(taking.whole(SENSOR_TYPE, type("Temperature")).setAside()).isEmpty();
      assertThat(sending.whole(SENSOR_TYPE, type("Temperature")).setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.MEANING_DIFFERS);
      assertThat(taking.whole(SENSOR_TYPE, type("Heat")).setAside())
          .extracting(SetAside::rule)
          .containsExactly(Rule.MEANING_DIFFERS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsWithoutAName_areNeverTakenForEachOther(TestEngine engine) throws Exception {
    try (Central central = new Central(engine)) {
      Ack first =
          central.gateway("first").whole(DEPLOYMENT, row(1, null, "of the first", null, null));
      Ack second =
          central.gateway("second").whole(DEPLOYMENT, row(1, null, "of the second", null, null));

      assertThat(first.inserted()).isEqualTo(1);
      assertThat(second.inserted()).isEqualTo(1);
      assertThat(descriptions(central)).containsExactly("of the first", "of the second");
    }
  }

  private static void says(Feed gateway, String description) throws Exception {
    gateway.whole(DEPLOYMENT, row(1, "D", description, null, null));
  }

  private static void atCentral(Central central, String description) throws IOException {
    central.execute("UPDATE @Deployment@ SET @description@ = '%s'".formatted(description));
  }

  private static List<Object> descriptions(Central central) throws IOException {
    return central.column(DEPLOYMENT, "description");
  }

  private static Object[] type(String name) {
    return row(901, name, "T", "deg.C", 0.0, 1.0, 0.0, 0.0);
  }

  private static List<Conflict> conflicts(Central central) throws IOException {
    return ConflictDesk.within(central.database, central.clock)
        .page(Optional.empty(), false, 0, 100);
  }
}
