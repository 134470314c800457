package org.tributary.cli;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.tributary.edge.EdgeStatus;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.Standing;
import org.tributary.edge.Waiting;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.words.ApartWords;
import org.tributary.edge.words.ContactWords;
import org.tributary.edge.words.Failure;
import org.tributary.edge.words.StandingWords;
import org.tributary.edge.words.WaitingWords;
import org.tributary.store.Counted;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import picocli.CommandLine;

/** Says how a gateway stands with its remotes, or what a push would send to them. */
final class StatusReport {

  enum Kind {
    STATUS,
    DRY_RUN
  }

  private static final String EXPOSED =
      "insecure_http = yes: everybody on the way can read along, and take the key";

  private final Answers answers;
  private final EdgeStatus status;

  private final Set<String> exposed;

  private StatusReport(Answers answers, EdgeStatus status, Set<String> exposed) {
    this.answers = answers;
    this.status = status;
    this.exposed = exposed;
  }

  /** Finds out and prints; the exit code that a push would end with. */
  static int print(EdgeConfig config, CommandLine commandLine, Kind kind) {
    EdgeStatus status = EdgeStatus.of(config, Version.text(), Clock.systemUTC());
    StatusReport report = new StatusReport(new Answers(commandLine), status, exposed(config));
    report.answers.line(
        "Gateway %s reads %s".formatted(status.gateway(), config.local().printable()));
    ExitCode first = ExitCode.OK;
    for (RemoteStatus remote : status.remotes()) {
      report.answers.line("");
      switch (kind) {
        case STATUS -> report.status(remote);
        case DRY_RUN -> report.dryRun(remote);
      }
      first = first.orFirst(code(remote));
    }
    if (kind == Kind.DRY_RUN) {
      report.answers.line("");
      report.answers.line("Nothing was sent, and nothing was changed.");
    }
    return first.number();
  }

  private static Set<String> exposed(EdgeConfig config) {
    return config.remotes().stream()
        .filter(RemoteConfig::isExposed)
        .map(RemoteConfig::name)
        .collect(Collectors.toSet());
  }

  private static ExitCode code(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      return Failures.code(remote.localFailure().get());
    }
    if (remote.failure().isPresent()) {
      return Failures.code(remote.failure().get());
    }
    if (remote.lastRefused()) {
      return ExitCode.REFUSED;
    }
    return remote.setAside() > 0 || remote.rowsTimeless() > 0 ? ExitCode.SET_ASIDE : ExitCode.OK;
  }

  private void status(RemoteStatus remote) {
    first(remote, words(remote).headline(), "- " + words(remote).sentence());
    field("address", remote.address());
    if (exposed.contains(remote.name())) {
      answers.line("  %-13s %s".formatted("no TLS", answers.styled("bold,red", EXPOSED)));
    }
    ContactWords contact = new ContactWords(remote, status.now());
    field("last contact", contact.lastContact());
    field("last sample", contact.lastSample());
    contact.clock().ifPresent(clock -> field("clock", clock));
    contact.lastProblem().ifPresent(problem -> field("last push", problem));
    waiting(remote);
    new WaitingWords(remote, status.now())
        .differing()
        .ifPresent(words -> field("differing", words));
    if (remote.kept() > 0) {
      field("kept", Counted.rows(remote.kept()) + " at central that are not here any more");
    }
    for (Waiting table : remote.waiting()) {
      if (table.timeless() > 0) {
        field(
            "without time",
            "%-11s %12s".formatted(table.table().name(), Counted.rows(table.timeless())));
      }
    }
    setAside(remote);
    if (remote.untaken() > 0) {
      field(
          "edited there",
          "%s of metadata at central, %s"
              .formatted(
                  Counted.of(remote.untaken(), "field"),
                  remote.takes()
                      ? "to be taken by the next push"
                      : "not taken: metadata = both in [%s] takes such edits"
                          .formatted(remote.name())));
    }
    remote.caveat().ifPresent(caveat -> field("note", caveat));
  }

  private void dryRun(RemoteStatus remote) {
    first(remote, remote.standing().words(), wouldHappen(remote));
    if (remote.standing() == Standing.WAITING_FOR_NETWORK) {
      answers.line(
          "  By what the last push noted, the next would send %s".formatted(sends(remote)));
    }
    if (remote.setAside() > 0) {
      answers.line("  %s; see tributary status.".formatted(words(remote).apart("Central keeps")));
    }
    for (Waiting table : remote.waiting()) {
      field(table.table().name(), table.rows() == 0 ? "nothing" : WaitingWords.of(table));
    }
  }

  private StandingWords words(RemoteStatus remote) {
    return new StandingWords(remote, status.now());
  }

  private void first(RemoteStatus remote, String headline, String sentence) {
    answers.line(
        "%s: %s %s"
            .formatted(
                remote.name(),
                answers.styled(style(remote.standing()), headline),
                Answers.plain(sentence)));
  }

  private static String style(Standing standing) {
    return switch (standing) {
      case ALL_SENT -> "bold,green";
      case ASKING, SENDING, WAITING -> "bold,cyan";
      case WAITING_FOR_NETWORK -> "bold,yellow";
      case ACTION_NEEDED -> "bold,red";
    };
  }

  private void waiting(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      field("waiting", "not known: the local database can't be read");
      return;
    }
    WaitingWords words = new WaitingWords(remote, status.now());
    String source = source(remote);
    if (words.tables().isEmpty()) {
      field("waiting", "nothing" + source);
    }
    String label = "waiting";
    for (Waiting table : words.tables()) {
      field(label, "%-11s %s".formatted(table.table().name(), WaitingWords.of(table)));
      label = "";
    }
    words.oldest().ifPresent(oldest -> field("oldest", oldest + source));
    words.timeLeft().ifPresent(left -> field("time left", left));
  }

  private String source(RemoteStatus remote) {
    return new ContactWords(remote, status.now()).source();
  }

  private void setAside(RemoteStatus remote) {
    if (remote.setAside() == 0) {
      boolean known = remote.failure().isEmpty() || remote.lastContact().isPresent();
      field("set aside", known ? "nothing" + source(remote) : "not known");
      return;
    }
    field(
        "set aside",
        Counted.rows(remote.setAside())
            + source(remote)
            + ApartWords.counted(remote.setAsideByRule()));
    Set<Rule> shown = EnumSet.noneOf(Rule.class);
    for (SetAside row : remote.firstSetAside()) {
      if (shown.add(row.rule())) {
        field("", row.rule().words() + ", the first:");
        field("", "  %s %s: %s".formatted(row.table(), row.key(), row.reason()));
      }
    }
  }

  private String wouldHappen(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      return "- a push would fail: " + Failure.words(remote.localFailure());
    }
    if (remote.standing() == Standing.WAITING_FOR_NETWORK) {
      return "- a push would not get through: " + Failure.words(remote.failure());
    }
    if (remote.failure().isPresent()) {
      return "- a push would be refused: " + Failure.words(remote.failure());
    }
    String next = "a push would send " + sends(remote);
    if (remote.lastRefused()) {
      return "- central answers, and a push would try again and send %s; the last one was refused: %s"
          .formatted(
              remote.rowsWaiting() == 0 ? "nothing" : Counted.rows(remote.rowsWaiting()),
              remote.lastProblem().orElse("no reason"));
    }
    if (remote.rowsTimeless() > 0) {
      return "- %s Of the others %s".formatted(words(remote).actionNeeded(), next);
    }
    return remote.setAside() > 0
        ? "- look at the rows that are kept apart. Of the others %s".formatted(next)
        : "- " + next;
  }

  private static String sends(RemoteStatus remote) {
    return remote.rowsWaiting() == 0 ? "nothing." : Counted.rows(remote.rowsWaiting()) + ":";
  }

  private void field(String label, String text) {
    // Not stripped at the front: further lines of a field are indented.
    answers.line("  %-13s %s".formatted(label, text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")));
  }
}
