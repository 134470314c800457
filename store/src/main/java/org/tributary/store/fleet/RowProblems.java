package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.store.Counted;
import org.tributary.store.Engine;
import org.tributary.store.fleet.FleetGateway.House;
import org.tributary.store.report.Query;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Problems that show in rows that wait for somebody to decide. */
record RowProblems(Engine engine, List<FleetGateway> gateways) {

  private static final int MOST_REASONS = 4;

  /** Rows of one gateway that are set aside by one rule. */
  private record Apart(String gateway, String table, Rule rule, long rows, Instant since) {
    boolean isQuestion() {
      return switch (rule) {
        case AMBIGUOUS, CLAIMED, MEANING_DIFFERS -> !isOfSeries();
        case CLOCK_UNTRUSTED, PARENT_MISSING, KEY_MISSING, VALUE_NOT_HELD, UNREADABLE, DATABASE ->
            false;
      };
    }

    /** Whether it may be set aside for what a row is that it refers to. */
    boolean canWaitForAnAnswer() {
      return switch (rule) {
        case PARENT_MISSING -> true;
        case AMBIGUOUS, CLAIMED, MEANING_DIFFERS -> isOfSeries();
        case CLOCK_UNTRUSTED, KEY_MISSING, VALUE_NOT_HELD, UNREADABLE, DATABASE -> false;
      };
    }

    private boolean isOfSeries() {
      return Tables.named(table).filter(Table::isSeries).isPresent();
    }
  }

  /**
   * Each cause once: rows that wait for an answer are told with the question, and those of a clock
   * that is off with the clock.
   */
  List<Problem> all(Connection connection) throws SQLException {
    List<Problem> all = new ArrayList<>();
    Map<Rule, List<Apart>> byRule = new LinkedHashMap<>();
    Map<String, List<Apart>> questions = new LinkedHashMap<>();
    Map<String, Long> behind = new HashMap<>();
    List<Apart> apart = apart(connection);
    apart.stream()
        .filter(Apart::isQuestion)
        .forEach(
            each -> questions.computeIfAbsent(each.gateway(), name -> new ArrayList<>()).add(each));
    Set<String> clocksOff =
        gateways.stream()
            .filter(GatewayProblems::isClockToldOf)
            .map(FleetGateway::name)
            .collect(Collectors.toSet());
    for (Apart each : apart) {
      if (each.canWaitForAnAnswer() && questions.containsKey(each.gateway())) {
        behind.merge(each.gateway(), each.rows(), Long::sum);
      } else if (!each.isQuestion() && !isToldWithItsClock(each, clocksOff)) {
        byRule.computeIfAbsent(each.rule(), rule -> new ArrayList<>()).add(each);
      }
    }
    for (Map.Entry<Rule, List<Apart>> each : byRule.entrySet()) {
      all.add(setAside(each.getKey(), each.getValue(), reasons(connection, each)));
    }
    questions.forEach(
        (gateway, rows) -> all.add(question(gateway, rows, behind.getOrDefault(gateway, 0L))));
    sharings(connection).forEach((gateway, houses) -> all.add(sharing(gateway, houses)));
    all.addAll(conflicts(connection));
    return all;
  }

  private static boolean isToldWithItsClock(Apart rows, Set<String> clocksOff) {
    return rows.rule() == Rule.CLOCK_UNTRUSTED && clocksOff.contains(rows.gateway());
  }

  private List<Apart> apart(Connection connection) throws SQLException {
    return new Query(
            engine,
            """
            SELECT g.name, s.table_name, s.rule, COUNT(*), MIN(s.since)
            FROM tributary_setaside s
            JOIN tributary_gateway g ON g.id = s.gateway_id
            GROUP BY g.name, s.table_name, s.rule
            ORDER BY g.name, s.table_name, s.rule
            """)
        .all(
            connection,
            row ->
                new Apart(
                    row.text(1).orElse(""),
                    row.text(2).orElse(""),
                    Rule.valueOf(row.text(3).orElseThrow()),
                    row.number(4),
                    row.time(5)));
  }

  /** What keeps rows of a rule apart that says so in few ways; the most frequent first. */
  private List<String> reasons(Connection connection, Map.Entry<Rule, List<Apart>> apart)
      throws SQLException {
    if (apart.getKey() != Rule.PARENT_MISSING) {
      return List.of(); // each row has another
    }
    record Reason(String gateway, String words, long rows) {}
    List<Reason> all =
        new Query(
                engine,
                """
                SELECT g.name, s.reason, COUNT(*)
                FROM tributary_setaside s
                JOIN tributary_gateway g ON g.id = s.gateway_id
                WHERE s.rule = ?
                GROUP BY g.name, s.reason
                ORDER BY COUNT(*) DESC, g.name, s.reason
                """)
            .with(apart.getKey().name())
            .all(
                connection,
                row -> new Reason(row.text(1).orElse(""), row.text(2).orElse(""), row.number(3)));
    List<String> names = names(apart.getValue());
    return all.stream()
        .filter(reason -> names.contains(reason.gateway()))
        .map(
            reason ->
                "%s: %s (%s)"
                    .formatted(reason.gateway(), reason.words(), Counted.of(reason.rows(), "row")))
        .toList();
  }

  private Problem setAside(Rule rule, List<Apart> rows, List<String> reasons) {
    long count = rows.stream().mapToLong(Apart::rows).sum();
    String option = "--rule " + rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return problem(
        ProblemKind.SET_ASIDE,
        "%s %s kept apart: %s"
            .formatted(Counted.of(count, "row"), count == 1 ? "is" : "are", rule.words()),
        since(rows),
        names(rows),
        "Nothing is lost: they are here, and can be stored later.",
        step(rule) + most(reasons),
        rule == Rule.CLOCK_UNTRUSTED
            ? List.of(
                "tributary setaside list %s --db URL".formatted(option),
                "tributary setaside replay %s --trust-clock --db URL".formatted(option),
                "tributary setaside replay %s --shift SECONDS --db URL".formatted(option))
            : List.of(
                "tributary setaside list %s --db URL".formatted(option),
                "tributary setaside replay %s --db URL".formatted(option)));
  }

  private static String most(List<String> reasons) {
    if (reasons.isEmpty()) {
      return "";
    }
    String first = reasons.stream().limit(MOST_REASONS).collect(Collectors.joining("; "));
    int more = reasons.size() - MOST_REASONS;
    return " " + first + (more > 0 ? "; and " + Counted.of(more, "other reason") : "") + ".";
  }

  private static String step(Rule rule) {
    return switch (rule) {
      case CLOCK_UNTRUSTED -> "Say what their stamps are worth: right, or off by so much.";
      case PARENT_MISSING ->
          "They are stored by themselves once the gateway brings what they refer to: register it"
              + " there, or take it out of what the logger writes.";
      case UNREADABLE -> "Mend them at the gateway; drop those that stay.";
      case DATABASE -> "See why the database refused them, and replay them once it would not.";
      case KEY_MISSING, VALUE_NOT_HELD, AMBIGUOUS, MEANING_DIFFERS, CLAIMED ->
          "Mend them at the gateway, or what is in their way at central, and replay.";
    };
  }

  private Problem question(String gateway, List<Apart> rows, long behind) {
    long count = rows.stream().mapToLong(Apart::rows).sum();
    String tables = rows.stream().map(Apart::table).distinct().collect(Collectors.joining(", "));
    return problem(
        ProblemKind.MAPPING,
        "%s of %s %s in doubt: which of central's %s (%s)"
            .formatted(
                Counted.of(count, "row"),
                gateway,
                count == 1 ? "is" : "are",
                count == 1 ? "it is" : "they are",
                tables),
        since(rows),
        List.of(gateway),
        behind == 0
            ? "Nothing is lost: what belongs to them is kept apart until somebody decides."
            : "Nothing is lost: %s that may belong to them %s kept apart here until somebody decides."
                .formatted(Counted.of(behind, "row"), behind == 1 ? "is" : "are"),
        "Look at the questions and give each its answer; the list has the commands.",
        List.of("tributary mapping list --open --gateway %s --db URL".formatted(gateway)));
  }

  /** Houses that a gateway shares with one that had them before, and nobody said that it may. */
  private Map<String, Set<House>> sharings(Connection connection) throws SQLException {
    Map<String, Set<House>> sharings = new LinkedHashMap<>();
    new Query(
            engine,
            """
            SELECT DISTINCT g.name, h.@id, h.@address
            FROM tributary_mapping mine
            JOIN tributary_mapping theirs
              ON theirs.table_name = 'House' AND theirs.central_id = mine.central_id
                AND theirs.gateway_id <> mine.gateway_id AND theirs.in_force
            JOIN tributary_gateway g ON g.id = mine.gateway_id
            JOIN @House h ON h.@id = mine.central_id
            JOIN @Location l ON l.@houseId = h.@id
            JOIN @Node n ON n.@locationId = l.@id
            JOIN tributary_mapping node
              ON node.table_name = 'Node' AND node.central_id = n.@id
                AND node.gateway_id = mine.gateway_id AND node.in_force
            JOIN tributary_mapping its
              ON its.table_name = 'Node' AND its.central_id = n.@id
                AND its.gateway_id = theirs.gateway_id AND its.in_force
            WHERE mine.table_name = 'House' AND mine.in_force
              AND (theirs.since < mine.since
                OR (theirs.since = mine.since AND theirs.gateway_id < mine.gateway_id))
              AND NOT EXISTS (
                SELECT 1
                FROM tributary_decision d
                WHERE d.gateway_id = mine.gateway_id AND d.undone IS NULL
                  AND ((d.table_name = 'House' AND d.local_id = mine.local_id)
                    OR (d.table_name = 'Node' AND d.local_id = node.local_id)))
            ORDER BY g.name, h.@id
            """)
        .all(
            connection,
            row ->
                sharings
                    .computeIfAbsent(
                        row.text(1).orElse(""),
                        gateway -> new TreeSet<>(Comparator.comparingLong(House::id)))
                    .add(new House(row.number(2), FleetBooks.named(row.text(3), row.number(2)))));
    return sharings;
  }

  private static Problem sharing(String gateway, Set<House> houses) {
    return new Problem(
        ProblemKind.MAPPING,
        "%s has a house and nodes that another gateway had before: one house, or two that look alike"
            .formatted(gateway),
        Optional.empty(),
        List.of(gateway),
        List.copyOf(houses),
        0,
        "Nothing is lost; but if these are two houses, readings of both stand under one.",
        "Say whether it is one house; the list has the commands.",
        List.of("tributary mapping list --open --gateway %s --db URL".formatted(gateway)));
  }

  private List<Problem> conflicts(Connection connection) throws SQLException {
    record Open(String gateway, long fields, Instant since) {}
    List<Open> open =
        new Query(
                engine,
                """
                SELECT g.name, COUNT(*), MIN(c.noticed)
                FROM tributary_conflict c
                JOIN tributary_gateway g ON g.id = c.gateway_id
                WHERE c.chosen IS NULL
                GROUP BY g.name
                ORDER BY g.name
                """)
            .all(connection, row -> new Open(row.text(1).orElse(""), row.number(2), row.time(3)));
    if (open.isEmpty()) {
      return List.of();
    }
    long fields = open.stream().mapToLong(Open::fields).sum();
    return List.of(
        problem(
            ProblemKind.CONFLICT,
            "Central and gateways had %s otherwise, and nobody has looked at %s"
                .formatted(Counted.of(fields, "field"), fields == 1 ? "it" : "them"),
            open.stream().map(Open::since).min(Instant::compareTo),
            open.stream().map(Open::gateway).toList(),
            "Nothing is lost: both versions are kept, and one of them counts meanwhile.",
            "See which version counts, and choose the other where that is the right one.",
            List.of("tributary conflicts list --db URL")));
  }

  private static Optional<Instant> since(List<Apart> rows) {
    return rows.stream().map(Apart::since).min(Instant::compareTo);
  }

  private static List<String> names(List<Apart> rows) {
    return rows.stream().map(Apart::gateway).distinct().toList();
  }

  private Problem problem(
      ProblemKind kind,
      String title,
      Optional<Instant> since,
      List<String> names,
      String consequence,
      String step,
      List<String> commands) {
    List<House> houses =
        gateways.stream()
            .filter(each -> names.contains(each.name()))
            .flatMap(each -> each.houses().stream())
            .distinct()
            .toList();
    return new Problem(kind, title, since, names, houses, 0, consequence, step, commands);
  }
}
