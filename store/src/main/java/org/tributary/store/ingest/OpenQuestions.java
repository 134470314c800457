package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tributary.store.Engine;
import org.tributary.store.ingest.MappingDesk.Question;
import org.tributary.wire.CentralId;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.WireFormatException;

/** What waits for a person to say what it is, and how to say it. Stateless. */
record OpenQuestions(Engine engine, MappingJournal journal, MatchingStates states) {

  List<Question> of(Connection connection, Gateway gateway) throws SQLException {
    List<Question> all = new ArrayList<>();
    for (Map.Entry<MatchingState.Key, MatchingState.Aside> each :
        states.of(connection, gateway).apart().entrySet()) {
      MatchingState.Aside aside = each.getValue();
      Table table = each.getKey().table();
      boolean isQuestion =
          switch (aside.rule()) {
            case AMBIGUOUS, CLAIMED, MEANING_DIFFERS -> true;
            case CLOCK_UNTRUSTED,
                PARENT_MISSING,
                KEY_MISSING,
                VALUE_NOT_HELD,
                UNREADABLE,
                DATABASE ->
                false;
          };
      if (isQuestion) {
        all.add(
            new Question(
                gateway.id(),
                table.name(),
                each.getKey().key(),
                aside.rule(),
                aside.reason(),
                aside.since(),
                choices(connection, gateway, table, each.getKey().key(), aside)));
      }
    }
    return all;
  }

  private List<Choice> choices(
      Connection connection, Gateway gateway, Table table, String key, MatchingState.Aside aside)
      throws SQLException {
    List<Choice> choices = new ArrayList<>();
    if (!MappingWords.isDecided(table)) {
      return choices;
    }
    for (CentralId each : candidates(connection, gateway, table, aside)) {
      choices.add(Choice.same(gateway.id(), table.name(), key, each.value()));
    }
    choices.add(Choice.different(gateway.id(), table.name(), key));
    if (aside.rule() == Rule.CLAIMED && table.name().equals("Node")) {
      choices.add(Choice.moved(gateway.id(), key));
    }
    return choices;
  }

  private List<CentralId> candidates(
      Connection connection, Gateway gateway, Table table, MatchingState.Aside aside)
      throws SQLException {
    Optional<Rows> row = read(table, aside.content());
    if (row.isEmpty()) {
      return List.of();
    }
    Intake intake = new Intake(connection, gateway, row.get(), Map.of(table.name(), Set.of()));
    try {
      return new CentralTable(engine, connection, table)
          .with(NaturalKey.of(table, new CentralValues(engine, journal, intake).of(intake.row(0))));
    } catch (Doubt doubt) {
      return List.of(); // what it refers to has to be settled first
    }
  }

  /** A row from what was kept of it; empty if it can't be read. */
  static Optional<Rows> read(Table table, String content) {
    Rows.Builder rows = new Rows.Builder(table, table.travelling(), 1);
    try {
      SyncJson.readRow(content, rows, table.travelling());
      return Optional.of(rows.build());
    } catch (WireFormatException e) {
      return Optional.empty();
    }
  }
}
