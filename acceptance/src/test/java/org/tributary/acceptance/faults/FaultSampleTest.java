package org.tributary.acceptance.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few rounds of each fault, with every build. {@code -Dtributary.seed=…} plays others, {@code
 * -Dtributary.faults=P1,NET3} only some.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class FaultSampleTest {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static Rounds rounds;

  @BeforeAll
  static void say() {
    System.out.println("Seed of the faults: -Dtributary.seed=" + SEED);
    rounds = new Rounds(folder, SEED);
  }

  @AfterAll
  static void close() throws Exception {
    rounds.close();
  }

  @TestFactory
  Stream<DynamicTest> whateverIsDone_nothingIsLostDoubledOrInvented() {
    return Catalogue.chosen().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.toString(), () -> play(fault)));
  }

  private static void play(Fault fault) throws Exception {
    Optional<String> missing = fault.missing();
    assumeTrue(missing.isEmpty(), () -> fault + " is skipped: " + missing.orElse(""));
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
  }
}
