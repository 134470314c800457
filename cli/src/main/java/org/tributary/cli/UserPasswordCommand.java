package org.tributary.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives somebody another password. */
@Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = "Gives somebody another password, and ends all sessions that he has open.")
final class UserPasswordCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
  private String name = "";

  @Option(
      names = "--stdin",
      description = "Read the password from standard input, one line, instead of asking for it.")
  private boolean stdin;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException, IOException {
    Logs.quiet();
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      String password = NewPassword.ask(stdin);
      try {
        if (!desk.isPasswordChanged(name, password, options.who())) {
          throw UserCommand.unknown(name);
        }
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      new Answers(spec.commandLine())
          .line("%s has a new password; sessions with the old one have ended.".formatted(name));
    }
    return ExitCode.OK.number();
  }
}
