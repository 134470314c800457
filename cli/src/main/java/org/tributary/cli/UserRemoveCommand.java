package org.tributary.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets somebody in no more. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Lets somebody in no more, at once.")
final class UserRemoveCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      if (!desk.isPersonRemoved(name, options.who())) {
        throw UserCommand.unknown(name);
      }
      new Answers(spec.commandLine()).line("%s can't sign in any more.".formatted(name));
    }
    return ExitCode.OK.number();
  }
}
