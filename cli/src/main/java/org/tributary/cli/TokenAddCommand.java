package org.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Role;
import org.tributary.wire.Credential;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token for a program. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a token for a program and prints it, once: only its hash is kept.",
      "An uploader sends rows through the REST interface and sees houses, rooms and nodes, but no"
          + " readings; it is what a push script of the original system needs. A viewer reads"
          + " everything, an operator changes rows as well, an admin may do all that a person may."
    })
final class TokenAddCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofDays(3_650);

  @Mixin private AccessOptions options;

  @Parameters(index = "0", paramLabel = "NAME", description = "What the token is called.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "What it may do: uploader, viewer, operator or admin.")
  private String role = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long it holds, 90d for example; until it is taken back if left out.")
  private @Nullable String length;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Role wanted = RoleOption.parse(role, Role::isOfTokens);
    if (name.isBlank() || name.length() > 64) {
      throw new UsageException("NAME: 1 to 64 characters are expected");
    }
    String text = length;
    Optional<Duration> time =
        text == null ? Optional.empty() : Optional.of(Lengths.parse("--for", text, LONGEST));
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.DURABLE, Clock.systemUTC())) {
      Credential token =
          desk.addToken(name, wanted, time, options.who())
              .orElseThrow(
                  () ->
                      new UsageException(
                          "There is a token \"%s\" that holds; tributary token revoke takes it back"
                              .formatted(name)));
      answers.line(token.reveal());
      answers.line("");
      answers.line(
          "It can't be shown again. A program sends it as Authorization: Bearer TOKEN, or as the"
              + " password of a basic authentication.");
      if (wanted == Role.UPLOADER) {
        answers.line(
            "A push script that can send nothing but an address has it there:"
                + " https://central.example/t/TOKEN/rest/");
      }
    }
    return ExitCode.OK.number();
  }
}
