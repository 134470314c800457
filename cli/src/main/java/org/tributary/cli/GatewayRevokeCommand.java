package org.tributary.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.Counted;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a gateway's keys back. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description =
        "Takes a gateway's keys and codes back, at once: its next request is refused, on open"
            + " connections too. What it has sent stays; tributary gateway add lets it in again.")
final class GatewayRevokeCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The gateway.")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    GatewayId gateway = GatewayOptions.named(name);
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      int keys = desk.revokeGateway(gateway, options.who());
      answers.line(
          keys == 0
              ? "Gateway %s had no key; codes that it was given don't hold any more."
                  .formatted(gateway)
              : "Gateway %s is refused from now on: %s taken back."
                  .formatted(gateway, Counted.of(keys, "key")));
    }
    return ExitCode.OK.number();
  }
}
