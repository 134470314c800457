package org.tributary.cli;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Key;
import org.tributary.store.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the tokens of programs. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows the tokens that hold and those that ended, never the secrets themselves.")
final class TokenListCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Clock clock = Clock.systemUTC();
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.READ_ONLY, clock)) {
      List<Key> tokens = desk.keys().stream().filter(key -> key.role() != Role.GATEWAY).toList();
      if (tokens.isEmpty()) {
        answers.line("There are no tokens; tributary token add makes one.");
      }
      for (Key token : tokens) {
        answers.line(
            "%s  %s, made %s by %s, %s"
                .formatted(
                    Answers.plain(token.holder()),
                    token.role().word(),
                    Answers.time(token.created()),
                    Answers.plain(token.createdBy()),
                    KeyWords.state(token, clock.instant())));
      }
    }
    return ExitCode.OK.number();
  }
}
