package org.tributary.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.KeptConflicts;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.store.Access;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import org.tributary.store.ingest.UndecidedException;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what both sides had otherwise. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Shows fields of metadata that a gateway and central had otherwise: what each side had, and"
          + " whose counts. Changes nothing.",
      "At central by default; with --config what a gateway has on record itself, for remotes that"
          + " keep no books of it (transport = rest)."
    })
final class ConflictsListCommand implements Callable<Integer> {

  @Mixin private CentralOption central = new CentralOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Show what the gateway of that configuration has on record, not what central does.")
  private @Nullable Path config;

  @Option(names = "--gateway", paramLabel = "NAME", description = "Only this gateway's.")
  private @Nullable String gateway;

  @Option(
      names = "--all",
      description = {
        "Also those that somebody has resolved.",
        "With --config: also what both sides had otherwise when it was matched first."
      })
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "Show so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Go on behind the one of that number.")
  private long after;

  @Option(names = "--json", description = "Print JSON, for programs.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, ConfigException, IOException {
    Logs.quiet();
    if (config != null) {
      return ofGateway(config);
    }
    Optional<GatewayId> whose =
        gateway == null ? Optional.empty() : Optional.of(GatewayOption.named(gateway));
    List<Conflict> conflicts;
    try (ConflictDesk desk =
        ConflictDesk.open(central.url(), Access.READ_ONLY, Clock.systemUTC())) {
      desk.requireKnown(whose);
      conflicts = desk.page(whose, !all, after, Math.max(1, limit));
    } catch (UndecidedException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    if (json) {
      spec.commandLine()
          .getOut()
          .print(
              new String(
                  Json.lines(conflicts.stream().map(ConflictWords::json).toList()),
                  StandardCharsets.UTF_8));
      return ExitCode.OK.number();
    }
    Answers answers = new Answers(spec.commandLine());
    if (conflicts.isEmpty()) {
      answers.line(
          all ? "There has been no conflict." : "No conflict waits for anybody (--all shows all).");
      return ExitCode.OK.number();
    }
    for (Conflict conflict : conflicts) {
      ConflictWords.print(conflict, answers);
    }
    answers.line("");
    answers.line("To let the other side's version count, or to say that this one does:");
    answers.line("  tributary conflicts resolve NUMBER --take gateway|central");
    if (conflicts.size() == Math.max(1, limit)) {
      answers.line(
          "There may be more: --after %d".formatted(conflicts.get(conflicts.size() - 1).id()));
    }
    return ExitCode.OK.number();
  }

  private int ofGateway(Path file) throws UsageException, ConfigException, IOException {
    if (gateway != null || after != 0 || json) {
      throw new UsageException("With --config only --all and --limit can be given");
    }
    Answers answers = new Answers(spec.commandLine());
    boolean any = false;
    for (KeptConflicts kept :
        KeptConflicts.of(EdgeConfig.read(file, System.getenv(), Optional.empty()))) {
      List<Conflict> meant =
          kept.conflicts().stream().filter(conflict -> all || isOpen(conflict)).toList();
      answers.line(
          meant.isEmpty()
              ? kept.remote() + ": no conflict is on record here."
              : "%s: on record here, the newest last".formatted(kept.remote()));
      for (Conflict conflict :
          meant.subList(Math.max(0, meant.size() - Math.max(1, limit)), meant.size())) {
        ConflictWords.print(conflict, answers);
      }
      any |= !meant.isEmpty();
    }
    if (any) {
      answers.line("");
      answers.line("To let the other side's version count, or to say that this one does:");
      answers.line("  tributary conflicts resolve NUMBER --take gateway|central --config FILE");
    }
    return ExitCode.OK.number();
  }

  private static boolean isOpen(Conflict conflict) {
    return conflict.kind() != Conflict.Kind.MATCHED && conflict.chosen().isEmpty();
  }
}
