package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.Trouble;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Lane;
import org.tributary.wire.LocalId;
import org.tributary.wire.Plan;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Takes a decision back: entries of the journal, rows of central and what was set aside are as they
 * were, and readings that have come since are filed as if it had never been. Where that can't be
 * done exactly it is not done at all. Stateless; runs in its caller's transaction, which has locked
 * the gateway.
 */
final class DecisionUndoing {

  private final Engine engine;
  private final MappingJournal journal;
  private final Positions positions;
  private final UndoObjections objections;
  private final TakenFromCentral taken;
  private final Reinstating restoring;
  private final Retelling retelling;
  private final SeriesIngest series;
  private final MatchingStates states;

  DecisionUndoing(
      Engine engine,
      MappingJournal journal,
      SetAsideRows setAside,
      Positions positions,
      Retelling retelling,
      SeriesIngest series,
      TakenFromCentral taken) {
    this.engine = engine;
    this.journal = journal;
    this.positions = positions;
    this.objections = new UndoObjections(journal, retelling);
    this.taken = taken;
    this.restoring = new Reinstating(engine, journal, setAside, positions);
    this.retelling = retelling;
    this.series = series;
    this.states = new MatchingStates(engine);
  }

  Plan undo(Connection connection, Gateway gateway, MappingDecision decision, String by)
      throws SQLException {
    DecisionImage image =
        DecisionImage.read(journal.decisions().image(connection, decision.number()));
    objections.refuseOutOfOrder(connection, decision, image);
    MatchingState start = states.of(connection, gateway);
    Set<RowAt> named = new LinkedHashSet<>(start.named());
    named.addAll(image.rows());
    named.addAll(image.before().named());
    MatchingState was = start.with(states.rows(connection, named));
    UndoObjections.refuseEdited(image, was);
    Retelling.Standing standing = retelling.standing(connection, gateway, start);
    objections.refuseStates(connection, decision, image, standing);
    List<Reversal> reversals = taken.since(connection, gateway, decision, image, was);

    journal.decisions().undo(connection, decision.number(), by);
    reversals(connection, gateway, decision, reversals);
    restoring.entries(connection, gateway, image, start, reversals);
    restoring.rows(connection, image, was);
    Map<RowAt, Map<String, @Nullable Object>> made = made(image, was);
    Map<RowAt, MatchingState.Entry> newcomers =
        newcomers(decision, start, image, made.keySet(), states.rows(connection, start.named()));
    reversals.stream().filter(Reversal::removes).map(Reversal::row).forEach(newcomers::remove);
    for (RowAt each : newcomers.keySet()) {
      journal.remove(connection, gateway, each.table(), new LocalId(each.id()));
    }
    long moved = retelling.again(connection, gateway, standing, changed(image, newcomers));
    Set<RowAt> gone = new LinkedHashSet<>(made.keySet());
    newcomers.forEach(
        (local, entry) -> {
          RowAt there = new RowAt(local.table(), entry.central());
          if (isMadeBy(entry)) {
            gone.add(there);
          }
        });
    delete(connection, gateway, gone);
    restoring.apart(connection, gateway, image, newcomers);
    series.release(connection, gateway); // for what they wait now
    new NotedDigests().forget(connection, gateway);
    MatchingState end = states.of(connection, gateway);
    named.addAll(end.named());
    return Planning.between(was, end.with(states.rows(connection, named)), moved);
  }

  /** What the gateway took is to be put back by it, and is not asked about until then. */
  private void reversals(
      Connection connection, Gateway gateway, MappingDecision decision, List<Reversal> reversals)
      throws SQLException {
    new Reversals(journal.decisions()).note(connection, decision.number(), reversals);
    for (Reversal each : reversals) {
      positions.clear(connection, gateway, each.row().table(), Lane.LIVE);
      if (each.removes()) {
        journal.remove(connection, gateway, each.row().table(), new LocalId(each.row().id()));
      }
    }
  }

  private static boolean isMadeBy(MatchingState.Entry entry) {
    return entry.evidence().startsWith("created:") || entry.evidence().startsWith("decided");
  }

  /** Rows of central that the decision made, as far as they are still there. */
  private static Map<RowAt, Map<String, @Nullable Object>> made(
      DecisionImage image, MatchingState was) {
    Map<RowAt, Map<String, @Nullable Object>> made = new LinkedHashMap<>();
    image
        .after()
        .rows()
        .forEach(
            (at, row) -> {
              if (!image.before().rows().containsKey(at) && was.rows().containsKey(at)) {
                made.put(at, row);
              }
            });
    return made;
  }

  /** Entries that have come since, whose rows of central refer to rows that the decision made. */
  private static Map<RowAt, MatchingState.Entry> newcomers(
      MappingDecision decision,
      MatchingState start,
      DecisionImage image,
      Set<RowAt> made,
      Map<RowAt, Map<String, @Nullable Object>> rows) {
    Map<RowAt, MatchingState.Entry> newcomers = new LinkedHashMap<>();
    Set<RowAt> gone = new HashSet<>(made);
    start
        .journal() // parents come first
        .forEach(
            (at, entry) -> {
              RowAt there = new RowAt(at.table(), entry.central());
              if (!image.entries().contains(at)
                  && refersTo(rows.getOrDefault(there, Map.of()), at.table(), gone)) {
                if (entry.since().isBefore(decision.at())) {
                  throw new Stop(
                      "%s %d of this gateway was put there since: put that back first"
                          .formatted(at.table(), at.id()));
                }
                newcomers.put(at, entry);
                if (isMadeBy(entry)) {
                  gone.add(there);
                }
              }
            });
    return newcomers;
  }

  private static boolean refersTo(Map<String, @Nullable Object> row, Table table, Set<RowAt> gone) {
    for (Column column : table.columns()) {
      Optional<Table> parent = column.references().flatMap(Tables::named);
      if (parent.isPresent()
          && row.get(column.name()) instanceof Long id
          && gone.contains(new RowAt(parent.get(), id))) {
        return true;
      }
    }
    return false;
  }

  /** Rows of central that the gateway's are no longer, as far as rows of series refer to such. */
  private static Map<Table, Set<Long>> changed(
      DecisionImage image, Map<RowAt, MatchingState.Entry> newcomers) {
    Map<Table, Set<Long>> changed = new HashMap<>();
    for (RowAt at : image.entries()) {
      MatchingState.Entry before = image.before().journal().get(at);
      MatchingState.Entry then = image.after().journal().get(at);
      if (then != null
          && (before == null || before.central() != then.central() || !before.inForce())) {
        changed.computeIfAbsent(at.table(), table -> new HashSet<>()).add(then.central());
      }
    }
    newcomers.forEach(
        (at, entry) ->
            changed.computeIfAbsent(at.table(), table -> new HashSet<>()).add(entry.central()));
    return changed;
  }

  /** Children first; what somebody else uses by now stops it all. */
  private void delete(Connection connection, Gateway gateway, Set<RowAt> gone) throws SQLException {
    List<Table> tables = new ArrayList<>(Tables.ALL);
    Collections.reverse(tables);
    for (Table table : tables) {
      for (RowAt at : gone) {
        if (at.table().equals(table)) {
          delete(connection, gateway, at);
        }
      }
    }
  }

  private void delete(Connection connection, Gateway gateway, RowAt at) throws SQLException {
    String inUse =
        "%s %d at central, which it made, is in use by others by now"
            .formatted(at.table(), at.id());
    if (!journal.othersWith(connection, gateway, at.table(), new CentralId(at.id())).isEmpty()) {
      throw new Stop(inUse);
    }
    String sql =
        "DELETE FROM %s WHERE %s = ?"
            .formatted(engine.quote(at.table().name()), engine.quote(Table.ID));
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, at.id());
      delete.executeUpdate();
    } catch (SQLException e) {
      if (engine.troubleOf(e) == Trouble.DATA) {
        throw new Stop(inUse);
      }
      throw e;
    }
  }
}
