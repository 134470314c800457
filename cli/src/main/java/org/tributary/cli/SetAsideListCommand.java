package org.tributary.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.KeptApart;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.Access;
import org.tributary.store.Counted;
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
    description = {
      "Shows how many rows are set aside, which, and why. Changes nothing.",
      "At central by default; with --config those that a gateway keeps apart itself, for remotes"
          + " that can't (transport = rest or direct)."
    })
final class SetAsideListCommand implements Callable<Integer> {

  @Mixin private SetAsideOptions options;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Show what the gateway of that configuration keeps apart, not what central does.")
  private @Nullable Path config;

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
  public Integer call() throws UsageException, ConfigException, IOException {
    Logs.quiet();
    SetAsideFilter filter = options.filter();
    int rowsAtMost = Math.max(0, limit);
    if (config != null) {
      return ofGateway(config, filter, rowsAtMost);
    }
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

  private int ofGateway(Path file, SetAsideFilter filter, int rowsAtMost)
      throws UsageException, ConfigException, IOException {
    boolean more =
        filter.gateway().isPresent() || filter.from().isPresent() || filter.before().isPresent();
    if (dropped || json || more) {
      throw new UsageException("With --config only --table, --rule and --limit can be given");
    }
    EdgeConfig read = EdgeConfig.read(file, System.getenv(), Optional.empty());
    KeptApartReport report =
        new KeptApartReport(new Answers(spec.commandLine()), filter, rowsAtMost);
    for (KeptApart kept : KeptApart.of(read)) {
      report.print(kept);
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
              : "The first %s%s that were dropped:".formatted(Counted.rows(rows.size()), which));
    } else if (counts.isEmpty()) {
      answers.line("Nothing" + which + " is set aside.");
    } else {
      long all = counts.stream().mapToLong(SetAsideCount::rows).sum();
      report.counts(counts);
      report.remedies(counts);
      answers.line("");
      answers.line(
          rows.size() == all
              ? Counted.rows(all) + " in all:"
              : "%s in all, of which the first %,d:".formatted(Counted.rows(all), rows.size()));
    }
    report.rows(rows);
  }
}
