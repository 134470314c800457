package org.tributary.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** People who sign in at central: one word an act. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "add|list|role|password|remove",
    description = {
      "Says who signs in at central, and as what.",
      "To be run where central's database can be reached, while serve runs or not."
    },
    subcommands = {
      UserAddCommand.class,
      UserListCommand.class,
      UserRoleCommand.class,
      UserPasswordCommand.class,
      UserRemoveCommand.class
    })
final class UserCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** That there is nobody of that name. */
  static UsageException unknown(String name) {
    return new UsageException(
        "There is no person \"%s\"; tributary user list shows those that there are"
            .formatted(name));
  }

  @Override
  public void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(commandLine, "add, list, role, password or remove?");
  }
}
