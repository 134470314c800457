package org.tributary.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.NodeDay;
import org.tributary.wire.Rule;

/** Says in a few lines what of a house's readings is missing, and why. */
final class MissingReport {

  private final Answers answers;

  MissingReport(Answers answers) {
    this.answers = answers;
  }

  void print(HouseCompleteness house) {
    long missing = house.expected() - house.present();
    if (missing == 0 && house.isStillSent()) {
      answers.line(
          answers.styled("yellow", "incomplete")
              + "   the gateway sends newer readings first; these are on their way");
      return;
    }
    if (missing == 0) {
      answers.line(
          house.expected() == 0
              ? answers.styled("yellow", "nothing there") + "   and nothing known to be missing"
              : answers.styled("green", "complete") + "   nothing is missing");
      return;
    }
    answers.line(
        String.format(
            Locale.ROOT,
            "%s   %,d of %,d expected readings are missing (%.2f %%):",
            answers.styled("yellow", "incomplete"),
            missing,
            house.expected(),
            Math.ceil(missing * 10_000.0 / house.expected()) / 100));
    line(house.waiting(), "on the gateway, as it says");
    setAside(house).forEach((rule, rows) -> line(rows, "set aside: " + rule.words()));
    house.lost().forEach((cause, rows) -> line(rows, "missed in its rhythm: " + cause.words()));
  }

  private void line(long rows, String why) {
    if (rows > 0) {
      answers.line(String.format(Locale.ROOT, "  %,12d  %s", rows, why));
    }
  }

  private static Map<Rule, Long> setAside(HouseCompleteness house) {
    Map<Rule, Long> counts = new EnumMap<>(Rule.class);
    for (NodeDay day : house.days()) {
      day.setAside().forEach((rule, rows) -> counts.merge(rule, rows, Long::sum));
    }
    return counts;
  }
}
