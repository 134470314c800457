package org.tributary.cli;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.SetAsideDesk;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.SyncJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what is set aside. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows how many rows are set aside, which, and why. Changes nothing.")
final class SetAsideListCommand implements Callable<Integer> {

  @Mixin private SetAsideOptions options;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "20",
      description = "Show so many rows, 0 for none (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--dropped", description = "Show rows that were dropped.")
  private boolean dropped;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    SetAsideFilter filter = options.filter();
    int rowsAtMost = Math.max(0, limit);
    try (SetAsideDesk desk =
        SetAsideDesk.open(options.database(), Access.READ_ONLY, Clock.systemUTC())) {
      List<SetAsideCount> counts = dropped ? List.of() : desk.counts(filter, Long.MAX_VALUE);
      List<SetAsideRow> rows =
          dropped ? desk.dropped(filter, rowsAtMost) : desk.rows(filter, rowsAtMost);
      if (json) {
        spec.commandLine()
            .getOut()
            .println(new String(SyncJson.writeSetAside(counts, rows), StandardCharsets.UTF_8));
      } else {
        print(filter, counts, rows);
      }
    }
    return ExitCode.OK.number();
  }

  private void print(SetAsideFilter filter, List<SetAsideCount> counts, List<SetAsideRow> rows) {
    Answers answers = new Answers(spec.commandLine());
    SetAsideReport report = new SetAsideReport(answers);
    String which = filter.equals(SetAsideFilter.ALL) ? "" : " of what was asked for";
    if (dropped) {
      answers.line(
          rows.isEmpty()
              ? "Nothing" + which + " was ever dropped."
              : "The first %s%s that were dropped:".formatted(Answers.rows(rows.size()), which));
    } else if (counts.isEmpty()) {
      answers.line("Nothing" + which + " is set aside.");
    } else {
      long all = counts.stream().mapToLong(SetAsideCount::rows).sum();
      report.counts(counts);
      report.remedies(counts);
      answers.line("");
      answers.line(
          rows.size() == all
              ? Answers.rows(all) + " in all:"
              : "%s in all, of which the first %,d:".formatted(Answers.rows(all), rows.size()));
    }
    report.rows(rows);
  }
}
