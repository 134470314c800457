package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.LocalId;
import org.tributary.wire.SyncJson;

/**
 * Which row of central each row of a gateway is: what the journal said before a batch, and what is
 * matched while it is taken in. Not thread-safe.
 */
final class Pairs {
  private final MappingJournal journal;
  private final Intake intake;
  private final Map<LocalId, Mapping> known;
  private final Map<CentralId, LocalId> taken = new HashMap<>();
  private final Map<LocalId, CentralId> matches = new HashMap<>();
  private final Set<Long> inDoubt = new HashSet<>();
  private final List<Mapping> noted = new ArrayList<>();
  private boolean matchedAnew;

  Pairs(MappingJournal journal, Intake intake) throws SQLException {
    this.journal = journal;
    this.intake = intake;
    this.known = journal.of(intake.connection(), intake.gateway(), intake.table());
    for (Mapping mapping : known.values()) {
      if (mapping.inForce()) {
        taken.put(mapping.central(), mapping.local());
      } else {
        taken.putIfAbsent(mapping.central(), mapping.local());
      }
    }
  }

  /** What was known of a row before the batch, in force or not. */
  @Nullable Mapping of(LocalId local) {
    return known.get(local);
  }

  /** The row of the gateway that is a row of central by now. */
  @Nullable LocalId holderOf(CentralId central) {
    return taken.get(central);
  }

  /** Whether a mapping's row of central is still its own. */
  boolean hasItsRow(Mapping mapping) {
    return mapping.local().equals(taken.get(mapping.central()));
  }

  /** The row of central that a row was matched with in this batch. */
  CentralId matchOf(LocalId local) {
    return Objects.requireNonNull(matches.get(local));
  }

  /** Notes a match and its evidence. */
  void match(
      Map<String, @Nullable Object> row,
      LocalId local,
      CentralId central,
      String evidence,
      String centralBase)
      throws SQLException {
    Mapping mapping =
        new Mapping(local, central, evidence, SyncJson.writeRow(row), centralBase, true);
    journal.add(intake.connection(), intake.gateway(), intake.table(), mapping);
    taken.put(central, local);
    matches.put(local, central);
    matchedAnew = true;
  }

  /**
   * Notes a match and its evidence, to be written together with others by {@link #writeNoted}: each
   * by itself would take a turn on the way to the database.
   */
  void noteMatch(
      Map<String, @Nullable Object> row,
      LocalId local,
      CentralId central,
      String evidence,
      String centralBase) {
    noted.add(new Mapping(local, central, evidence, SyncJson.writeRow(row), centralBase, true));
    taken.put(central, local);
    matches.put(local, central);
    matchedAnew = true;
  }

  /** Notes matches of rows, all of them with one statement. */
  void matchAll(List<Mapping> mappings) throws SQLException {
    journal.addAll(intake.connection(), intake.gateway(), intake.table(), mappings);
    for (Mapping mapping : mappings) {
      taken.put(mapping.central(), mapping.local());
      matches.put(mapping.local(), mapping.central());
      matchedAnew = true;
    }
  }

  /** Whether a row was matched in this batch. */
  boolean isMatched(LocalId local) {
    return matches.containsKey(local);
  }

  /** Writes what was noted. */
  void writeNoted() throws SQLException {
    journal.addAll(intake.connection(), intake.gateway(), intake.table(), noted);
    noted.clear();
  }

  /** Notes what the row is at both ends now that they agree again. */
  void agree(Map<String, @Nullable Object> row, Mapping mapping, String centralBase)
      throws SQLException {
    journal.agree(
        intake.connection(),
        intake.gateway(),
        intake.table(),
        mapping.local(),
        SyncJson.writeRow(row),
        centralBase);
    matchedAnew |= !mapping.inForce();
  }

  /** Takes a mapping out of force: what refers to its row waits. */
  void suspend(Mapping mapping) throws SQLException {
    journal.suspend(intake.connection(), intake.gateway(), intake.table(), mapping.local());
    inDoubt.add(mapping.local().value());
  }

  void forget(Mapping mapping) throws SQLException {
    remove(mapping.local());
    taken.remove(mapping.central(), mapping.local());
  }

  /** Forgets the entry of a row whose place at central another one is about to take. */
  void remove(LocalId local) throws SQLException {
    journal.remove(intake.connection(), intake.gateway(), intake.table(), local);
  }

  /** Rows of the gateway whose mapping was taken out of force. */
  Set<Long> inDoubt() {
    return inDoubt;
  }

  /** Whether a row has come into force that was not before. */
  boolean matchedAnew() {
    return matchedAnew;
  }
}
