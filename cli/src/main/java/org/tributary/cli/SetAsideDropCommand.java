package org.tributary.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.Counted;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.SetAsideDesk;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.SetAsideCount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops rows that are set aside, once somebody has said so. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = {
      "Drops rows that are set aside. They are written down with who did it (list --dropped), and"
          + " don't come back if the gateway sends them again as they were.",
      "It shows how many there are and asks before it does anything."
    })
final class SetAsideDropCommand implements Callable<Integer> {

  @Mixin private SetAsideOptions options;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  @Mixin private ByOption by = new ByOption();

  @Spec private CommandSpec spec;

  private final Optional<Question> person;

  SetAsideDropCommand() {
    this(Question.atTerminal());
  }

  SetAsideDropCommand(Optional<Question> person) {
    this.person = person;
  }

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    SetAsideFilter filter = options.filter();
    if (filter.equals(SetAsideFilter.ALL)) {
      throw new UsageException(
          "drop needs to be told which rows: --gateway, --table, --rule, --from or --to");
    }
    if (!yes && person.isEmpty()) {
      throw new UsageException(
          "drop asks first, and there is nobody to ask here; run it in a terminal, or with --yes if"
              + " that is really meant");
    }
    Answers answers = new Answers(spec.commandLine());
    try (SetAsideDesk desk =
        SetAsideDesk.open(options.database(), Access.DURABLE, Clock.systemUTC())) {
      long newest = desk.newest();
      List<SetAsideCount> counts = desk.counts(filter, newest);
      if (counts.isEmpty()) {
        answers.line("Nothing that was asked for is set aside.");
        return ExitCode.OK.number();
      }
      new SetAsideReport(answers).counts(counts);
      confirm(counts.stream().mapToLong(SetAsideCount::rows).sum());
      long dropped = desk.drop(filter, newest, by.who());
      answers.line(
          "%s dropped; `tributary setaside list --dropped` shows them."
              .formatted(Counted.rows(dropped)));
    }
    return ExitCode.OK.number();
  }

  private void confirm(long rows) throws UsageException {
    if (yes) {
      return;
    }
    String answer =
        person
            .map(
                asked ->
                    asked.ask(
                        "Type how many rows are to be dropped to go on (%d): ".formatted(rows)))
            .orElse("");
    if (!answer.strip().equals(Long.toString(rows))) {
      throw new UsageException("That was not %d: nothing has been changed.".formatted(rows));
    }
  }
}
