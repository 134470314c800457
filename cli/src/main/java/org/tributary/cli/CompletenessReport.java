package org.tributary.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.store.completeness.Cause;
import org.tributary.store.completeness.Gap;
import org.tributary.store.completeness.HouseCompleteness;
import org.tributary.store.completeness.HouseCompleteness.GatewayReach;
import org.tributary.store.completeness.NodeDay;
import org.tributary.wire.Backlog;

/** Says for people how complete a house is. */
final class CompletenessReport {

  private static final int MOST_LINES = 60;

  private final Answers answers;
  private final boolean allDays;

  /**
   * @param allDays whether days are told as well of which nothing is missing
   */
  CompletenessReport(Answers answers, boolean allDays) {
    this.answers = answers;
    this.allDays = allDays;
  }

  void print(HouseCompleteness house) {
    answers.line(
        "House %d, %s%s, from %s to %s"
            .formatted(
                house.house().id(),
                Answers.plain(house.house().address()),
                house.house().deployment().map(name -> " (" + Answers.plain(name) + ")").orElse(""),
                Answers.time(house.from()),
                Answers.time(house.until())));
    if (house.gateways().isEmpty()) {
      answers.line("  No gateway has told of it: what it should have is told by its rhythm alone.");
    }
    house.gateways().forEach(this::print);
    if (house.days().isEmpty()) {
      answers.line("  Nothing is here, and nothing is known to be missing.");
      answers.line("");
      return;
    }
    boolean complete = house.isComplete();
    answers.line(
        "  %s: %s of %,d expected %s here%s"
            .formatted(
                answers.styled(complete ? "green" : "yellow", complete ? "complete" : "incomplete"),
                Counted.of(house.present(), "reading"),
                house.expected(),
                house.present() == 1 ? "is" : "are",
                complete ? "" : ", " + missing(house)));
    days(house.days().stream().filter(day -> allDays || !day.isComplete()).toList());
    gaps(house.gaps());
    answers.line("");
  }

  private void print(GatewayReach gateway) {
    answers.line(
        "  Gateway %s: last contact %s, sent in order up to %s%s"
            .formatted(
                Answers.plain(gateway.gateway()),
                Answers.time(gateway.lastContact()),
                gateway.reached().map(Answers::time).orElse("nothing yet"),
                gateway.unsent() == 0
                    ? ""
                    : String.format(Locale.ROOT, "; it has %,d more", gateway.unsent())));
    for (Backlog.Span span : gateway.backlog().spans()) {
      answers.line(
          "    still sending those from %s to %s, newest first"
              .formatted(Answers.time(span.from()), Answers.time(span.until())));
    }
  }

  private static String missing(HouseCompleteness house) {
    String known =
        String.format(
            Locale.ROOT,
            "%,d still on the gateway, %,d set aside",
            house.waiting(),
            house.setAside());
    String lost = causes(house.lost());
    return lost.isEmpty() ? known : known + "; by cause: " + lost;
  }

  private static String causes(Map<Cause, Long> lost) {
    return lost.entrySet().stream()
        .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey().words(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void days(List<NodeDay> days) {
    if (days.isEmpty()) {
      return;
    }
    answers.line(
        "  %-10s %8s %9s %9s %9s %9s  %s"
            .formatted("day", "node", "expected", "here", "waiting", "set aside", "missing, why"));
    for (NodeDay day : days.subList(0, Math.min(days.size(), MOST_LINES))) {
      answers.line(
          String.format(
              Locale.ROOT,
              "  %-10s %8d %,9d %,9d %,9d %,9d  %s",
              day.day(),
              day.node(),
              day.expected(),
              day.present(),
              day.waiting(),
              day.setAside().values().stream().mapToLong(Long::longValue).sum(),
              causes(day.lost())));
    }
    more(days.size(), "days");
  }

  private void gaps(List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    answers.line("  Gaps:");
    for (Gap gap : gaps.subList(0, Math.min(gaps.size(), MOST_LINES))) {
      answers.line(
          String.format(
              Locale.ROOT,
              "  %8d  %s to %s, %s: %s (%s)",
              gap.node(),
              Answers.time(gap.from()),
              Answers.time(gap.until()),
              Counted.of(gap.rows(), "reading"),
              answers.styled("bold", gap.cause().words()),
              Answers.plain(gap.evidence())));
    }
    more(gaps.size(), "gaps");
  }

  private void more(int count, String what) {
    if (count > MOST_LINES) {
      answers.line(
          "  … and %d more %s; --json prints them all".formatted(count - MOST_LINES, what));
    }
  }
}
