package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The full numbers: {@code mvn verify -Pchaos}. Hours; whatever is finished is kept in {@code
 * target/chaos}, or {@code -Dtributary.chaos.dir=…}, and the next run goes on from there. {@code
 * -Dtributary.chaos.minutes=…} ends it sooner, {@code -Dtributary.faults=…} plays some only. Its
 * table goes to {@code docs/reliability.md}.
 */
@Tag("chaos")
class FaultRunTest {

  private static final long SEED = Long.getLong("tributary.seed", 20150803L);

  @Test
  void whateverIsDoneAThousandTimes_nothingIsLostDoubledOrInvented() throws Exception {
    Path folder =
        Path.of(System.getProperty("tributary.chaos.dir", "target/chaos")).toAbsolutePath();
    Duration most = Duration.ofMinutes(Integer.getInteger("tributary.chaos.minutes", 72 * 60));
    Ledger ledger = new Ledger(folder.resolve("rounds.jsonl"));
    Path stages = Files.createDirectories(folder.resolve("run-" + ProcessHandle.current().pid()));
    long end = System.nanoTime() + most.toNanos();
    List<String> failures = new ArrayList<>();
    try (Rounds rounds = new Rounds(stages, SEED)) {
      // All of them in turn: a run that is broken off has played some rounds of each.
      for (int round = 0; round < 1_000; round++) {
        for (Fault fault : Catalogue.chosen()) {
          boolean isDue = round < fault.wanted() && !ledger.has(fault, round, SEED);
          if (isDue && fault.missing().isEmpty() && System.nanoTime() < end) {
            String failure = play(rounds, fault, round, ledger);
            if (!failure.isEmpty()) {
              failures.add(fault + ", round " + round + ": " + failure);
            }
          }
        }
      }
    } finally {
      ReliabilityPage.write(page(), ledger);
    }
    assertThat(failures).as("seed %d, kept in %s", SEED, folder).isEmpty();
  }

  private static String play(Rounds rounds, Fault fault, int round, Ledger ledger)
      throws Exception {
    long begun = System.nanoTime();
    String failure = "";
    try {
      rounds.play(fault, round);
    } catch (Exception | AssertionError e) {
      String words = e.toString().replaceAll("\\s+", " ");
      failure = words.substring(0, Math.min(1_500, words.length()));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    ledger.add(new Ledger.Entry(fault.id(), round, SEED, seconds, failure));
    System.out.printf(
        "%s, round %d: %s in %.1f s%n",
        fault, round, failure.isEmpty() ? "well" : failure, seconds);
    return failure;
  }

  private static Path page() {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.isDirectory(here.resolve("docs")) ? here : here.getParent();
    return root.resolve("docs/reliability.md");
  }
}
