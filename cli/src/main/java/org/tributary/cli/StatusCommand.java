package org.tributary.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.config.ConfigException;
import org.tributary.edge.config.EdgeConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how a gateway stands with each of its remotes. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says for each remote what it has, what waits here, and what is set aside. Changes nothing.",
      "",
      "Of each remote the first word tells the most:",
      "  ALL SENT             nothing waits here, and central keeps nothing apart",
      "  SENDING              a push is at work, and rows wait",
      "  WAITING              rows wait for the next push",
      "  WAITING FOR NETWORK  central does not answer; nothing is lost",
      "  ACTION NEEDED        a person has to look; the line says why",
      "",
      "It looks behind the position that each table has reached. Whether what lies before it is the"
          + " same at both ends is for tributary verify to say.",
      "",
      "It ends with the code that a push would end with; rows that merely wait count as well."
    })
final class StatusCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--local",
      paramLabel = "URL",
      description = "The local database, instead of the configuration's localurl.")
  private @Nullable String local;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException {
    Logs.quiet();
    EdgeConfig read = EdgeConfig.read(config.file(), System.getenv(), Optional.ofNullable(local));
    return StatusReport.print(read, spec.commandLine(), StatusReport.Kind.STATUS);
  }
}
