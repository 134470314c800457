package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tributary.acceptance.push.ChaosProxy.Fault.None;
import org.tributary.acceptance.push.Program;

/** Processes that die or stand still, and the power that fails. */
final class ProcessFaults {
  private ProcessFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of(
            "P1", "kill -9 of the gateway at any instant", 1, 1_000, ProcessFaults::killGateway),
        Fault.of("P2", "kill -9 of central while it stores", 1, 1_000, ProcessFaults::killCentral),
        Fault.of("P4", "STOP and CONT of either end", 1, 200, ProcessFaults::standStill),
        Fault.on(
            "P3",
            "kill -9 of all, and of MariaDB",
            1,
            200,
            Scene.mariaDb(),
            ProcessFaults::killAll),
        Fault.on(
            "P6m",
            "power cut of MariaDB",
            1,
            100,
            Scene.MARIADB_IN_A_FILE,
            ProcessFaults::cutServer),
        Fault.on(
            "P5",
            "power cut of the gateway",
            1,
            200,
            Scene.HOUSE_IN_A_FILE,
            ProcessFaults::cutGateway),
        Fault.on(
            "P6",
            "power cut of central on SQLite",
            1,
            100,
            Scene.CENTRAL_IN_A_FILE,
            ProcessFaults::cutCentral),
        Fault.on(
            "P6p",
            "power cut of PostgreSQL",
            1,
            100,
            Scene.POSTGRESQL_IN_A_FILE,
            ProcessFaults::cutServer),
        Fault.of("P8", "a state file cut at a byte", 1, 300, ProcessFaults::cutStateFile),
        Fault.of("P10", "a second push at once", 1, 100, ProcessFaults::startTwice));
  }

  private static void killGateway(Stage stage, Random random, int round) throws Exception {
    if (random.nextBoolean() && stage.gatewayRuns()) {
      stage.site().log(30);
      Stage.pause(random, 0, 1_000);
    } else {
      if (stage.gatewayRuns()) {
        stage.gateway().kill();
      }
      stage.site().log(30);
      stage.startGateway();
      Stage.pause(random, 0, 2_500);
    }
    stage.gateway().kill();
    Judge.acknowledgedIsThere(stage);
  }

  /** While a batch is with it: before the commit, in it, or before the answer. */
  private static void killCentral(Stage stage, Random random, int round) throws Exception {
    awaitBatch(stage, random);
    stage.central().kill();
    Judge.acknowledgedIsThere(stage);
    Judge.honest(stage);
    assertThat(stage.gatewayRuns()).as("a dead central ends no push").isTrue();
  }

  private static void killAll(Stage stage, Random random, int round) throws Exception {
    awaitBatch(stage, random);
    if (round % 2 == 0) {
      stage.central().kill();
      stage.gateway().kill();
    }
    stage.server().kill();
    Stage.pause(random, 0, 1_000);
    stage.server().restart();
    Judge.acknowledgedIsThere(stage);
  }

  private static void awaitBatch(Stage stage, Random random) throws Exception {
    if (!stage.gatewayRuns()) {
      stage.startGateway();
    }
    CountDownLatch batch = new CountDownLatch(1 + random.nextInt(4));
    stage
        .proxy()
        .follow(
            exchange -> {
              if (exchange.isBatch()) {
                batch.countDown();
              }
              return new None();
            });
    stage.site().log(40);
    assertThat(batch.await(60, TimeUnit.SECONDS)).as("batches come").isTrue();
    TimeUnit.MICROSECONDS.sleep(random.nextInt(15_000));
  }

  private static void standStill(Stage stage, Random random, int round) throws Exception {
    awaitBatch(stage, random);
    Program sleeper = round % 2 == 0 ? stage.central() : stage.gateway();
    sleeper.signal("STOP");
    stage.site().log(5);
    Stage.pause(random, 300, 1_500);
    sleeper.signal("CONT");
  }

  private static void cutGateway(Stage stage, Random random, int round) throws Exception {
    stage.startGateway();
    stage.site().log(20 + random.nextInt(40));
    Stage.pause(random, 0, 3_000);
    stage.site().log(1 + random.nextInt(20));
    stage.gateway().signal("STOP");
    Path copy = copyOfTheDisk(stage);
    stage.gateway().kill();
    stage.site().letGo();
    stage.standOn(stage.disk().exchange(copy));
    stage.site().reopen();
  }

  private static void cutCentral(Stage stage, Random random, int round) throws Exception {
    awaitPromises(stage, random);
    stage.central().signal("STOP");
    Path copy = copyOfTheDisk(stage);
    stage.central().kill();
    stage.standOn(stage.disk().exchange(copy));
    Judge.acknowledgedIsThere(stage);
  }

  /**
   * Central is on the same machine or on another one, which goes on; so does the gateway, or it
   * begins anew as well.
   */
  private static void cutServer(Stage stage, Random random, int round) throws Exception {
    awaitPromises(stage, random);
    stage.server().freeze();
    Path copy = copyOfTheDisk(stage);
    stage.server().kill();
    if (round % 2 == 0) {
      stage.central().kill();
    }
    if (round % 4 == 0) {
      stage.gateway().kill();
    }
    stage.standOn(stage.disk().exchange(copy));
    stage.server().restart();
    Judge.acknowledgedIsThere(stage);
  }

  /** While central stores: it has said so of some rows, lately. */
  private static void awaitPromises(Stage stage, Random random) throws Exception {
    int before = stage.oracle().allAcknowledged().size();
    awaitBatch(stage, random);
    int least = before + 50 + random.nextInt(200);
    for (int i = 0; i < 2_000 && stage.oracle().allAcknowledged().size() < least; i++) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(stage.oracle().allAcknowledged()).as("promised so far").isNotEmpty();
  }

  private static Path copyOfTheDisk(Stage stage) throws Exception {
    return stage.disk().copy(Files.createTempFile(stage.folder(), "after-a-cut-", ".image"));
  }

  /** As after a crash on a system that does not rename whole files. */
  private static void cutStateFile(Stage stage, Random random, int round) throws Exception {
    stage.gateway().kill();
    stage.site().log(5);
    for (Path file : DiskFaults.stateFiles(stage)) {
      byte[] whole = Files.readAllBytes(file);
      byte[] half = java.util.Arrays.copyOf(whole, round % (whole.length + 1));
      boolean isBeside = random.nextInt(4) == 0;
      Files.write(isBeside ? file.resolveSibling(file.getFileName() + ".new") : file, half);
    }
  }

  private static void startTwice(Stage stage, Random random, int round) throws Exception {
    try (Program second = Program.push(stage.folder(), stage.site().configuration())) {
      assertThat(second.exitCode()).as(second.output()).isEqualTo(7);
      assertThat(second.output()).contains("already running").doesNotContain("\tat ");
    }
    stage.site().log(5);
    assertThat(stage.gatewayRuns()).isTrue();
  }
}
