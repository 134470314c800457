package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few rounds of each fault, with every build. {@code -Dtributary.seed=…} plays others, {@code
 * -Dtributary.faults=P1,NET3} only some. Those that go on on the same stage and those that need
 * another are played side by side: most of a round is waiting.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class FaultSampleTest {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Troupe common;
  private static Troupe others;

  /** Plays faults one after the other. */
  private record Troupe(Rounds rounds, ExecutorService thread) {
    static Troupe in(Path its) {
      return new Troupe(new Rounds(its, SEED), Executors.newSingleThreadExecutor());
    }

    void end() throws Exception {
      thread.shutdownNow();
      assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      rounds.close();
    }
  }

  @BeforeAll
  static void say() {
    System.out.println("Seed of the faults: -Dtributary.seed=" + SEED);
    common = Troupe.in(folder.resolve("common"));
    others = Troupe.in(folder.resolve("others"));
  }

  @AfterAll
  static void close() throws Exception {
    common.end();
    others.end();
  }

  @TestFactory
  List<DynamicTest> whateverIsDone_nothingIsLostDoubledOrInvented() {
    return Catalogue.chosen().stream().map(FaultSampleTest::test).toList();
  }

  private static DynamicTest test(Fault fault) {
    Optional<String> missing = fault.missing();
    Troupe troupe = fault.scene() == Scene.COMMON ? common : others;
    Future<?> played =
        missing.isPresent()
            ? CompletableFuture.completedFuture(null)
            : troupe.thread().submit(() -> play(fault, troupe.rounds()));
    return DynamicTest.dynamicTest(
        fault.toString(),
        () -> {
          assumeTrue(missing.isEmpty(), () -> fault + " is skipped: " + missing.orElse(""));
          try {
            played.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  private static boolean play(Fault fault, Rounds rounds) {
    long begun = System.nanoTime();
    for (int round = 0; round < fault.sample(); round++) {
      try {
        rounds.play(fault, round);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "%s, round %d of -Dtributary.seed=%d".formatted(fault, round, SEED), e);
      }
    }
    System.out.printf(
        "%s: %d rounds in %.1f s%n", fault, fault.sample(), (System.nanoTime() - begun) / 1e9);
    return true;
  }
}
