package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tributary.edge.SettableClock.NOON;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.edge.http.LaterException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Tables;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PushLoopTest {

  final IOException silence = new IOException("central can't be reached");

  @TempDir Path folder;
  final SettableClock clock = new SettableClock();
  final InMemorySource source = new InMemorySource();
  final FakeCentral central = new FakeCentral(clock);
  final LogLines log = new LogLines();
  final ExecutorService senders = Executors.newFixedThreadPool(Pipeline.DEPTH);
  PushRecord record;

  @BeforeEach
  void openRecord() {
    record = new PushRecord(folder.resolve("central.last"), clock);
  }

  @AfterEach
  void endSenders() {
    senders.shutdownNow();
  }

  @Test
  void run_pushesAgainAfterTheConfiguredTime() {
    RecordingStop stop = new RecordingStop(3, clock);
    stop.onPause(() -> source.reading(clock.instant(), 1, 1.0));

    loop(stop).run();

    assertThat(stop.pauses).containsOnly(Duration.ofMinutes(10)).hasSize(3);
    assertThat(central.greetings()).isEqualTo(3);
    assertThat(central.count(Tables.READING)).isEqualTo(2);
  }

  @Test
  void run_whenToldToStopBefore_pushesNothing() {
    RecordingStop stop = new RecordingStop(1, clock);
    stop.give();

    loop(stop).run();

    assertThat(central.greetings()).isZero();
  }

  @Test
  void run_whileCentralIsSilent_triesWithGrowingPausesAndSaysItOnce() {
    RecordingStop stop = new RecordingStop(5, clock);
    central.fallSilent(silence);

    loop(stop).run();

    assertThat(stop.pauses)
        .extracting(Duration::toMillis)
        .containsExactly(3_750L, 7_500L, 15_000L, 30_000L, 60_000L);
    assertThat(log.lines()).hasSize(1);
    assertThat(record.content().problem()).contains("central can't be reached");
  }

  @Test
  void run_whenCentralComesBack_saysSoOnceAndDeliversWhatWaited() {
    RecordingStop stop = new RecordingStop(5, clock);
    central.fallSilent(silence);
    source.reading(NOON, 1, 1.0);
    stop.onPause(
        () -> {
          if (stop.pauses.size() == 3) {
            central.answer();
          }
        });

    loop(stop).run();

    assertThat(central.count(Tables.READING)).isEqualTo(1);
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(1)).isEqualTo("INFO central: back after 26 s and 3 failed tries.");
    assertThat(record.content().problem()).isEmpty();
    assertThat(stop.pauses.subList(3, 5)).containsOnly(Duration.ofMinutes(10));
  }

  @Test
  void run_whenCentralNamesATime_waitsThatLong() {
    RecordingStop stop = new RecordingStop(1, clock);
    central.fallSilent(new LaterException("not now", Optional.of(Duration.ofSeconds(100))));

    loop(stop).run();

    assertThat(stop.pauses).isEqualTo(List.of(Duration.ofSeconds(105)));
  }

  @Test
  void run_outlivesADefectOfOurs() {
    RecordingStop stop = new RecordingStop(3, clock);
    central.breakTransport();
    source.reading(NOON, 1, 1.0);

    loop(stop).run();

    assertThat(central.greetings()).isEqualTo(3);
  }

  @Test
  void run_outlivesALocalDatabaseThatGoesAway() {
    RecordingStop stop = new RecordingStop(3, clock);
    source.reading(NOON, 1, 1.0);
    source.failNextPage();

    loop(stop).run();

    assertThat(central.count(Tables.READING)).isEqualTo(1);
    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void untilDelivered_whenAllGoesWell_pushesOnceWithoutAPause() {
    RecordingStop stop = new RecordingStop(9, clock);
    source.reading(NOON, 1, 1.0);

    PushOutcome outcome = loop(stop).untilDelivered();

    assertThat(outcome).isInstanceOf(PushOutcome.Done.class);
    assertThat(stop.pauses).isEmpty();
    assertThat(central.greetings()).isEqualTo(1);
  }

  @Test
  void untilDelivered_whenNothingGetsThrough_givesUpAfterThreeTries() {
    RecordingStop stop = new RecordingStop(9, clock);
    central.fallSilent(silence);

    PushOutcome outcome = loop(stop).untilDelivered();

    assertThat(outcome).isEqualTo(new PushOutcome.Failed(silence, Optional.empty()));
    assertThat(central.greetings()).isEqualTo(3);
    assertThat(stop.pauses).hasSize(2);
  }

  @Test
  void untilDelivered_whileSomethingGetsThrough_goesOn() {
    RecordingStop stop = new RecordingStop(99, clock);
    for (int second = 0; second < 200; second++) {
      source.reading(NOON.minusSeconds(200 - second), 1, second);
    }
    int[] answers = {0};
    PushListener cutting =
        new PushListener() {
          @Override
          public void answered(org.tributary.wire.Batch batch, org.tributary.wire.Ack ack) {
            if (batch.table().equals(Tables.READING) && ++answers[0] % 2 == 0) {
              central.loseNextAnswer(); // each connection carries two batches, then it breaks
            }
          }
        };

    PushOutcome outcome = loop(stop, cutting).untilDelivered();

    assertThat(outcome).isInstanceOf(PushOutcome.Done.class);
    assertThat(outcome.before()).isPositive();
    assertThat(central.count(Tables.READING)).isEqualTo(200);
    assertThat(central.greetings()).isGreaterThan(3);
  }

  @Test
  void untilDelivered_whenToldToStop_endsWithTheFailureInHand() {
    RecordingStop stop = new RecordingStop(1, clock);
    central.fallSilent(silence);

    PushOutcome outcome = loop(stop).untilDelivered();

    assertThat(outcome).isInstanceOf(PushOutcome.Failed.class);
    assertThat(central.greetings()).isEqualTo(2);
  }

  private PushLoop loop(StopSignal stop) {
    return loop(stop, new PushListener() {});
  }

  private PushLoop loop(StopSignal stop, PushListener listener) {
    Pusher pusher =
        new Pusher(
            source,
            central,
            new GatewayIdentity(new GatewayId("house-17"), false, "machine", "host", "test"),
            new Listeners(List.of(record, listener)),
            new BatchSize(10),
            senders,
            clock);
    return new PushLoop(
        "central",
        pusher,
        new Pace(Duration.ofMinutes(10), new FixedRandom(0.5)),
        new Outage("central", clock, log),
        record,
        stop);
  }
}
