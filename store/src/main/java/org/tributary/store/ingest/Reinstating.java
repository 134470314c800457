package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.TableWriter;
import org.tributary.wire.Column;
import org.tributary.wire.Lane;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;

/**
 * Puts back what a decision changed: entries of the journal, cells of central's rows, and what was
 * set aside. Stateless; runs in its caller's transaction.
 */
record Reinstating(
    Engine engine, MappingJournal journal, SetAsideRows setAside, Positions positions) {

  /**
   * Entries are as they were; a row that was edited meanwhile stays so, save for what the gateway
   * is to put back.
   */
  void entries(
      Connection connection,
      Gateway gateway,
      DecisionImage image,
      MatchingState start,
      List<Reversal> reversals)
      throws SQLException {
    for (RowAt at : image.entries()) {
      MatchingState.Entry before = image.before().journal().get(at);
      journal.remove(connection, gateway, at.table(), new LocalId(at.id()));
      if (before != null) {
        MatchingState.Entry then = image.after().journal().get(at);
        MatchingState.Entry now = start.journal().get(at);
        journal.put(
            connection, gateway, at, before.withBase(base(at, before, then, now, reversals)));
      }
    }
  }

  /** The gateway's row as both sides are to agree on it. */
  private static String base(
      RowAt at,
      MatchingState.Entry before,
      MatchingState.@Nullable Entry then,
      MatchingState.@Nullable Entry now,
      List<Reversal> reversals)
      throws SQLException {
    if (now == null || (then != null && now.base().equals(then.base()))) {
      return before.base();
    }
    Map<String, @Nullable Object> cells = TakenFromCentral.cellsOf(at, now);
    for (Reversal each : reversals) {
      if (each.row().equals(at)) {
        cells = each.applied(cells);
      }
    }
    return then != null && cells.equals(TakenFromCentral.cellsOf(at, then))
        ? before.base()
        : SyncJson.writeRow(cells);
  }

  /** Puts cells of central's rows back that the decision changed. */
  void rows(Connection connection, DecisionImage image, MatchingState was) throws SQLException {
    for (Map.Entry<RowAt, Map<String, @Nullable Object>> each : image.before().rows().entrySet()) {
      RowAt at = each.getKey();
      Map<String, @Nullable Object> then = image.after().rows().getOrDefault(at, Map.of());
      Map<Column, @Nullable Object> cells = new LinkedHashMap<>();
      for (Column column : at.table().columns()) {
        Object before = each.getValue().get(column.name());
        if (!Objects.equals(before, then.get(column.name()))) {
          cells.put(column, before);
        }
      }
      if (!cells.isEmpty() && was.rows().containsKey(at)) {
        new TableWriter(engine, at.table()).update(connection, at.id(), cells);
      }
    }
  }

  /** What was set aside is so again, and what came since and referred to what is gone waits. */
  void apart(
      Connection connection,
      Gateway gateway,
      DecisionImage image,
      Map<RowAt, MatchingState.Entry> newcomers)
      throws SQLException {
    List<Apart> apart = new ArrayList<>();
    for (Map.Entry<MatchingState.Key, MatchingState.Aside> each :
        image.before().apart().entrySet()) {
      MatchingState.Aside aside = each.getValue();
      apart.add(
          new Apart(
              each.getKey().table(),
              each.getKey().key(),
              aside.rule(),
              aside.reason(),
              aside.content(),
              Optional.empty()));
    }
    for (Map.Entry<RowAt, MatchingState.Entry> each : newcomers.entrySet()) {
      apart.add(
          new Apart(
              each.getKey().table(),
              String.valueOf(each.getKey().id()),
              Rule.PARENT_MISSING,
              "what it refers to has not been taken, since a decision was undone",
              each.getValue().base(),
              Optional.empty()));
    }
    for (Map.Entry<MatchingState.Key, MatchingState.Aside> each :
        image.after().apart().entrySet()) {
      if (!image.before().apart().containsKey(each.getKey())) {
        setAside.remove(connection, gateway, each.getKey().table(), each.getKey().key());
      }
    }
    setAside.put(connection, gateway, apart);
    for (Apart each : apart) {
      positions.clear(connection, gateway, each.table(), Lane.LIVE);
    }
    for (RowAt at : image.entries()) {
      positions.clear(connection, gateway, at.table(), Lane.LIVE);
    }
  }
}
