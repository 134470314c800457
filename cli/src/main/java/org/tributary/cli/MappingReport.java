package org.tributary.cli;

import java.util.List;
import java.util.Map;
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

  /**
   * What was decided.
   *
   * @param putBack what gateways have not put back yet, by the number of a decision
   */
  void decisions(List<MappingDecision> decisions, Map<Long, List<String>> putBack) {
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
      putBack
          .getOrDefault(each.number(), List.of())
          .forEach(line -> answers.wrapped("    ", "the gateway is still to put back: " + line));
    }
  }

  /** Houses that look alike and may be two, with the commands that say what they are. */
  void sharings(List<MappingDesk.Sharing> sharings) {
    for (MappingDesk.Sharing each : sharings) {
      answers.line("");
      answers.wrapped("", "%s %s".formatted(each.gateway(), each.evidence()));
      answers.line("  That it is one house, nobody has said. If it is:");
      answers.line("  $ " + each.commands().get(0));
      if (each.commands().size() > 1) {
        answers.line("  If these are two that look alike, in this order:");
      }
      each.commands().stream().skip(1).forEach(command -> answers.line("  $ " + command));
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
