package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator of central does with rows that are set aside: one word an act. */
@Command(
    name = "setaside",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|replay|drop",
    description = {
      "Lists the rows that central keeps apart, tries them again, or drops them.",
      "To be run where central's database can be reached, while serve runs or not."
    },
    subcommands = {
      SetAsideListCommand.class,
      SetAsideReplayCommand.class,
      SetAsideDropCommand.class
    })
final class SetAsideCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "list, replay or drop?");
  }
}
