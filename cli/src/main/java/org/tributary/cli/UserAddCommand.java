package org.tributary.cli;

import java.io.IOException;
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

/** Lets somebody sign in. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Lets somebody sign in at central with a name and a password.")
final class UserAddCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "The person.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "viewer (reads), operator (changes rows as well) or admin (says who else may).")
  private String role = "";

  @Option(
      names = "--stdin",
      description = "Read the password from standard input, one line, instead of asking for it.")
  private boolean stdin;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException, IOException {
    Logs.quiet();
    Role wanted = RoleOption.parse(role, Role::isOfPeople);
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      String password = NewPassword.ask(stdin);
      try {
        if (!desk.isPersonAdded(name, password, wanted, options.who())) {
          throw new UsageException(
              "There is a person %s already; tributary user role and password change what is known"
                      .formatted(name)
                  + " of one");
        }
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
      new Answers(spec.commandLine())
          .line("%s can sign in as %s.".formatted(Answers.plain(name), wanted.word()));
    }
    return ExitCode.OK.number();
  }
}
