package org.tributary.cli;

import java.util.List;
import org.tributary.store.Counted;
import org.tributary.store.ingest.MappingDecision;
import org.tributary.store.ingest.MappingDesk;

/** Says which row is which, and what is to be decided, in eighty columns. */
final class MappingReport {

  private final Answers answers;

  MappingReport(Answers answers) {
    this.answers = answers;
  }

  /** The journal, gateway by gateway and table by table. */
  void entries(List<MappingDesk.Entry> entries) {
    String heading = "";
    for (MappingDesk.Entry each : entries) {
      String its = "%s, %s".formatted(each.gateway(), each.table());
      if (!its.equals(heading)) {
        answers.line(its);
        heading = its;
      }
      String shown =
          each.shown().isEmpty() || each.evidence().contains(each.shown())
              ? ""
              : " (" + each.shown() + ")";
      answers.wrapped(
          "  ",
          "%d → %d%s: %s, since %s%s"
              .formatted(
                  each.local(),
                  each.central(),
                  shown,
                  each.evidence(),
                  Answers.time(each.since()),
                  each.inForce() ? "" : "; in doubt"));
    }
  }

  /** What was decided. */
  void decisions(List<MappingDecision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    answers.line("Decisions");
    for (MappingDecision each : decisions) {
      String what =
          switch (each.verdict()) {
            case SAME -> "is the same as %d".formatted(each.central());
            case DIFFERENT -> "is another thing, here %d".formatted(each.central());
            case MOVED -> "was carried to it, here %d".formatted(each.central());
          };
      answers.wrapped(
          "  ",
          "%d: %s %s %d %s; by %s, %s; %s filed elsewhere, %,d stored that waited%s"
              .formatted(
                  each.number(),
                  each.gateway(),
                  each.table(),
                  each.local(),
                  what,
                  each.by(),
                  Answers.time(each.at()),
                  Counted.rows(each.moved()),
                  each.released(),
                  each.undone()
                      .map(
                          undone ->
                              "; undone by %s, %s"
                                  .formatted(undone.by(), Answers.time(undone.at())))
                      .orElse("")));
    }
  }

  /** What waits for a decision, with the commands that decide it. */
  void questions(List<MappingDesk.Question> questions) {
    for (MappingDesk.Question each : questions) {
      answers.line("");
      answers.wrapped(
          "",
          "%s %s %s, %s since %s"
              .formatted(
                  each.gateway(),
                  each.table(),
                  each.key(),
                  each.rule().words(),
                  Answers.time(each.since())));
      answers.wrapped("  ", each.reason());
      each.commands().forEach(command -> answers.line("  $ " + command));
    }
  }
}
