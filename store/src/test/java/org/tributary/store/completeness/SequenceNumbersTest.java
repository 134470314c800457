package org.tributary.store.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tributary.store.completeness.SequenceNumbers.Told;
import org.tributary.store.completeness.SequenceNumbers.Verdict;

class SequenceNumbersTest {

  private static final long PERIOD = 300_000_000L;

  @ParameterizedTest
  @CsvSource({
    "12, 100, 112, SENT",
    "12, 250, 6, SENT",
    "40, 200, 239, SENT",
    "300, 10, 54, SENT",
    "12, 100, 101, PAUSED",
    "12, 100, 100, PAUSED",
    "12, 255, 0, PAUSED",
    "12, 100, 3, RESTARTED"
  })
  void about_tellsWhetherTheNodeWentOnSending(
      int periods, long before, long after, Verdict verdict) {
    assertThat(about(periods, before, after)).contains(new Told(verdict, before, after));
  }

  @ParameterizedTest
  @CsvSource({"12, 100, 160", "5000, 100, 160"})
  void about_whereTheNumbersDontFit_isSilent(int periods, long before, long after) {
    assertThat(about(periods, before, after)).isEmpty();
  }

  @Test
  void about_withoutAStateBehindIt_isSilent() {
    SequenceNumbers numbers = new SequenceNumbers();
    numbers.take(0, 5);

    assertThat(numbers.about(silence(12))).isEmpty();
  }

  @Test
  void keepLast_keepsWhatComesBeforeTheNextSilence() {
    SequenceNumbers numbers = new SequenceNumbers();
    for (int i = 0; i < 500; i++) {
      numbers.take((i - 500) * PERIOD, i % 256);
    }
    numbers.keepLast();
    numbers.take(11 * PERIOD, (499 + 12) % 256);

    assertThat(numbers.about(new Silence(1, -PERIOD, 11 * PERIOD, Set.of(0L), 11, PERIOD)))
        .map(Told::verdict)
        .contains(Verdict.SENT);
  }

  private static Optional<Told> about(int periods, long before, long after) {
    SequenceNumbers numbers = new SequenceNumbers();
    numbers.take(0, before);
    numbers.take(periods * PERIOD, after);
    return numbers.about(silence(periods));
  }

  private static Silence silence(int periods) {
    return new Silence(1, 0, periods * PERIOD, Set.of(0L), periods - 1, PERIOD);
  }
}
