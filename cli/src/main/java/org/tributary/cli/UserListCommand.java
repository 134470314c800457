package org.tributary.cli;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.access.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows who can sign in. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows who can sign in, and as what.")
final class UserListCommand implements Callable<Integer> {

  @Mixin private AccessOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Answers answers = new Answers(spec.commandLine());
    try (AccessDesk desk = options.open(Access.READ_ONLY, Clock.systemUTC())) {
      List<Person> people = desk.people();
      if (people.isEmpty()) {
        answers.line(
            "Nobody can sign in yet; serve prints a set-up code, and tributary user add lets somebody"
                + " in.");
      }
      for (Person person : people) {
        answers.line(
            "%s  %s, since %s, by %s"
                .formatted(
                    person.name(),
                    person.role().word(),
                    Answers.time(person.created()),
                    Answers.plain(person.createdBy())));
      }
    }
    return ExitCode.OK.number();
  }
}
