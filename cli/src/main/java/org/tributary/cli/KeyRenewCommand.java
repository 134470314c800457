package org.tributary.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.GatewayKeys;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.key.GatewayKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets this gateway another key. */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    description = {
      "Gets this gateway another key in place of the one that it has. push does so by itself when a"
          + " key is 90 days old.",
      "The old one holds until the new one is used, so this may be broken off anywhere and run again."
    })
final class KeyRenewCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "REMOTE",
      description = "Of this remote only.")
  private @Nullable String remote;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, UsageException, IOException {
    Logs.quiet();
    EdgeConfig read = EdgeConfig.read(config.file(), System.getenv(), Optional.empty());
    Answers answers = new Answers(spec.commandLine());
    for (RemoteConfig each : Remote.chosen(read, remote)) {
      GatewayKey key = GatewayKeys.of(each);
      if (key.key().isEmpty()) {
        answers.line(each.name() + ": no key to be renewed");
        continue;
      }
      GatewayKey fresh = GatewayKeys.renew(each, Clock.systemUTC());
      answers.line(
          "%s: key %s takes the place of %s"
              .formatted(
                  each.name(), fresh.key().orElseThrow().id(), key.key().orElseThrow().id()));
    }
    return ExitCode.OK.number();
  }
}
