package org.tributary.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tributary.store.Access;
import org.tributary.store.Counted;
import org.tributary.store.StoreException;
import org.tributary.store.access.AccessDesk;
import org.tributary.store.ingest.GatewayDesk;
import org.tributary.store.ingest.Permit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the gateways that central knows. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Shows each gateway, when it was last heard of, whether it is stopped and why, which"
            + " key it signs in with, and what was done with its permission to read its rows back."
            + " Changes nothing.")
final class GatewayListCommand implements Callable<Integer> {

  @Mixin private GatewayOptions options;

  @Spec private CommandSpec spec;

  private final Clock clock;

  GatewayListCommand() {
    this(Clock.systemUTC());
  }

  GatewayListCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws UsageException, StoreException {
    Logs.quiet();
    Answers answers = new Answers(spec.commandLine());
    try (GatewayDesk desk = options.open(Access.READ_ONLY, clock);
        AccessDesk access = options.openAccess(clock)) {
      List<GatewayDesk.Entry> all = desk.all();
      GatewayKeyWords keys = new GatewayKeyWords(access.keys(), access.codes(), clock.instant());
      if (all.isEmpty()) {
        answers.line("No gateway has ever greeted.");
      }
      for (GatewayDesk.Entry each : all) {
        print(answers, each);
        keys.of(each.gateway().gateway().value()).forEach(answers::line);
      }
      for (String name : keys.others()) {
        answers.line(name + "  never heard of");
        keys.of(name).forEach(answers::line);
      }
    }
    return ExitCode.OK.number();
  }

  private void print(Answers answers, GatewayDesk.Entry entry) {
    Instant now = clock.instant();
    answers.line(
        "%s  on %s, version %s, heard of %s"
            .formatted(
                entry.gateway().gateway(),
                Answers.plain(entry.gateway().hostname()),
                Answers.plain(entry.gateway().version()),
                Answers.age(entry.gateway().lastContact(), now)));
    entry.gateway().stopped().ifPresent(why -> answers.line("  STOPPED: " + Answers.plain(why)));
    entry.permit().ifPresent(permit -> print(answers, permit, now));
  }

  private static void print(Answers answers, Permit permit, Instant now) {
    String state =
        permit.revoked().isPresent()
            ? "taken back " + Answers.time(permit.revoked().get())
            : permit.isInForce(now)
                ? "until " + Answers.time(permit.expires())
                : "ended " + Answers.time(permit.expires());
    String span =
        permit.from().isEmpty() && permit.before().isEmpty()
            ? ""
            : ", of %s to %s".formatted(day(permit.from(), 0), day(permit.before(), 1));
    answers.line(
        "  restore permitted %s by %s, %s%s"
            .formatted(Answers.time(permit.granted()), Answers.plain(permit.by()), state, span));
    if (permit.begun().isPresent()) {
      answers.line(
          "    begun %s by %s, %s given, %s"
              .formatted(
                  Answers.time(permit.begun().get()),
                  Answers.plain(permit.hostname().orElse("?")),
                  Counted.rows(permit.rows()),
                  permit
                      .finished()
                      .map(time -> "finished " + Answers.time(time))
                      .orElse("not finished")));
    }
  }

  /** A bound as the day that the command line speaks of. */
  private static String day(Optional<Instant> bound, int daysBehind) {
    return bound
        .map(time -> time.minusSeconds(86_400L * daysBehind).toString().substring(0, 10))
        .orElse("any day");
  }
}
