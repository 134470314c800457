package org.tributary.cli;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.AuditEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what was done at central. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Shows who changed, granted, revoked, exported and decided what at central, newest first.",
      "Each entry is sealed together with the one before it: --verify finds one that was changed or"
          + " taken out. Whoever can write the whole database can write all of them anew; keep a copy"
          + " of the list elsewhere against that.",
      "To be run where central's database can be reached, while serve runs or not."
    })
final class AuditCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many entries (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(names = "--verify", description = "Check the seals of all entries instead.")
  private boolean verify;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    if (last < 1) {
      throw new UsageException("--last: 1 or more is expected");
    }
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.READ_ONLY, Clock.systemUTC())) {
      if (verify) {
        Optional<String> flaw = desk.auditFlaw();
        answers.line(flaw.orElse("Every entry is as it was written, and none is missing."));
        return flaw.isPresent() ? ExitCode.DIFFERENT.number() : ExitCode.OK.number();
      }
      for (AuditEntry entry : desk.audit(last)) {
        answers.line(
            "%s  %s  %s %s%s"
                .formatted(
                    Answers.time(entry.written()),
                    Answers.plain(entry.actor()),
                    entry.act(),
                    Answers.plain(entry.subject()),
                    entry.detail().isEmpty() ? "" : ": " + Answers.plain(entry.detail())));
      }
    }
    return ExitCode.OK.number();
  }
}
