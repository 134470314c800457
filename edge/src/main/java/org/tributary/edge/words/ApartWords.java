package org.tributary.edge.words;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.wire.Rule;

/**
 * Why rows are kept apart, and what helps, for a person at the gateway.
 *
 * @param why as in "… rows that <i>have times that can't be believed</i>"
 * @param action what to do, a sentence without its end
 */
public record ApartWords(String why, String action) {

  /** {@code : 12 clock untrusted, 3 parent missing}; nothing where it is not known. */
  public static String counted(Map<Rule, Long> byRule) {
    return byRule.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> "%,d %s".formatted(each.getValue(), each.getKey().words()))
        .collect(Collectors.joining(", ", byRule.isEmpty() ? "" : ": ", ""));
  }

  /** Of the rule that keeps most of them; empty if none is known. */
  static Optional<String> ofMost(Map<Rule, Long> byRule) {
    Optional<Rule> most =
        byRule.entrySet().stream()
            .filter(each -> each.getValue() > 0)
            .max(
                Map.Entry.<Rule, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .map(Map.Entry::getKey);
    return most.map(
        rule -> {
          ApartWords words = of(rule);
          String which = byRule.size() == 1 ? "they " : "most of them ";
          return which + words.why() + ". " + words.action() + ".";
        });
  }

  private static ApartWords of(Rule rule) {
    return switch (rule) {
      case CLOCK_UNTRUSTED ->
          new ApartWords(
              "have times that can't be believed",
              "See that the clock of this machine, or of the logger, is right; who runs central"
                  + " then says there what these times are worth");
      case PARENT_MISSING ->
          new ApartWords(
              "belong to a node, a place or a sensor type that is not there",
              "Register it in this gateway's database; the next push brings it, and they are stored"
                  + " by themselves");
      case KEY_MISSING ->
          new ApartWords("lack a time, a node or a type", "The logger has to write all three");
      case VALUE_NOT_HELD ->
          new ApartWords(
              "have values that can't be held there", "Mend them in this gateway's database");
      case UNREADABLE ->
          new ApartWords("can't be read", "Mend their cells in this gateway's database");
      case AMBIGUOUS ->
          new ApartWords(
              "may be one thing there or another",
              "Who runs central has to say which, in its Inbox");
      case MEANING_DIFFERS ->
          new ApartWords(
              "mean something else there",
              "Who runs central has to say what they are, in its Inbox");
      case CLAIMED ->
          new ApartWords(
              "belong to another gateway there",
              "Who runs central has to say whose they are, in its Inbox");
      case DATABASE ->
          new ApartWords(
              "were refused by the database there", "Who runs it finds why in central's log");
    };
  }
}
