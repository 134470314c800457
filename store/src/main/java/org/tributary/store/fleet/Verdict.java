package org.tributary.store.fleet;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.store.DurationWords;
import org.tributary.store.fleet.FleetGateway.Contact;
import org.tributary.store.fleet.FleetGateway.Proof;
import org.tributary.store.fleet.FleetGateway.Unsent;
import org.tributary.wire.Backlog;
import org.tributary.wire.Rule;

/** Which word describes a gateway, and why. */
record Verdict(FleetState state, String reason) {

  /** Beyond that rows are set aside, or stand under times that nobody meant. */
  static final Duration CLOCK_TRUSTED = Rule.AHEAD_TRUSTED;

  private static final Duration NEW = Duration.ofDays(1);

  /** By the name of this gateway central keeps what comes through the REST interface. */
  static final String REST = "rest";

  Verdict {
    requireNonNull(state);
    requireNonNull(reason);
  }

  /** What a verdict is found by. */
  record Facts(
      String name,
      Optional<String> stopped,
      Contact contact,
      Unsent unsent,
      Proof proof,
      Backlog backlog,
      Map<Rule, Long> setAside) {}

  static Verdict of(Facts facts, Instant now) {
    if (facts.stopped().isPresent()) {
      return new Verdict(FleetState.STOPPED, facts.stopped().get());
    }
    String silence = isSilent(facts.contact(), now) ? silence(facts.contact(), now) : "";
    if (facts.name().equals(REST)) {
      return new Verdict(
          FleetState.UPLOADS,
          sentences(
              "All clients of the REST interface together, which don't say who they are; the last"
                  + " upload came "
                  + ago(facts.contact().last(), now)
                  + ".",
              apart(facts.setAside())));
    }
    String needed = sentences(clock(facts.contact()), apart(facts.setAside()));
    if (!needed.isEmpty()) {
      return new Verdict(FleetState.ACTION_NEEDED, sentences(needed, silence));
    }
    if (!silence.isEmpty()) {
      return new Verdict(FleetState.SILENT, silence);
    }
    if (facts.proof().compared().isEmpty()) {
      boolean isNew = facts.contact().first().plus(NEW).isAfter(now);
      return new Verdict(
          isNew ? FleetState.NEW : FleetState.NOT_COMPARED,
          "First heard %s; nothing of it was compared yet, so nobody knows what it has beside what is here."
              .formatted(ago(facts.contact().first(), now)));
    }
    return heard(facts);
  }

  private static Verdict heard(Facts facts) {
    long rows = facts.unsent().rows();
    if (!facts.backlog().isEmpty()) {
      Backlog.Span newest = facts.backlog().newest().orElseThrow();
      return new Verdict(
          FleetState.CATCHING_UP,
          "Newer rows came first; it is still sending what it recorded before %s%s. Nothing of it is lost."
              .formatted(newest.until(), waiting(facts)));
    }
    if (rows > 0) {
      return new Verdict(
          FleetState.WAITING,
          "It said last that it has %s that %s not here, or not the same here; the next pushes bring %s."
              .formatted(
                  Counted.of(rows, "row"), rows == 1 ? "is" : "are", rows == 1 ? "it" : "them"));
    }
    long behind = facts.setAside().getOrDefault(Rule.PARENT_MISSING, 0L);
    if (behind > 0) {
      return new Verdict(
          FleetState.WAITING,
          "All that it said that it has came; %s of it %s apart here until what they refer to comes."
              .formatted(Counted.of(behind, "row"), behind == 1 ? "stands" : "stand"));
    }
    return new Verdict(
        FleetState.ALL_SENT, "All that it said that it has is here, the same at both ends.");
  }

  private static String waiting(Facts facts) {
    long rows = facts.unsent().rows();
    if (rows == 0) {
      return "";
    }
    return ", " + (facts.unsent().isLeast() ? "at least " : "") + Counted.of(rows, "row");
  }

  static boolean isSilent(Contact contact, Instant now) {
    return contact.last().plus(contact.silentAfter()).isBefore(now);
  }

  /** Whether a clock is off by more than is trusted. */
  static boolean isClockOff(Contact contact) {
    return contact.clockOffset().abs().compareTo(CLOCK_TRUSTED) > 0;
  }

  /** Whether rows that are set aside by a rule wait for a person. */
  static boolean isForAPerson(Rule rule) {
    return switch (rule) {
      case PARENT_MISSING -> false; // stored by itself
      case CLOCK_UNTRUSTED,
          KEY_MISSING,
          VALUE_NOT_HELD,
          UNREADABLE,
          AMBIGUOUS,
          MEANING_DIFFERS,
          CLAIMED,
          DATABASE ->
          true;
    };
  }

  private static String silence(Contact contact, Instant now) {
    return "Not heard for %s; by its habit it is in touch within %s. What it recorded since is there."
        .formatted(
            DurationWords.of(Duration.between(contact.last(), now)),
            DurationWords.of(contact.silentAfter()));
  }

  private static String clock(Contact contact) {
    Duration offset = contact.clockOffset();
    return isClockOff(contact)
        ? "Its clock is %s %s."
            .formatted(DurationWords.of(offset), offset.isNegative() ? "behind" : "ahead")
        : "";
  }

  private static String apart(Map<Rule, Long> setAside) {
    List<Map.Entry<Rule, Long>> rules =
        setAside.entrySet().stream()
            .filter(each -> isForAPerson(each.getKey()))
            .sorted(
                Map.Entry.<Rule, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    long rows = rules.stream().mapToLong(Map.Entry::getValue).sum();
    long behind = setAside.getOrDefault(Rule.PARENT_MISSING, 0L);
    return rows == 0
        ? ""
        : "%s %s kept apart: %s%s."
            .formatted(
                Counted.of(rows, "row"),
                rows == 1 ? "is" : "are",
                rules.stream()
                    .map(each -> "%,d %s".formatted(each.getValue(), each.getKey().words()))
                    .collect(Collectors.joining(", ")),
                behind == 0
                    ? ""
                    : "; %s %s for what they refer to"
                        .formatted(Counted.of(behind, "row"), behind == 1 ? "waits" : "wait"));
  }

  private static String ago(Instant time, Instant now) {
    return DurationWords.of(Duration.between(time, now)) + " ago";
  }

  private static String sentences(String... all) {
    List<String> said = new ArrayList<>(List.of(all));
    said.removeIf(String::isEmpty);
    return String.join(" ", said);
  }
}
