package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tributary.wire.Ack;

class BatchSizeTest {

  static final Duration QUICK = Duration.ofMillis(1_999);
  static final Duration MIDDLING = Duration.ofSeconds(5);
  static final Duration SLOW = Duration.ofMillis(10_001);

  @Test
  void rows_beginsSmallWhateverIsConfigured() {
    assertThat(new BatchSize(10_000).rows()).isEqualTo(BatchSize.FIRST);
    assertThat(new BatchSize(20).rows()).isEqualTo(20);
  }

  @Test
  void answeredAfter_whenQuick_doublesUpToTheConfiguredLimit() {
    BatchSize size = new BatchSize(1_500);

    size.answeredAfter(QUICK);
    assertThat(size.rows()).isEqualTo(1_000);
    size.answeredAfter(QUICK);
    assertThat(size.rows()).isEqualTo(1_500);
  }

  @Test
  void answeredAfter_whenNeitherQuickNorSlow_staysAsItIs() {
    BatchSize size = new BatchSize(10_000);

    size.answeredAfter(MIDDLING);

    assertThat(size.rows()).isEqualTo(BatchSize.FIRST);
  }

  @Test
  void answeredAfter_whenSlow_shrinks() {
    BatchSize size = new BatchSize(10_000);

    size.answeredAfter(SLOW);

    assertThat(size.rows()).isEqualTo(BatchSize.FIRST / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 500, 10_000})
  void shrink_neverGoesBelowTheLeastThatIsWorthARequest(int configured) {
    BatchSize size = new BatchSize(configured);

    for (int i = 0; i < 50; i++) {
      size.shrink();
    }

    assertThat(size.rows()).isEqualTo(Math.min(BatchSize.MIN, configured));
  }

  @Test
  void shrink_isUndoneByQuickAnswers() {
    BatchSize size = new BatchSize(1_000);
    size.shrink();

    size.answeredAfter(QUICK);
    size.answeredAfter(QUICK);

    assertThat(size.rows()).isEqualTo(1_000);
  }

  @Test
  void limitTo_whenCentralTakesFewer_keepsToItUntilItTakesMore() {
    BatchSize size = new BatchSize(1_000);

    size.limitTo(5);
    assertThat(size.rows()).isEqualTo(5);
    size.answeredAfter(QUICK);
    assertThat(size.rows()).isEqualTo(5);
    size.shrink();
    assertThat(size.rows()).isEqualTo(5);

    size.limitTo(50_000);
    size.answeredAfter(QUICK);
    assertThat(size.rows()).isEqualTo(10);
  }

  @Test
  void tooLarge_isNotForgottenWhenAnswersAreQuick() {
    BatchSize size = new BatchSize(10_000);

    size.tooLarge();
    size.limitTo(50_000);
    size.answeredAfter(QUICK);

    assertThat(size.rows()).isEqualTo(BatchSize.FIRST / 2);
  }

  @Test
  void tooLarge_goesDownToOneRow() {
    BatchSize size = new BatchSize(10_000);
    int times = 0;

    while (!size.isOneRow()) {
      size.tooLarge();
      times++;
    }

    assertThat(size.rows()).isEqualTo(1);
    assertThat(times).isEqualTo(8);
  }

  @Test
  void elapsed_leavesOutWhatWasWaitedForOnesTurn() {
    Instant begun = Instant.parse("2016-05-01T00:00:00Z");
    Ack ack = new Ack(1, 0, 0, List.of(), Optional.empty()).pausing(Duration.ofSeconds(25));

    assertThat(BatchSize.elapsed(begun, begun.plusSeconds(26), ack))
        .isEqualTo(Duration.ofSeconds(1));
  }

  /** Twenty turns of 300 ms are no sign that a batch is too large. */
  @Test
  void answeredAfter_onAWayOfManyTurns_growsAllTheSame() {
    BatchSize size = new BatchSize(100_000, new BatchSize.Tempo(10_000, Duration.ofSeconds(20)));

    size.answeredAfter(Duration.ofSeconds(6));
    assertThat(size.rows()).isEqualTo(20_000);

    size.answeredAfter(Duration.ofSeconds(60));
    assertThat(size.rows()).isEqualTo(20_000);

    size.answeredAfter(Duration.ofSeconds(101));
    assertThat(size.rows()).isEqualTo(10_000);
  }
}
