package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {

  final SettableClock clock = new SettableClock();
  final LogLines log = new LogLines();
  final Outage outage = new Outage("central", clock, log);

  @Test
  void outage_howeverLong_isTwoLines() {
    for (int i = 0; i < 100; i++) {
      outage.failed(new IOException("http://central/ can't be reached"));
      clock.advance(Duration.ofMinutes(3));
    }
    outage.succeeded();

    assertThat(log.lines())
        .containsExactly(
            "WARN central: http://central/ can't be reached. Nothing is lost; trying again with"
                + " growing pauses.",
            "INFO central: back after 5 h and 100 failed tries.");
  }

  @Test
  void succeeded_whenNothingWasWrong_saysNothing() {
    outage.succeeded();
    outage.succeeded();

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void failed_afterARecovery_beginsANewOutage() {
    outage.failed(new IOException("first"));
    outage.succeeded();
    outage.failed(new IOException("second"));

    assertThat(outage.failures()).isEqualTo(1);
    assertThat(log.lines()).hasSize(3);
    assertThat(log.lines().get(2)).contains("second");
  }

  @Test
  void failures_countsThoseInARow() {
    assertThat(outage.failures()).isZero();
    outage.failed(new IOException("x"));
    outage.failed(new IOException("x"));
    assertThat(outage.failures()).isEqualTo(2);
    outage.succeeded();
    assertThat(outage.failures()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "119, 119 s", "120, 2 min", "7199, 119 min", "7200, 2 h", "90000, 25 h"})
  void succeeded_saysTheDurationInAUnitThatFits(long seconds, String words) {
    outage.failed(new IOException("x"));
    clock.advance(Duration.ofSeconds(seconds));
    outage.succeeded();

    assertThat(log.lines().get(1))
        .isEqualTo("INFO central: back after " + words + " and 1 failed try.");
  }
}
