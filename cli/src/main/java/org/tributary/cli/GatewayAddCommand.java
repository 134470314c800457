package org.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.wire.GatewayId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives out the code by which a gateway gets its key. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the line that makes a gateway known, to be run there, once: tributary enrol with a code"
          + " that ends by itself. A gateway that has a key already keeps it until that line is run;"
          + " the new one then takes its place.",
      "The code can't be shown again; another one can be given out at any time."
    })
final class GatewayAddCommand implements Callable<Integer> {

  private static final String HERE = "http://127.0.0.1:8765/";

  @Mixin private AccessOptions options;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "What the gateway is called from now on: letters, digits, '.', '_' and '-'.")
  private String name = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = HERE,
      description = "Where the gateway reaches central (default: ${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How long the code holds: 30m, 24h or 7d (default: ${DEFAULT-VALUE}).")
  private String length = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    GatewayId gateway = GatewayOptions.named(name);
    Duration time = Lengths.parse("--for", length, Duration.ofDays(7));
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      AccessDesk.Given given = desk.addGateway(gateway, time, options.who());
      answers.line(
          "Run this on gateway %s, once, before %s:"
              .formatted(gateway, Answers.time(given.expires())));
      answers.line("");
      answers.line("  tributary enrol %s %s".formatted(url, given.code().reveal()));
      answers.line("");
      if (url.equals(HERE)) {
        answers.line("(--url says where the gateway reaches central, if not at " + HERE + ")");
      }
    }
    return ExitCode.OK.number();
  }
}
