package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.tributary.cli.Told;

/** Clocks of the two ends that go wrong themselves, and not only what was stamped by them. */
final class ClockFaults {
  private ClockFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("T6", "the gateway's clock drifts", 1, 30, ClockFaults::drift),
        Fault.of("T7", "central's clock jumps", 1, 50, ClockFaults::jump));
  }

  /**
   * Fast, so that it is some seconds ahead at last, or minutes behind and nearly standing: what 200
   * ppm make of a clock in hours or weeks. The logger goes by it, too.
   */
  private static void drift(Stage stage, Random random, int round) throws Exception {
    Path file = stage.folder().resolve("drifting-clock");
    boolean isFast = round % 2 == 0;
    Duration behind = Duration.ofSeconds(isFast ? 0 : random.nextInt(500));
    OtherClock.set(file, behind.negated(), isFast ? 1 : -0.9);
    OtherClock clock = new OtherClock(file);
    if (stage.gatewayRuns()) {
      stage.gateway().kill();
    }
    stage.startGatewayBy(file);
    Instant last = Instant.EPOCH;
    for (int i = 0; i < 8; i++) {
      Instant now = clock.instant();
      if (!now.equals(last)) {
        stage.site().log(stamp(now), random.nextGaussian());
      }
      last = now;
      Stage.pause(random, 200, 400);
    }
    // It is set right; what was logged ahead of that waits until it is so late.
    OtherClock.set(file, Duration.ZERO, 0);
    stage.site().log(3);
    Judge.honest(stage);
    stage.gateway().kill();
  }

  /**
   * What comes while central's clock is behind it puts apart, for nobody could know then who is
   * wrong; once it is right again, its operator says so.
   */
  private static void jump(Stage stage, Random random, int round) throws Exception {
    Path file = stage.folder().resolve("central-clock");
    List<Duration> wrong =
        List.of(
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ofDays(3_650),
            Duration.ofMinutes(-59),
            Duration.ofHours(-2),
            Duration.between(Instant.now(), Instant.ofEpochSecond(random.nextInt(3_600))));
    OtherClock.set(file, Duration.ZERO, 0);
    stage.startCentralBy(file);
    for (int i = 0; i < 2; i++) {
      OtherClock.set(file, wrong.get((round + i * random.nextInt(6)) % wrong.size()), 0);
      stage.site().log(5);
      stage.site().log(stamp(Instant.now()), random.nextGaussian());
      stage.awaitExchanges(3);
      Stage.pause(random, 0, 300);
    }
    Judge.honest(stage);
    OtherClock.set(file, Duration.ZERO, 0);
    stage.site().log(3);
    stage.awaitExchanges(4);
    Told replayed = Told.by("setaside", "replay", "--trust-clock", "--db", stage.database());
    assertThat(replayed.code()).as(replayed.words()).isZero();
    stage.central().kill(); // the judge starts the common one
  }

  private static LocalDateTime stamp(Instant instant) {
    return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
  }
}
