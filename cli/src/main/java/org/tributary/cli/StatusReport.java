package org.tributary.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tributary.edge.EdgeStatus;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.Standing;
import org.tributary.edge.Waiting;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.doctor.DurationWords;
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
    first(remote, sentence(remote));
    field("address", remote.address());
    if (exposed.contains(remote.name())) {
      answers.line("  %-13s %s".formatted("no TLS", answers.styled("bold,red", EXPOSED)));
    }
    field("last contact", lastContact(remote));
    field("last sample", lastSample(remote));
    remote.clockOffset().ifPresent(offset -> field("clock", clock(offset)));
    remote
        .lastProblem()
        .filter(problem -> !problem.equals(message(remote.failure()))) // said already
        .ifPresent(
            problem -> field("last push", (remote.lastRefused() ? "" : "broke off: ") + problem));
    waiting(remote);
    lag(remote);
    if (remote.differing() > 0) {
      field(
          "differing",
          "at least %s of before %s missing at central, or others there, when both ends were"
                  .formatted(
                      Counted.rows(remote.differing()), remote.differing() == 1 ? "was" : "were")
              + " compared last; pushes mend them, and verify --repair mends all at once");
    }
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
    first(remote, wouldHappen(remote));
    if (remote.standing() == Standing.NO_CONTACT) {
      answers.line(
          "  By what the last push noted, the next would send %s".formatted(sends(remote)));
    }
    if (remote.setAside() > 0) {
      answers.line("  %s; see tributary status.".formatted(apart(remote, "Central keeps")));
    }
    for (Waiting table : remote.waiting()) {
      field(table.table().name(), table.rows() == 0 ? "nothing" : words(table));
    }
  }

  private void first(RemoteStatus remote, String sentence) {
    Standing standing = remote.standing();
    answers.line(
        "%s: %s %s"
            .formatted(
                remote.name(),
                answers.styled(style(standing), standing.words()),
                Answers.plain(sentence)));
  }

  private static String style(Standing standing) {
    return switch (standing) {
      case ALL_SENT -> "bold,green";
      case WAITING -> "bold,cyan";
      case NO_CONTACT -> "bold,yellow";
      case ACTION_NEEDED -> "bold,red";
    };
  }

  /** Why, in a sentence that follows the standing's word. */
  private String sentence(RemoteStatus remote) {
    return switch (remote.standing()) {
      case ALL_SENT -> "- nothing waits here, and central keeps nothing apart.";
      case WAITING ->
          remote.rowsWaiting() == 0
              ? "- at least %s of before differ at central; pushes mend them."
                  .formatted(Counted.rows(remote.differing()))
              : "(%s safe here) - %s"
                  .formatted(
                      Counted.rows(remote.rowsWaiting()),
                      remote.lastContact().isEmpty()
                          ? "central does not know this gateway yet; the first push sends them."
                          : whenSent(remote));
      case NO_CONTACT ->
          "%s (%s) - %s"
              .formatted(
                  remote
                      .lastContact()
                      .map(time -> "for " + DurationWords.of(Duration.between(time, status.now())))
                      .orElse("so far"),
                  remote.rowsWaiting() == 0
                      ? "nothing waits here, as far as the last push knew"
                      : Counted.rows(remote.rowsWaiting()) + " safe here",
                  message(remote.failure()));
      case ACTION_NEEDED -> "- " + actionNeeded(remote);
    };
  }

  private static String whenSent(RemoteStatus remote) {
    if (remote.rowsAhead() == 0) {
      return "the next push sends them.";
    }
    String late = "stamped ahead of this machine's clock, and sent once it is that late.";
    return remote.rowsAhead() == remote.rowsWaiting()
        ? late
        : "the next push sends them, but for %s %s"
            .formatted(Counted.rows(remote.rowsAhead()), late);
  }

  private static String actionNeeded(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      return message(remote.localFailure());
    }
    if (remote.failure().isPresent()) {
      return message(remote.failure());
    }
    if (remote.lastRefused()) {
      return "central refused what the last push brought; the reason stands below. Once that is"
          + " mended the next push goes on.";
    }
    if (remote.rowsTimeless() > 0) {
      return "%s here %s no time: the logger has to give them one, or they can be deleted."
          .formatted(
              Counted.rows(remote.rowsTimeless()), remote.rowsTimeless() == 1 ? "has" : "have");
    }
    return apart(remote, "central keeps") + "; the reasons stand below.";
  }

  /** A remote that keeps nothing apart itself has it kept here. */
  private static String apart(RemoteStatus remote, String central) {
    String rows = Counted.rows(remote.setAside());
    return remote.caveat().isPresent()
        ? rows + " can't go there as they are, and are kept apart"
        : "%s %s apart".formatted(central, rows);
  }

  private String lastContact(RemoteStatus remote) {
    return remote
        .lastContact()
        .map(time -> Answers.age(time, status.now()) + source(remote))
        .orElse(remote.failure().isEmpty() ? "never, says central" : "not known");
  }

  private String lastSample(RemoteStatus remote) {
    return remote
        .lastSample()
        .map(time -> Answers.age(time, status.now()) + source(remote))
        .orElse(remote.failure().isEmpty() ? "none yet, says central" : "not known");
  }

  private static String source(RemoteStatus remote) {
    return remote.failure().isEmpty() ? "" : " (as the last push noted)";
  }

  private static String clock(Duration ahead) {
    if (ahead.abs().compareTo(Duration.ofSeconds(2)) < 0) {
      return "agreed with central's at the last contact";
    }
    return "%s %s central's at the last contact"
        .formatted(DurationWords.of(ahead), ahead.isNegative() ? "behind" : "ahead of");
  }

  private void waiting(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      field("waiting", "not known: the local database can't be read");
      return;
    }
    List<Waiting> some = remote.waiting().stream().filter(table -> table.rows() > 0).toList();
    if (some.isEmpty()) {
      field("waiting", "nothing" + source(remote));
    }
    String label = "waiting";
    for (Waiting table : some) {
      field(label, "%-11s %s".formatted(table.table().name(), words(table)));
      label = "";
    }
  }

  /** How far central is behind, and when it will probably have caught up. */
  private void lag(RemoteStatus remote) {
    remote
        .oldestWaiting()
        .ifPresent(oldest -> field("oldest", Answers.age(oldest, status.now()) + source(remote)));
    remote
        .timeLeft()
        .ifPresent(
            range ->
                field(
                    "time left",
                    "%s to %s at the pace of the last pushes, once central can be reached"
                        .formatted(
                            DurationWords.of(range.shortest()),
                            DurationWords.of(range.longest()))));
  }

  private static String words(Waiting waiting) {
    StringBuilder words = new StringBuilder("%12s".formatted(Counted.rows(waiting.rows())));
    if (!waiting.table().isSeries()) {
      words.append(", the whole table");
    } else {
      words.append(waiting.after().map(key -> " after " + key).orElse(" from its beginning"));
    }
    if (waiting.future() > 0) {
      words.append(
          "; %,d of them stamped in the future, to be set aside".formatted(waiting.future()));
    }
    if (waiting.ahead() > 0) {
      words.append(
          "; %,d of them stamped ahead of the clock, held back".formatted(waiting.ahead()));
    }
    return words.toString();
  }

  private void setAside(RemoteStatus remote) {
    if (remote.setAside() == 0) {
      boolean known = remote.failure().isEmpty() || remote.lastContact().isPresent();
      field("set aside", known ? "nothing" + source(remote) : "not known");
      return;
    }
    field(
        "set aside",
        Counted.rows(remote.setAside()) + source(remote) + byRule(remote.setAsideByRule()));
    Set<Rule> shown = EnumSet.noneOf(Rule.class);
    for (SetAside row : remote.firstSetAside()) {
      if (shown.add(row.rule())) {
        field("", row.rule().words() + ", the first:");
        field("", "  %s %s: %s".formatted(row.table(), row.key(), row.reason()));
      }
    }
  }

  /** {@code : 12 clock untrusted, 3 parent missing}; nothing where central does not answer. */
  private static String byRule(Map<Rule, Long> rows) {
    return rows.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> "%,d %s".formatted(each.getValue(), each.getKey().words()))
        .collect(Collectors.joining(", ", rows.isEmpty() ? "" : ": ", ""));
  }

  private static String wouldHappen(RemoteStatus remote) {
    if (remote.localFailure().isPresent()) {
      return "- a push would fail: " + message(remote.localFailure());
    }
    if (remote.standing() == Standing.NO_CONTACT) {
      return "- a push would not get through: " + message(remote.failure());
    }
    if (remote.failure().isPresent()) {
      return "- a push would be refused: " + message(remote.failure());
    }
    String next = "a push would send " + sends(remote);
    if (remote.lastRefused()) {
      return "- central answers, and a push would try again and send %s; the last one was refused: %s"
          .formatted(
              remote.rowsWaiting() == 0 ? "nothing" : Counted.rows(remote.rowsWaiting()),
              remote.lastProblem().orElse("no reason"));
    }
    if (remote.rowsTimeless() > 0) {
      return "- %s Of the others %s".formatted(actionNeeded(remote), next);
    }
    return remote.setAside() > 0
        ? "- look at the rows that are kept apart. Of the others %s".formatted(next)
        : "- " + next;
  }

  private static String sends(RemoteStatus remote) {
    return remote.rowsWaiting() == 0 ? "nothing." : Counted.rows(remote.rowsWaiting()) + ":";
  }

  private static String message(Optional<? extends Exception> failure) {
    return failure.map(each -> String.valueOf(each.getMessage())).orElse("");
  }

  private void field(String label, String text) {
    // Not stripped at the front: further lines of a field are indented.
    answers.line("  %-13s %s".formatted(label, text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")));
  }
}
