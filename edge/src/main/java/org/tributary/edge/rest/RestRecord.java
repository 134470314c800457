package org.tributary.edge.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;

/**
 * What one server has acknowledged, for it can't say so itself: how far each table has come, which
 * row there is which row here, and what waits here. A cache of {@link RestRecordFile}: without it
 * everything is matched and sent again, which the server merges.
 *
 * <p>Not thread-safe: its {@link RestCentral} guards it.
 */
final class RestRecord {

  /**
   * The last greeting.
   *
   * @param offsetMillis how far this machine's clock was ahead of the server's
   * @param limits what the server holds
   */
  record Contact(
      Instant first,
      Instant last,
      long offsetMillis,
      Instant trustedUntil,
      String hostname,
      String version,
      Limits limits) {}

  /**
   * The last report of this gateway, as the server showed it. A server that still has it was not
   * rolled back to before it.
   *
   * @param row all of it, as JSON
   */
  record Report(long id, String row) {}

  private String owner = "";
  private Optional<Contact> contact = Optional.empty();
  private long rowsAside;
  private final Map<String, Position> live = new HashMap<>();
  private final Map<String, Position> untrusted = new HashMap<>();
  private final Map<String, LastSecond> seconds = new HashMap<>();
  private final Map<String, Map<Long, Match>> matches = new LinkedHashMap<>();
  private final List<SetAside> problems = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Map<String, Long> uncounted = new HashMap<>();
  private final Map<String, Instant> sent = new HashMap<>();
  private final Map<String, String> goneBack = new HashMap<>();
  private final Map<String, String> good = new HashMap<>();
  private final Set<Long> shadowed = new HashSet<>();
  private Optional<Report> report = Optional.empty();
  private final Map<String, Set<Long>> unproven = new HashMap<>();

  /** Of which server and which database this is the record. */
  String owner() {
    return owner;
  }

  /** Forgets all: it was about another server or another database. */
  void beginAnew(String newOwner) {
    owner = newOwner;
    contact = Optional.empty();
    rowsAside = 0;
    report = Optional.empty();
    List.of(live, untrusted, seconds, matches, uncounted, sent, goneBack, good, unproven)
        .forEach(Map::clear);
    problems.clear();
    held.clear();
    shadowed.clear();
  }

  Optional<Contact> contact() {
    return contact;
  }

  void contact(Contact newContact) {
    contact = Optional.of(newContact);
  }

  /** How many lines the file of rows set aside had when this was written. */
  long rowsAside() {
    return rowsAside;
  }

  void rowsAside(long lines) {
    rowsAside = lines;
  }

  Map<String, Position> positions(Lane lane) {
    return lane == Lane.LIVE ? live : untrusted;
  }

  /** How far a table has come. */
  Optional<Position> reached(Table table, Lane lane) {
    return Optional.ofNullable(positions(lane).get(table.name()));
  }

  /** Where a series is to go on, or begin; what was sent of that second is no longer known. */
  void windTo(Table table, Optional<Position> position) {
    seconds.remove(table.name());
    if (position.isEmpty()) {
      live.remove(table.name());
    } else {
      live.put(table.name(), position.get());
    }
  }

  Map<String, LastSecond> seconds() {
    return seconds;
  }

  /** The matches of a table by the id that a row has here. */
  Map<Long, Match> matches(String table) {
    return matches.computeIfAbsent(table, name -> new LinkedHashMap<>());
  }

  Optional<Match> match(String table, long local) {
    return Optional.ofNullable(matches(table).get(local));
  }

  Map<String, Map<Long, Match>> allMatches() {
    return matches;
  }

  /** Rows of the tables that travel whole which could not be matched or stored. */
  List<SetAside> problems() {
    return problems;
  }

  /** The problem with the row of that table and id, if there is one. */
  Optional<SetAside> problem(String table, long local) {
    String key = Position.of(local).toString();
    return problems.stream()
        .filter(each -> each.table().equals(table) && each.key().equals(key))
        .findFirst();
  }

  List<Held> held() {
    return held;
  }

  /** One more row that waits. */
  void hold(Held one) {
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).isOf(one.table(), one.parent(), one.local())) {
        held.set(i, held.get(i).and(one.last()));
        return;
      }
    }
    held.add(one);
  }

  /** Rows set aside beyond those that are noted one by one, by table. */
  Map<String, Long> uncounted() {
    return uncounted;
  }

  /** The newest reading acknowledged, by who can be asked for it: see {@link Witnesses}. */
  Map<String, Instant> sent() {
    return sent;
  }

  /** Readings up to a time were acknowledged, of those that a witness knows. */
  void sentUntil(String witness, Instant time) {
    sent.merge(witness, time, (old, other) -> old.isAfter(other) ? old : other);
  }

  /** What a witness said when it made a push go back. */
  Map<String, String> goneBack() {
    return goneBack;
  }

  /** Houses of here whose address another house has at the server, which answers for it. */
  Set<Long> shadowed() {
    return shadowed;
  }

  Optional<Report> report() {
    return report;
  }

  void report(Optional<Report> newest) {
    report = newest;
  }

  /** Ids here of a table's matched rows that the server may have got after the report only. */
  Set<Long> unproven(String table) {
    return unproven.computeIfAbsent(table, name -> new HashSet<>());
  }

  /** A row was matched that the report says nothing of. */
  void matchedAnew(String table, long local) {
    if (report.isPresent()) {
      unproven(table).add(local);
    }
  }

  Map<String, Set<Long>> allUnproven() {
    return unproven;
  }

  /** A row of each series that the server has taken, as it was sent. */
  Map<String, String> good() {
    return good;
  }

  /** How many rows of a table wait here or are set aside, those noted one by one left out. */
  long waiting(String table) {
    long inHeld =
        held.stream().filter(each -> each.table().equals(table)).mapToLong(Held::count).sum();
    long inProblems = problems.stream().filter(each -> each.table().equals(table)).count();
    return inHeld + inProblems + uncounted.getOrDefault(table, 0L);
  }

  /** The same of all tables, by the rule; those that were not written down have none. */
  Map<Rule, Long> waitingByRule() {
    Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
    held.forEach(each -> byRule.merge(each.rule(), each.count(), Long::sum));
    problems.forEach(each -> byRule.merge(each.rule(), 1L, Long::sum));
    return byRule;
  }
}
