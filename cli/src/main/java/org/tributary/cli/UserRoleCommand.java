package org.tributary.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives somebody another role. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description = "Gives somebody another role, at once.")
final class UserRoleCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "viewer (reads), operator (changes rows as well) or admin (says who else may).")
  private String role = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Role wanted = RoleOption.parse(role, Role::isOfPeople);
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      if (!desk.isRoleChanged(name, wanted, options.who())) {
        throw UserCommand.unknown(name);
      }
      new Answers(spec.commandLine()).line("%s is %s now.".formatted(name, wanted.word()));
    }
    return ExitCode.OK.number();
  }
}
