package org.tributary.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
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

/** Shows which key this gateway has. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows, for each remote, which key this gateway has and how old it is; never its secret.")
final class KeyShowCommand implements Callable<Integer> {

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
      Instant now = Clock.systemUTC().instant();
      answers.line(
          each.name()
              + ": "
              + key.key()
                  .map(
                      its ->
                          "key %s%s%s, in %s"
                              .formatted(
                                  its.id(),
                                  key.gateway().map(name -> " of gateway " + name).orElse(""),
                                  key.since()
                                      .map(since -> ", since " + Answers.age(since, now))
                                      .orElse(""),
                                  each.http().keyFile().map(Object::toString).orElse("")))
                  .orElse("no key"));
    }
    return ExitCode.OK.number();
  }
}
