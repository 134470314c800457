package org.tributary.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.edge.NextCycle;
import org.tributary.edge.Waiting;
import org.tributary.store.Counted;
import org.tributary.wire.Plan;
import org.tributary.wire.Rule;

/** Says what would be done with which row, in eighty columns. */
final class PlanReport {

  private static final int MOST_ROWS = 10;

  private final Answers answers;
  private final boolean all;

  /**
   * @param all whether to tell every row, and not some of a kind
   */
  PlanReport(Answers answers, boolean all) {
    this.answers = answers;
    this.all = all;
  }

  /** What the next push would do with one remote. */
  void print(String remote, NextCycle.Foreseen foreseen) {
    long readings =
        foreseen.waiting().stream()
            .filter(each -> each.table().isSeries())
            .mapToLong(Waiting::rows)
            .sum();
    if (foreseen.plan().isEmpty()) {
      answers.wrapped(
          "",
          remote
              + ": it can't say beforehand what is which there; `tributary push --dry-run` says"
              + " what would be sent");
      waiting(readings);
      return;
    }
    Plan plan = foreseen.plan().get();
    String heard = foreseen.known() ? "" : " (it has never heard of this gateway)";
    if (plan.isQuiet()) {
      answers.line(remote + ": a push would match nothing anew" + heard);
      notes(plan);
    } else {
      answers.line(remote + ": a push would" + heard);
      print(plan);
    }
    waiting(readings);
  }

  private void waiting(long readings) {
    if (readings > 0) {
      answers.line("  " + Counted.rows(readings) + " of readings and node states wait to be sent");
    }
  }

  /** What would be done. */
  void print(Plan plan) {
    Map<String, List<Plan.Step>> kinds = new LinkedHashMap<>();
    for (Plan.Step step : plan.steps()) {
      kinds.computeIfAbsent(step.table() + " " + verb(step), kind -> new ArrayList<>()).add(step);
    }
    kinds.values().forEach(this::kind);
    List<Plan.Apart> fresh = plan.apart().stream().filter(each -> !each.before()).toList();
    List<Plan.Apart> standing = plan.apart().stream().filter(Plan.Apart::before).toList();
    apart("set aside", fresh);
    apart("leave set aside", standing);
    effect(plan.effect());
    taken(plan.taken());
    notes(plan);
  }

  /** What is to be looked at besides. */
  private void notes(Plan plan) {
    int most = all ? plan.notes().size() : Math.min(MOST_ROWS, plan.notes().size());
    plan.notes().subList(0, most).forEach(note -> answers.wrapped("  ", note));
    if (most < plan.notes().size()) {
      answers.line("  … and %,d more (--all)".formatted(plan.notes().size() - most));
    }
  }

  private void taken(List<String> changes) {
    if (changes.isEmpty()) {
      return;
    }
    answers.line("  take " + Counted.of(changes.size(), "change") + " from central");
    int most = all ? changes.size() : Math.min(MOST_ROWS, changes.size());
    changes.subList(0, most).forEach(change -> answers.wrapped("    ", change));
    if (most < changes.size()) {
      answers.line("    … and %,d more (--all)".formatted(changes.size() - most));
    }
  }

  private void effect(Plan.Effect effect) {
    if (effect.moved() > 0) {
      answers.line(
          "  file " + Counted.rows(effect.moved()) + " of readings and node states elsewhere");
    }
    if (effect.released() > 0) {
      answers.line(
          "  store %s that %s waited for these"
              .formatted(Counted.rows(effect.released()), effect.released() == 1 ? "has" : "have"));
    }
    if (effect.waiting() > 0) {
      answers.line("  leave " + Counted.rows(effect.waiting()) + " waiting for what they refer to");
    }
  }

  private void kind(List<Plan.Step> steps) {
    Plan.Step first = steps.get(0);
    Map<String, List<Plan.Step>> alike = new LinkedHashMap<>();
    steps.forEach(
        step ->
            alike
                .computeIfAbsent(
                    step.changes().isEmpty() ? step.evidence() : row(step), e -> new ArrayList<>())
                .add(step));
    answers.line(
        String.format(
            Locale.ROOT,
            "  %s %,d %s",
            verb(first),
            steps.size(),
            first.table() + (steps.size() == 1 ? "" : " rows")));
    int told = 0;
    for (List<Plan.Step> each : alike.values()) {
      if (told == MOST_ROWS && !all) {
        answers.line("    … and %,d more (--all)".formatted(alike.size() - told));
        break;
      }
      told++;
      if (each.size() == 1) {
        one(each.get(0));
      } else {
        answers.wrapped("    ", ids(each) + ": " + each.get(0).evidence());
      }
    }
  }

  private static String ids(List<Plan.Step> steps) {
    return list(steps.stream().map(step -> String.valueOf(step.local().orElse(0L))).toList());
  }

  private static String list(List<String> keys) {
    int shown = Math.min(keys.size(), 12);
    String some = String.join(", ", keys.subList(0, shown));
    return keys.size() == shown ? some : some + " and %,d more".formatted(keys.size() - shown);
  }

  private void one(Plan.Step step) {
    answers.wrapped("    ", row(step));
    for (Plan.Change each : step.changes()) {
      answers.wrapped(
          "      ", "%s: %s → %s".formatted(each.column(), cell(each.from()), cell(each.to())));
    }
  }

  private static String row(Plan.Step step) {
    String row = step.local().map(String::valueOf).orElse("(nobody's)");
    String shown =
        step.shown().isEmpty() || step.evidence().contains(step.shown())
            ? ""
            : " (" + step.shown() + ")";
    String there = step.central().map(id -> " → " + id).orElse("");
    String evidence = step.evidence().isEmpty() ? "" : ": " + step.evidence();
    return row + there + shown + evidence;
  }

  private static String cell(@Nullable String value) {
    return value == null ? "nothing" : value;
  }

  private static String verb(Plan.Step step) {
    return switch (step.act()) {
      case MATCHED -> "match";
      case CREATED -> "create";
      case MATCHED_ANEW -> "match anew";
      case CHANGED -> "change";
      case IN_DOUBT -> "take in doubt";
      case FORGOTTEN -> "forget";
    };
  }

  private void apart(String verb, List<Plan.Apart> rows) {
    if (rows.isEmpty()) {
      return;
    }
    answers.line("  %s %s".formatted(verb, Counted.rows(rows.size())));
    int told = 0;
    Map<String, List<String>> waiting = new LinkedHashMap<>();
    for (Plan.Apart each : rows) {
      if (each.what().rule() == Rule.PARENT_MISSING) {
        waiting
            .computeIfAbsent(each.what().table(), table -> new ArrayList<>())
            .add(each.what().key());
        continue;
      }
      if (told++ == MOST_ROWS && !all) {
        answers.line("    … and %,d more (--all)".formatted(rows.size() - MOST_ROWS));
        return;
      }
      answers.wrapped(
          "    ",
          "%s %s, %s: %s"
              .formatted(
                  each.what().table(),
                  each.what().key(),
                  each.what().rule().words(),
                  each.what().reason()));
    }
    waiting.forEach(
        (table, keys) ->
            answers.wrapped(
                "    ", "%s %s: waits for what it refers to".formatted(table, list(keys))));
  }
}
