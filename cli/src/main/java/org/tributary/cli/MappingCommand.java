package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator of central says about which row is which: one word an act. */
@Command(
    name = "mapping",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|same|different|moved|undo",
    description = {
      "Shows which row of a gateway is which row of central and on what evidence, decides what is in"
          + " doubt, and takes decisions back.",
      "To be run where central's database can be reached, while serve runs or not."
    },
    subcommands = {
      MappingListCommand.class,
      MappingSameCommand.class,
      MappingDifferentCommand.class,
      MappingMovedCommand.class,
      MappingUndoCommand.class
    })
final class MappingCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "list, same, different, moved or undo?");
  }
}
