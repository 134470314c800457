package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What programs sign in with: one word an act. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "add|list|revoke",
    description = {
      "Makes, lists and takes back tokens: what programs sign in to central with.",
      "To be run where central's database can be reached, while serve runs or not."
    },
    subcommands = {TokenAddCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "add, list or revoke?");
  }
}
