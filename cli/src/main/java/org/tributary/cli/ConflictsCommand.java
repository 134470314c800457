package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator of central does about fields that both sides changed: one word an act. */
@Command(
    name = "conflicts",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|resolve",
    description = {
      "Lists what a gateway and central had otherwise, and which side counts; or chooses again.",
      "To be run where central's database can be reached, while serve runs or not; with --config at"
          + " a gateway, for remotes that keep no books of it (transport = rest)."
    },
    subcommands = {ConflictsListCommand.class, ConflictsResolveCommand.class})
final class ConflictsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "list or resolve?");
  }
}
