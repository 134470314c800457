package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.wire.Batch;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.Lane;
import org.tributary.wire.LocalId;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Unreadable;

/**
 * Takes in the tables that travel whole: types, rooms, houses, nodes. {@link Matching} does it for
 * the rows of a batch; rows taken in before that refer to one of them follow it at once, so that no
 * reading is filed under what it was. Stateless; runs in its caller's transaction.
 */
final class MetadataIngest {

  /**
   * What became of the rows of a batch.
   *
   * @param matchedAnew whether a row was matched that was not before, so that others may stop
   *     waiting for it
   * @param readingsMoved how many readings stand under another location now
   */
  record Outcome(Stored stored, List<Apart> apart, boolean matchedAnew, long readingsMoved) {}

  /** What became of rows taken in before. */
  private record Followed(boolean matchedAnew, long readingsMoved) {}

  private final Engine engine;
  private final MappingJournal journal;
  private final SetAsideRows setAside;
  private final Positions positions;
  private final DecidedRows decided;
  private final Conflicts conflicts;
  private final Edits edits;
  private final Scope scope;
  private final Terms terms = new Terms();

  MetadataIngest(
      Engine engine,
      Clock clock,
      MappingJournal journal,
      SetAsideRows setAside,
      Positions positions,
      DecidedRows decided,
      Scope scope) {
    this.scope = scope;
    this.engine = engine;
    this.journal = journal;
    this.setAside = setAside;
    this.positions = positions;
    this.decided = decided;
    this.conflicts = new Conflicts(engine, clock);
    this.edits = new Edits(engine, clock);
  }

  Outcome store(Connection connection, Gateway gateway, Batch batch) throws SQLException {
    MergeTerms its = terms.of(connection, gateway);
    Rows rows = new Reversals(journal.decisions()).asBefore(connection, gateway, batch.rows());
    Matching matching = matching(its, new Intake(connection, gateway, rows, Map.of()));
    matching.takeAll();
    List<Apart> apart = new ArrayList<>(matching.apart());
    for (Unreadable row : batch.unreadable()) {
      apart.add(PartlyRead.apart(batch.table(), row));
    }
    // One that was dropped is not in the way of the others, for as long as it stays as it is.
    List<Apart> fresh = decided.withoutDropped(connection, gateway, apart);
    setAside.put(connection, gateway, fresh);
    Followed followed = follow(connection, gateway, its, matching);
    int left = batch.rows().size() - rows.size();
    Stored nothingDone = new Stored(0, 0, apart.size() - fresh.size() + left);
    return new Outcome(
        matching.stored().plus(nothingDone),
        fresh,
        matching.matchedAnew() || followed.matchedAnew(),
        matching.readingsMoved() + followed.readingsMoved());
  }

  private Matching matching(MergeTerms its, Intake intake) throws SQLException {
    return new Matching(
        engine,
        journal,
        setAside,
        conflicts,
        edits,
        its,
        intake,
        intake.table().equals(Tables.HOUSE)
            && scope.isOwnHousesOnly(intake.connection(), intake.gateway()));
  }

  /**
   * Takes some rows of a table by themselves, although the gateway has others too that have not
   * come with them, and what refers to them.
   */
  Outcome take(Connection connection, Gateway gateway, Rows rows) throws SQLException {
    Map<String, Set<Long>> notAll = Map.of(rows.table().name(), Set.of());
    MergeTerms its = terms.of(connection, gateway);
    Matching matching = matching(its, new Intake(connection, gateway, rows, notAll));
    matching.takeAll();
    setAside.put(connection, gateway, matching.apart());
    if (!matching.apart().isEmpty()) {
      positions.clear(connection, gateway, rows.table(), Lane.LIVE);
    }
    Followed followed = follow(connection, gateway, its, matching);
    return new Outcome(
        matching.stored(),
        matching.apart(),
        matching.matchedAnew() || followed.matchedAnew(),
        matching.readingsMoved() + followed.readingsMoved());
  }

  /**
   * Takes once more the rows that refer to one that is another row of central now, or that is in
   * doubt.
   */
  private Followed follow(Connection connection, Gateway gateway, MergeTerms its, Matching first)
      throws SQLException {
    Map<String, Set<Long>> moved = new HashMap<>(Map.of(first.table().name(), first.moved()));
    Map<String, Set<Long>> inDoubt = new HashMap<>(Map.of(first.table().name(), first.inDoubt()));
    boolean matchedAnew = false;
    long readingsMoved = 0;
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        continue;
      }
      // A node stays what it is while its place is in doubt; a reading names its own.
      boolean isPlace = table.identity() == Identity.NATURAL_KEY && !table.equals(Tables.SENSOR);
      Map<String, Set<Long>> parents = isPlace ? union(moved, inDoubt) : moved;
      Rows rows = followers(connection, gateway, table, parents);
      if (rows.isEmpty()) {
        continue;
      }
      Matching matching = matching(its, new Intake(connection, gateway, rows, parents));
      matching.takeAll();
      moved.put(table.name(), matching.moved());
      inDoubt.put(table.name(), matching.inDoubt());
      matchedAnew |= matching.matchedAnew();
      readingsMoved += matching.readingsMoved();
      if (!matching.apart().isEmpty()) {
        setAside.put(connection, gateway, matching.apart());
        positions.clear(connection, gateway, table, Lane.LIVE);
      }
    }
    return new Followed(matchedAnew, readingsMoved);
  }

  /** The rows of a table, as last agreed on, that refer to one of these. */
  private Rows followers(
      Connection connection, Gateway gateway, Table table, Map<String, Set<Long>> parents)
      throws SQLException {
    Rows.Builder rows = new Rows.Builder(table, table.travelling(), 16);
    List<Column> references =
        table.columns().stream()
            .filter(
                column ->
                    column.references().map(parents::get).filter(ids -> !ids.isEmpty()).isPresent())
            .toList();
    if (references.isEmpty()) {
      return rows.build();
    }
    Map<LocalId, Mapping> known = journal.of(connection, gateway, table);
    for (Mapping mapping : known.values()) {
      Map<String, Object> base = mapping.inForce() ? mapping.baseOf(table) : Map.of();
      for (Column column : references) {
        Object parent = base.get(column.name());
        if (parent != null
            && parents.getOrDefault(column.references().orElseThrow(), Set.of()).contains(parent)) {
          rows.row(base.values().toArray());
          break;
        }
      }
    }
    return rows.build();
  }

  private static Map<String, Set<Long>> union(
      Map<String, Set<Long>> some, Map<String, Set<Long>> others) {
    Map<String, Set<Long>> all = new HashMap<>();
    some.forEach((table, ids) -> all.put(table, new HashSet<>(ids)));
    others.forEach((table, ids) -> all.computeIfAbsent(table, t -> new HashSet<>()).addAll(ids));
    return all;
  }
}
