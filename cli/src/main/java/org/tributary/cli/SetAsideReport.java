package org.tributary.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tributary.store.Counted;
import org.tributary.store.ingest.Remedy;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;

/** Says what is set aside, what became of it, and why, in eighty columns. */
final class SetAsideReport {

  private final Answers answers;

  SetAsideReport(Answers answers) {
    this.answers = answers;
  }

  /** How many rows there are, by gateway, table and rule. */
  void counts(List<SetAsideCount> counts) {
    answers.line("%-32s %-11s %-25s %9s".formatted("gateway", "table", "rule", "rows"));
    for (SetAsideCount count : counts) {
      answers.line(
          "%-32s %-11s %-25s %,9d"
              .formatted(
                  Answers.plain(count.gateway().value()),
                  count.table(),
                  count.rule().words(),
                  count.rows()));
    }
  }

  /** What can be done about them. */
  void remedies(List<SetAsideCount> counts) {
    Map<List<String>, Set<String>> tables = new LinkedHashMap<>();
    for (SetAsideCount count : counts) {
      Remedy remedy = Remedy.of(count.gateway(), count.table(), count.rule());
      tables
          .computeIfAbsent(
              List.of(count.rule().words(), remedy.words()), either -> new LinkedHashSet<>())
          .add(count.table());
    }
    answers.line("");
    answers.line("What helps:");
    tables.forEach(
        (rule, which) ->
            answers.wrapped(
                "  ", "%s, %s: %s".formatted(String.join(", ", which), rule.get(0), rule.get(1))));
  }

  /** Each row: which, since when, and why. */
  void rows(List<SetAsideRow> rows) {
    for (SetAsideRow row : rows) {
      answers.line("");
      answers.wrapped(
          "", "%s %s %s".formatted(row.gateway(), row.what().table(), row.what().key()));
      answers.line(
          row.time()
              .map(time -> "  stamped %s".formatted(Answers.time(time)))
              .orElse("  without a time that can be read"));
      answers.line(
          "  %s, since %s".formatted(row.what().rule().words(), Answers.time(row.since())));
      answers.wrapped("  ", row.what().reason());
      row.decided()
          .ifPresent(
              done ->
                  answers.wrapped(
                      "  ", "dropped %s by %s".formatted(Answers.time(done.at()), done.by())));
    }
  }

  /** Rows that stay, by the rule, with the reason of the first of each. */
  void stays(Map<Rule, SetAsideReplayCommand.Staying> rows) {
    rows.forEach(
        (rule, staying) -> {
          SetAsideRow first = staying.first().row();
          answers.line(
              "  %s, %s, the first:".formatted(Counted.rows(staying.rows()), rule.words()));
          answers.wrapped(
              "    ",
              "%s %s: %s"
                  .formatted(
                      first.what().table(),
                      first.what().key(),
                      staying.first().stays().orElse("")));
        });
  }
}
