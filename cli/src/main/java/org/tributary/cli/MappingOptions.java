package org.tributary.cli;

import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.MappingDesk;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.store.ingest.Verdict;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database, who decides, and whether really. */
final class MappingOptions {

  @Mixin private CentralOption central = new CentralOption();

  @Mixin private ByOption by = new ByOption();

  @Option(names = "--dry-run", description = "Only say what would come of it; change nothing.")
  private boolean dryRun;

  @Option(names = "--all", description = "Print every row, not the first ten of a kind.")
  private boolean all;

  /** What is to be done with central's books. */
  private interface Act {
    MappingDesk.Outcome at(MappingDesk desk, String by, boolean onlyTried)
        throws StoreException, UndecidedException, UsageException;
  }

  private int run(CommandLine commandLine, Act act, String did)
      throws StoreException, UsageException {
    Logs.quiet();
    Answers answers = new Answers(commandLine);
    try (MappingDesk desk = MappingDesk.open(central.url(), Access.DURABLE, Clock.systemUTC())) {
      MappingDesk.Outcome outcome = act.at(desk, by.who(), dryRun);
      answers.line(dryRun ? "It would:" : did.formatted(outcome.number()));
      new PlanReport(answers, all).print(outcome.plan());
      if (!outcome.putBack().isEmpty()) {
        answers.line("With its next push the gateway puts back what it took from central by it:");
        outcome.putBack().forEach(each -> answers.wrapped("  ", each));
      }
      return ExitCode.OK.number();
    } catch (UndecidedException e) {
      throw new UsageException(e.getMessage() + "; nothing has been changed");
    }
  }

  /** Decides about a row. */
  int decide(
      CommandLine commandLine,
      String gateway,
      String table,
      long local,
      Verdict verdict,
      OptionalLong central)
      throws StoreException, UsageException {
    GatewayId id = gateway(gateway);
    Table named = table(table);
    return run(
        commandLine,
        (desk, who, onlyTried) -> desk.decide(id, named, local, verdict, central, who, onlyTried),
        "Decision %1$d stands; `tributary mapping undo %1$d` takes it back. What it did:");
  }

  /** Takes a decision back. */
  int undo(CommandLine commandLine, long number) throws StoreException, UsageException {
    return run(
        commandLine,
        (desk, who, onlyTried) -> desk.undo(number, who, onlyTried),
        "Decision %d is undone. What that did:");
  }

  static GatewayId gateway(String text) throws UsageException {
    return GatewayOption.named("", text);
  }

  static Table table(String text) throws UsageException {
    List<Table> whole = Tables.ALL.stream().filter(each -> !each.isSeries()).toList();
    return whole.stream()
        .filter(each -> each.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no table %s; expected one of %s"
                        .formatted(
                            text, String.join(", ", whole.stream().map(Table::name).toList()))));
  }
}
