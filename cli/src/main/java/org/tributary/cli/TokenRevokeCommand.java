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

/** Takes a token back. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Takes a token back, at once.")
final class TokenRevokeCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "What the token is called.")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      if (!desk.isTokenRevoked(name, options.who())) {
        throw new UsageException(
            "No token \"%s\" holds; tributary token list shows them".formatted(name));
      }
      new Answers(spec.commandLine()).line("Token %s is refused from now on.".formatted(name));
    }
    return ExitCode.OK.number();
  }
}
