package org.tributary.store.ingest;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.Trouble;
import org.tributary.wire.LocalId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/**
 * Matches a gateway's rows of one table with central's: all at once those that are plainly known or
 * plainly new, the others row by row. Each match is a journal entry with its evidence; what could
 * mean two things is set aside and never guessed. A field that the gateway changed since both sides
 * agreed is changed at central; no other is. A row that got another key is renamed at central if it
 * is this gateway's alone, else matched anew. For one batch.
 */
final class Matching {
  private final Engine engine;
  private final SetAsideRows setAside;
  private final Intake intake;
  private final Table table;
  private final CentralTable central;
  private final Users users;
  private final Pairs pairs;
  private final Renames renames;
  private final RowMatching matching;
  private final Lookout lookout;
  private final Recognition recognition;
  private final Newcomers newcomers;
  private final Set<String> wereApart = new HashSet<>();
  private final List<Apart> apart = new ArrayList<>();
  private Stored stored = Stored.NOTHING;
  private int readingsMoved;

  Matching(
      Engine engine,
      MappingJournal journal,
      SetAsideRows setAside,
      Conflicts conflicts,
      Edits edits,
      MergeTerms terms,
      Intake intake,
      boolean ownHousesOnly)
      throws SQLException {
    this.engine = engine;
    this.setAside = setAside;
    this.intake = intake;
    this.table = intake.table();
    this.central = new CentralTable(engine, intake.connection(), table);
    this.users = new Users(engine);
    this.pairs = new Pairs(journal, intake);
    CentralValues values = new CentralValues(engine, journal, intake);
    ThreeWayMerge merge = new ThreeWayMerge(intake, terms, edits);
    Rulings rulings = new Rulings(journal.decisions(), intake);
    DecidedMatching decided = new DecidedMatching(intake, central, pairs, rulings);
    this.renames = new Renames(intake, central, values, pairs, users, merge);
    this.lookout = new Lookout(engine, intake, central, values, pairs, renames);
    this.recognition =
        new Recognition(intake, values, pairs, lookout, merge, rulings, ownHousesOnly);
    this.newcomers = new Newcomers(engine, intake, central, lookout, pairs, rulings);
    this.matching =
        new RowMatching(
            intake,
            central,
            values,
            pairs,
            renames,
            decided,
            merge,
            new Objections(intake, new Claims(engine, journal), decided, merge, ownHousesOnly),
            new Traces(intake, conflicts, edits));
  }

  Table table() {
    return table;
  }

  Stored stored() {
    return stored;
  }

  List<Apart> apart() {
    return apart;
  }

  /** Whether a row has come into force that was not before. */
  boolean matchedAnew() {
    return pairs.matchedAnew();
  }

  /** Rows of the gateway that are another row of central now. */
  Set<Long> moved() {
    return matching.moved();
  }

  /** Rows of the gateway whose mapping was taken out of force. */
  Set<Long> inDoubt() {
    return pairs.inDoubt();
  }

  /** How many readings stand under another location now. */
  int readingsMoved() {
    return readingsMoved;
  }

  /** Matches and stores each row, or sets it aside. */
  void takeAll() throws SQLException {
    Set<LocalId> begun = new HashSet<>();
    recognition.look();
    wereApart.addAll(setAside.of(intake.connection(), intake.gateway(), table).keySet());
    for (int row = 0; row < intake.size(); row++) {
      if (intake.row(row).get(Table.ID) instanceof Long id) {
        takeInOrder(new LocalId(id), row, begun);
      } else {
        take(intake.row(row));
      }
    }
    settle();
    readingsMoved =
        users.moveReadings(intake.connection(), intake.gateway(), matching.readingsMoved());
  }

  /** A row that gives up its key goes before the row that gets it. */
  private void takeInOrder(LocalId first, int number, Set<LocalId> begun) throws SQLException {
    if (!begun.add(first)) {
      if (!intake.isFirst(first, number)) {
        take(intake.row(number)); // an id that the gateway has twice
      }
      return;
    }
    Deque<LocalId> chain = new ArrayDeque<>(List.of(first));
    Optional<LocalId> next = renames.before(first);
    while (next.isPresent() && begun.add(next.get())) {
      chain.push(next.get());
      next = renames.before(next.get());
    }
    while (!chain.isEmpty()) {
      LocalId local = chain.pop();
      take(intake.row(local));
      renames.done(local);
    }
  }

  private void take(Map<String, @Nullable Object> row) throws SQLException {
    if (recognition.recognises(row)) {
      stored = stored.plus(new Stored(0, 0, 1));
      notApart(row);
      return;
    }
    if (!newcomers.takes(row)) {
      settle(); // before anything may collide with it
      takeAlone(row);
    }
  }

  /** Writes what was noted and stores what waits. */
  private void settle() throws SQLException {
    pairs.writeNoted();
    List<Map<String, @Nullable Object>> together = new ArrayList<>();
    for (Map<String, @Nullable Object> row : newcomers.settle(together)) {
      takeAlone(row);
    }
    stored = stored.plus(new Stored(together.size(), 0, 0));
    for (Map<String, @Nullable Object> row : together) {
      notApart(row);
    }
  }

  private void takeAlone(Map<String, @Nullable Object> row) throws SQLException {
    Savepoint before = intake.connection().setSavepoint();
    try {
      Stored its = matching.match(row);
      stored = stored.plus(its);
      if (its.unchanged() == 0) {
        lookout.outdated();
      }
      intake.connection().releaseSavepoint(before);
      notApart(row);
    } catch (Doubt doubt) {
      intake.connection().rollback(before);
      doubted(row, doubt.rule(), doubt.reason());
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      intake.connection().rollback(before);
      doubted(row, Rule.DATABASE, DatabaseUrl.redact(String.valueOf(e.getMessage())));
    }
  }

  /** A row that was set aside is so no longer. */
  private void notApart(Map<String, @Nullable Object> row) throws SQLException {
    if (wereApart.contains(SetAsideRows.shortKey(nameOf(row)))) {
      setAside.remove(intake.connection(), intake.gateway(), table, nameOf(row));
    }
  }

  private void doubted(Map<String, @Nullable Object> row, Rule rule, String reason)
      throws SQLException {
    apart.add(
        new Apart(table, nameOf(row), rule, reason, SyncJson.writeRow(row), Optional.empty()));
    Mapping mapping = row.get(Table.ID) instanceof Long id ? pairs.of(new LocalId(id)) : null;
    if (mapping != null && mapping.inForce() && isAnother(row, rule, mapping)) {
      pairs.suspend(mapping);
    }
  }

  /** Whether what refers to a row would be filed wrongly under what it was. */
  private boolean isAnother(Map<String, @Nullable Object> row, Rule rule, Mapping mapping)
      throws SQLException {
    if (rule == Rule.MEANING_DIFFERS
        || rule == Rule.CLAIMED
        || central.row(mapping.central()).isEmpty()) {
      return true;
    }
    return intake.changed(row, mapping).stream()
        .anyMatch(
            column ->
                column.references().isPresent()
                    || table.key().contains(column.name())
                    || table.meaning().contains(column.name()));
  }

  private static String nameOf(Map<String, @Nullable Object> row) {
    return String.valueOf(row.get(Table.ID));
  }
}
