package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be asked of and done to a database as a whole: one word an act. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "info|upgrade",
    description = "Says what a database is, or brings it to its latest revision.",
    subcommands = {DbInfoCommand.class, DbUpgradeCommand.class})
final class DbCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "info or upgrade?");
  }
}
