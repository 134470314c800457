package org.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Questions and answers about a cycle to come arrive as they were, or not at all. */
class PlanCodecTest {

  private static final Greeting GREETING =
      new Greeting(new GatewayId("gw"), "m", "h", "1", 2, Instant.parse("2026-01-01T00:00:00Z"));

  private static Batch deployments(int rows) {
    Rows.Builder builder =
        new Rows.Builder(Tables.DEPLOYMENT, Tables.DEPLOYMENT.travelling(), rows);
    for (int i = 0; i < rows; i++) {
      builder.row((long) i, "D" + i, null, null, null);
    }
    return new Batch(
        Tables.DEPLOYMENT,
        Lane.LIVE,
        Optional.empty(),
        Optional.empty(),
        builder.build(),
        List.of());
  }

  @Test
  void decode_ofAQuestion_isTheQuestion() throws Exception {
    byte[] body = PlanCodec.encode(new Proposal(GREETING, List.of(deployments(3))));

    Proposal read = PlanCodec.decode(body, 3, 10_000);

    assertThat(read.greeting()).isEqualTo(GREETING);
    assertThat(read.tables()).hasSize(1);
    assertThat(read.tables().get(0).rows().row(2)).containsEntry("name", "D2");
  }

  @Test
  void decode_ofMoreRowsThanAreTaken_isRefusedHoweverTheyAreSplit() {
    byte[] body = PlanCodec.encode(new Proposal(GREETING, List.of(deployments(2), deployments(2))));

    assertThatThrownBy(() -> PlanCodec.decode(body, 3, 10_000))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void decode_ofAnyPartOfAQuestion_isRefused() {
    byte[] body = PlanCodec.encode(new Proposal(GREETING, List.of(deployments(3))));

    for (int length = 0; length < body.length; length++) {
      byte[] part = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> PlanCodec.decode(part, 10, 10_000))
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void decode_ofASeries_isRefused() {
    assertThatThrownBy(
            () ->
                new Proposal(
                    GREETING,
                    List.of(
                        new Batch(
                            Tables.READING,
                            Lane.LIVE,
                            Optional.empty(),
                            Optional.empty(),
                            Rows.none(Tables.READING),
                            List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decodePlan_ofAnyAnswer_isTheAnswer() throws Exception {
    Plan plan =
        new Plan(
            List.of(
                new Plan.Step(
                    "House",
                    Optional.of(3L),
                    "address \"é\"",
                    Plan.Act.MATCHED_ANEW,
                    Optional.empty(),
                    "because",
                    List.of(new Plan.Change("endDate", null, "2026-01-01T00:00:00Z")))),
            List.of(
                new Plan.Apart(new SetAside("Node", "7", Rule.CLAIMED, "somebody else's"), true)),
            new Plan.Effect(1, 2, 3));

    assertThat(PlanCodec.decodePlan(PlanCodec.encode(plan))).isEqualTo(plan);
  }
}
