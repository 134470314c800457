package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Why a decision can't be taken back exactly. Stateless; runs in its caller's transaction. */
record UndoObjections(MappingJournal journal, Retelling retelling) {

  /** What was decided later may rest on it. */
  void refuseOutOfOrder(Connection connection, MappingDecision decision, DecisionImage image)
      throws SQLException {
    for (MappingDecision each : journal.decisions().all(connection)) {
      if (each.number() <= decision.number() || each.undone().isPresent()) {
        continue;
      }
      DecisionImage other =
          DecisionImage.read(journal.decisions().image(connection, each.number()));
      boolean touches =
          !Collections.disjoint(image.rows(), other.rows())
              || !Collections.disjoint(subjects(decision, image), subjects(each, other));
      if (each.gateway().equals(decision.gateway()) || touches) {
        throw new Stop(
            "decision %d was taken later and may rest on it: undo that one first"
                .formatted(each.number()));
      }
    }
  }

  /** The rows of central that a decision is about: the one that it was, and the one that it is. */
  private static Set<RowAt> subjects(MappingDecision decision, DecisionImage image) {
    Table table = Tables.named(decision.table()).orElseThrow();
    RowAt local = new RowAt(table, decision.local());
    Set<RowAt> subjects = new HashSet<>();
    subjects.add(new RowAt(table, decision.central()));
    for (MatchingState state : List.of(image.before(), image.after())) {
      MatchingState.Entry entry = state.journal().get(local);
      if (entry != null) {
        subjects.add(new RowAt(table, entry.central()));
      }
    }
    return subjects;
  }

  /** What it changed and was changed again since is no longer its to put back. */
  static void refuseEdited(DecisionImage image, MatchingState was) {
    for (RowAt at : image.entries()) {
      MatchingState.Entry then = image.after().journal().get(at);
      MatchingState.Entry now = was.journal().get(at);
      if (then != null && (now == null || now.central() != then.central())) {
        throw new Stop(
            "%s %d of this gateway is %s by now: it was changed since"
                .formatted(
                    at.table(),
                    at.id(),
                    now == null ? "no row of central" : at.table() + " " + now.central()));
      }
    }
    image
        .before()
        .rows()
        .forEach(
            (at, before) -> {
              Map<String, @Nullable Object> then = image.after().rows().getOrDefault(at, Map.of());
              Map<String, @Nullable Object> now = was.rows().getOrDefault(at, Map.of());
              before.forEach(
                  (column, value) -> {
                    boolean touched = !Objects.equals(value, then.get(column));
                    if (touched && !Objects.equals(then.get(column), now.get(column))) {
                      throw new Stop(
                          "%s of %s %d at central was changed since, from %s to %s: put that back first"
                              .formatted(
                                  column, at.table(), at.id(), then.get(column), now.get(column)));
                    }
                  });
            });
  }

  /** Node states don't say where they were taken. */
  void refuseStates(
      Connection connection,
      MappingDecision decision,
      DecisionImage image,
      Retelling.Standing standing)
      throws SQLException {
    if (decision.table().equals(Tables.NODE.name())
        && standing.others().containsKey(decision.central())
        && retelling.states(connection, decision.central()) != image.states()) {
      throw new Stop(
          ("node states of node %d that have come since may be this gateway's or another's:"
                  + " central can't tell them apart")
              .formatted(decision.central()));
    }
  }
}
