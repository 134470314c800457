package org.tributary.edge.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.edge.RemoteStatus;
import org.tributary.edge.RunningPush;
import org.tributary.edge.Waiting;
import org.tributary.edge.words.ApartWords;
import org.tributary.edge.words.ContactWords;
import org.tributary.edge.words.StandingWords;
import org.tributary.edge.words.TimeWords;
import org.tributary.edge.words.WaitingWords;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;
import org.tributary.wire.Tables;

/** How it stands with each remote. */
final class CentralCheck {

  private static final int MOST_REMOTES = 12;

  private CentralCheck() {}

  static Check of(Look look) {
    List<Html> remotes = new ArrayList<>();
    look.remotes().stream()
        .limit(MOST_REMOTES)
        .forEach(remote -> remotes.add(remote(look, remote)));
    long good =
        look.remotes().stream()
            .filter(remote -> Shape.of(remote.status().standing()) == Shape.GOOD)
            .count();
    String words =
        look.remotes().size() == 1
            ? look.words(look.worst()).headline().toLowerCase(Locale.ROOT)
            : "%,d of %s have all".formatted(good, Counted.of(look.remotes().size(), "remote"));
    return new Check(Shape.of(look.worst().status().standing()), "Central", words, remotes);
  }

  private static Html remote(Look look, RunningPush.Remote remote) {
    RemoteStatus status = remote.status();
    StandingWords standing = look.words(remote);
    ContactWords contact = new ContactWords(status, look.at());
    WaitingWords waiting = new WaitingWords(status, look.at());
    List<Html> facts = new ArrayList<>();
    boolean only = look.remotes().size() == 1;
    if (only) {
      facts.add(fact("remote", status.name()));
    }
    facts.add(fact("last contact", contact.lastContact()));
    facts.add(fact("last sample there", contact.lastSample()));
    facts.add(
        fact(
            "oldest unsent",
            status.localFailure().isPresent()
                ? "not known"
                : waiting.oldest().orElse(status.rowsWaiting() == 0 ? "nothing waits" : "–")));
    if (status.rowsWaiting() > 0) {
      facts.add(fact("waiting", waiting(waiting.tables())));
    }
    verified(status).ifPresent(time -> facts.add(fact("verified", verified(time, look))));
    waiting.differing().ifPresent(words -> facts.add(fact("differing", words)));
    if (status.setAside() > 0) {
      facts.add(
          fact(
              "set aside",
              Counted.rows(status.setAside()) + ApartWords.counted(status.setAsideByRule())));
    }
    contact.clock().ifPresent(clock -> facts.add(fact("clock", clock)));
    contact.lastProblem().ifPresent(problem -> facts.add(fact("last push", problem)));
    status.caveat().ifPresent(caveat -> facts.add(fact("note", caveat)));
    return Html.of(
        """
        <div class="remote">%s
        <dl>%s</dl></div>\
        """,
        only
            ? Html.NONE
            : Html.of(
                "<h3>%s %s <small>%s</small></h3>",
                Shape.of(status.standing()).drawn(),
                Html.foreign(status.name(), 60),
                standing.headline()),
        Html.all(facts));
  }

  /** {@code 3,412 readings, 120 node states, 96 rows of 4 other tables}. */
  private static String waiting(List<Waiting> tables) {
    List<String> words = new ArrayList<>();
    long others = 0;
    int otherTables = 0;
    for (Waiting table : tables) {
      if (table.table().equals(Tables.READING)) {
        words.add(0, Counted.of(table.rows(), "reading"));
      } else if (table.table().equals(Tables.NODE_STATE)) {
        words.add(Counted.of(table.rows(), "node state"));
      } else {
        others += table.rows();
        otherTables++;
      }
    }
    if (otherTables > 0) {
      words.add("%s of %s".formatted(Counted.rows(others), Counted.of(otherTables, "whole table")));
    }
    return String.join(", ", words);
  }

  /** When the last days were found to be the same; empty where a way can't compare them. */
  private static Optional<Instant> verified(RemoteStatus status) {
    return status.caveat().isPresent() || status.differing() > 0 || status.failure().isPresent()
        ? Optional.empty()
        : status.work().flatMap(RemoteStatus.Work::delivered);
  }

  private static String verified(Instant time, Look look) {
    return "%s: the last days were compared, and nothing differs; all of the past comes round in %s"
        .formatted(TimeWords.ago(time, look.at()), DurationWords.of(look.sweep()));
  }

  private static Html fact(String name, String words) {
    return Html.of("<div><dt>%s<dd>%s</div>", name, Html.foreign(words));
  }
}
