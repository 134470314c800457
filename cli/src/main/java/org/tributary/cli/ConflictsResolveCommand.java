package org.tributary.cli;

import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Chooses which side's version counts. */
@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = {
      "Makes one side's version of a field count. It is written at central, and gateways that take"
          + " central's changes follow. A field that was changed since is left as it is."
    })
final class ConflictsResolveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NUMBER", description = "As `tributary conflicts list` numbers them.")
  private long number;

  @Option(
      names = "--take",
      paramLabel = "SIDE",
      required = true,
      description = "Whose version is to count: gateway or central.")
  private String take = "";

  @Mixin private CentralOption central = new CentralOption();

  @Mixin private ByOption by = new ByOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Conflict.Side side =
        switch (take.toLowerCase(Locale.ROOT)) {
          case "gateway" -> Conflict.Side.GATEWAY;
          case "central" -> Conflict.Side.CENTRAL;
          default ->
              throw new UsageException(
                  "--take: \"%s\" is no side; expected gateway or central".formatted(take));
        };
    Answers answers = new Answers(spec.commandLine());
    try (ConflictDesk desk = ConflictDesk.open(central.url(), Access.DURABLE, Clock.systemUTC())) {
      Conflict conflict =
          desk.find(number)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "There is no conflict %d; `tributary conflicts list --all` shows them"
                              .formatted(number)));
      ConflictDesk.Outcome outcome = desk.resolve(conflict, side, by.who());
      String field =
          "%s %d, %s".formatted(conflict.table(), conflict.central().value(), conflict.column());
      String version = ConflictWords.shown(conflict.versions().of(side));
      switch (outcome) {
        case CHANGED -> {
          answers.line("%s is %s now.".formatted(field, version));
          answers.line("Gateways that take central's changes follow with their next push.");
        }
        case STANDS -> answers.line("%s is %s already; noted.".formatted(field, version));
        case NOTED ->
            answers.line(
                "Noted, and nothing was changed: it is about the row as a whole. To have it otherwise,"
                    + " remove it or add it at either end.");
        case CHANGED_SINCE -> {
          answers.line("%s has been changed since, or is gone; nothing was done.".formatted(field));
          return ExitCode.USAGE.number();
        }
      }
    }
    return ExitCode.OK.number();
  }
}
