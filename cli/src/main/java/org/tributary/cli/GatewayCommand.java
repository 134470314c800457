package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an operator of central does with the gateways that it knows: one word an act. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|add|revoke|restore-permit|release",
    description = {
      "Lists the gateways that central knows, makes one known, takes its key back, permits it to read"
          + " its rows back, or lets one on again that was stopped.",
      "To be run where central's database can be reached, while serve runs or not."
    },
    subcommands = {
      GatewayListCommand.class,
      GatewayAddCommand.class,
      GatewayRevokeCommand.class,
      GatewayRestorePermitCommand.class,
      GatewayReleaseCommand.class
    })
final class GatewayCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "list, add, revoke, restore-permit or release?");
  }
}
