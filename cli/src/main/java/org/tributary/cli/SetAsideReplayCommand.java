package org.tributary.cli;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.Counted;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.Retried;
import org.tributary.store.ingest.SetAsideDesk;
import org.tributary.store.ingest.Stamps;
import org.tributary.wire.Rule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries rows again that are set aside. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Tries rows again that are set aside, and says which are stored and why others stay.",
      "",
      "Rows whose clock was not trusted stay, unless you say what their stamps are worth."
    })
final class SetAsideReplayCommand implements Callable<Integer> {

  @Mixin private SetAsideOptions options;

  @Option(
      names = "--trust-clock",
      description = "Stamps that were not trusted are right: store such rows as they are stamped.")
  private boolean trustClock;

  @Option(
      names = "--shift",
      paramLabel = "SECONDS",
      description =
          "Stamps that were not trusted are off: add this to them (-3600 for a clock that was an"
              + " hour ahead). A row whose corrected time another row has already stays.")
  private @Nullable BigDecimal shift;

  @Mixin private ByOption by = new ByOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Stamps stamps = stamps();
    Map<Rule, Staying> staying = new EnumMap<>(Rule.class);
    long[] tried = {0};
    try (SetAsideDesk desk =
        SetAsideDesk.open(options.database(), Access.DURABLE, Clock.systemUTC())) {
      desk.replay(
          options.filter(),
          stamps,
          by.who(),
          page -> {
            tried[0] += page.size();
            page.stream()
                .filter(row -> row.stays().isPresent())
                .forEach(
                    row ->
                        staying.merge(row.row().what().rule(), new Staying(row, 1), Staying::plus));
          });
    }
    Answers answers = new Answers(spec.commandLine());
    if (tried[0] == 0) {
      answers.line("Nothing that was asked for is set aside.");
      return ExitCode.OK.number();
    }
    long stay = staying.values().stream().mapToLong(Staying::rows).sum();
    answers.line(
        "%s tried again: %,d stored, %,d %s set aside."
            .formatted(
                Counted.rows(tried[0]), tried[0] - stay, stay, stay == 1 ? "stays" : "stay"));
    new SetAsideReport(answers).stays(staying);
    return (staying.isEmpty() ? ExitCode.OK : ExitCode.SET_ASIDE).number();
  }

  /** Rows of one rule that stay, by the first of them. */
  record Staying(Retried first, long rows) {
    Staying plus(Staying others) {
      return new Staying(first, rows + others.rows);
    }
  }

  private Stamps stamps() throws UsageException {
    if (trustClock && shift != null) {
      throw new UsageException("--trust-clock and --shift exclude each other");
    }
    if (shift == null) {
      return trustClock ? new Stamps.Right() : new Stamps.Unknown();
    }
    try {
      long micros = shift.movePointRight(6).longValueExact();
      return new Stamps.Off(Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000));
    } catch (ArithmeticException e) {
      throw new UsageException("--shift: expected seconds, with six decimals at most");
    } catch (IllegalArgumentException e) {
      throw new UsageException("--shift: by 0 seconds is what --trust-clock does");
    }
  }
}
