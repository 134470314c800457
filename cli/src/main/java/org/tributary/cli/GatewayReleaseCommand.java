package org.tributary.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a gateway on again that was stopped. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a gateway on again that was stopped because two machines went by its name, and a machine"
          + " whose place another took. Central forgets which machines have gone by the name and"
          + " begins anew.",
      "See to it first that only one of them still does: the other is switched off, or has a name of"
          + " its own. If both are still there, both are stopped again."
    })
final class GatewayReleaseCommand implements Callable<Integer> {

  @Mixin private GatewayOptions options;
  @Mixin private ByOption by = new ByOption();

  @Parameters(index = "0", paramLabel = "NAME", description = "The gateway.")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    GatewayId gateway = GatewayOptions.named(name);
    Answers answers = new Answers(spec.commandLine());
    try (GatewayDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      boolean wasStopped =
          desk.release(gateway, by.who()).orElseThrow(() -> GatewayOptions.unknown(name));
      answers.line(
          wasStopped
              ? "Gateway %s is let on again. What waits at it comes with its next push."
                  .formatted(gateway)
              : "Gateway %s was not stopped.".formatted(gateway));
      answers.line(
          "Central has forgotten which machines went by that name; the next one that greets by it is"
              + " let on. If two still do, both are stopped again.");
    }
    return ExitCode.OK.number();
  }
}
