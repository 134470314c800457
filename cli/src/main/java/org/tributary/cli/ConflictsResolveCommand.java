package org.tributary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.AlreadyRunningException;
import org.tributary.edge.KeptConflictDesk;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.Access;
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

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Choose among what the gateway of that configuration has on record, not what central does:"
              + " it is written at the remote's server.")
  private @Nullable Path config;

  @Option(
      names = "--remote",
      paramLabel = "NAME",
      description = "With --config: with which remote, where several have that number.")
  private @Nullable String remote;

  @Mixin private CentralOption central = new CentralOption();

  @Mixin private ByOption by = new ByOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call()
      throws UsageException, ConfigException, IOException, AlreadyRunningException {
    Logs.quiet();
    Conflict.Side side =
        switch (take.toLowerCase(Locale.ROOT)) {
          case "gateway" -> Conflict.Side.GATEWAY;
          case "central" -> Conflict.Side.CENTRAL;
          default ->
              throw new UsageException(
                  "--take: \"%s\" is no side; expected gateway or central".formatted(take));
        };
    if (config != null) {
      return atGateway(config, side);
    }
    if (remote != null) {
      throw new UsageException("--remote can be given with --config only");
    }
    try (ConflictDesk desk = ConflictDesk.open(central.url(), Access.DURABLE, Clock.systemUTC())) {
      Conflict conflict =
          desk.find(number)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "There is no conflict %d; `tributary conflicts list --all` shows them"
                              .formatted(number)));
      return say(conflict, side, desk.resolve(conflict, side, by.who()));
    }
  }

  private int atGateway(Path file, Conflict.Side side)
      throws UsageException, ConfigException, IOException, AlreadyRunningException {
    EdgeConfig read = EdgeConfig.read(file, System.getenv(), Optional.empty());
    try (KeptConflictDesk desk = KeptConflictDesk.open(read, Clock.systemUTC())) {
      List<KeptConflictDesk.Kept> found = desk.find(number, Optional.ofNullable(remote));
      if (found.isEmpty()) {
        throw new UsageException(
            "There is no conflict %d; `tributary conflicts list --all --config %s` shows them"
                .formatted(number, file));
      }
      if (found.size() > 1) {
        throw new UsageException(
            "Conflicts with %s have the number %d; say which with --remote NAME"
                .formatted(
                    String.join(" and ", found.stream().map(kept -> kept.remote().name()).toList()),
                    number));
      }
      KeptConflictDesk.Kept kept = found.get(0);
      if (side == Conflict.Side.CENTRAL && !kept.takes()) {
        throw new UsageException(
            "This gateway only sends to %s, so that central's version can't come here; set"
                    .formatted(kept.remote().name())
                + " metadata = both there, push, and try again, or enter it here by hand");
      }
      return say(kept.conflict(), side, desk.resolve(kept, side, by.who()));
    }
  }

  private int say(Conflict conflict, Conflict.Side side, ConflictDesk.Outcome outcome) {
    Answers answers = new Answers(spec.commandLine());
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
    return ExitCode.OK.number();
  }
}
