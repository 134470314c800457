package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.wire.LocalId;
import org.tributary.wire.Plan;
import org.tributary.wire.SetAside;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Does something with a gateway's rows, says what came of it, and takes it back. Stateless. */
final class Planning {

  private final MatchingStates states;

  Planning(Engine engine) {
    this.states = new MatchingStates(engine);
  }

  /** What is tried; how many rows of series stand elsewhere by it. */
  @FunctionalInterface
  interface Work {
    long run() throws SQLException;
  }

  /** In its caller's transaction, which is as before then. */
  Plan of(Connection connection, Gateway gateway, Work work) throws SQLException {
    Savepoint start = connection.setSavepoint();
    MatchingState before = states.of(connection, gateway);
    long moved = work.run();
    MatchingState after = states.of(connection, gateway);
    Set<RowAt> named = new LinkedHashSet<>(before.named());
    named.addAll(after.named());
    MatchingState is = after.with(states.rows(connection, named));
    connection.rollback(start);
    MatchingState was = before.with(states.rows(connection, named));
    return between(was, is, moved);
  }

  /** What is another way now than it was. */
  static Plan between(MatchingState was, MatchingState is, long moved) throws SQLException {
    return new Plan(
        steps(was, is),
        is.apart().entrySet().stream()
            .map(
                each ->
                    new Plan.Apart(
                        new SetAside(
                            each.getKey().table().name(),
                            each.getKey().key(),
                            each.getValue().rule(),
                            each.getValue().reason()),
                        isTheSame(was.apart().get(each.getKey()), each.getValue())))
            .toList(),
        new Plan.Effect(moved, Math.max(0, was.waiting() - is.waiting()), is.waiting()));
  }

  private static boolean isTheSame(MatchingState.@Nullable Aside was, MatchingState.Aside is) {
    return was != null && was.rule() == is.rule() && was.reason().equals(is.reason());
  }

  private static List<Plan.Step> steps(MatchingState was, MatchingState is) throws SQLException {
    Set<RowAt> locals = new LinkedHashSet<>(was.journal().keySet());
    locals.addAll(is.journal().keySet());
    List<Plan.Step> steps = new ArrayList<>();
    Set<RowAt> told = new LinkedHashSet<>();
    for (Table table : Tables.ALL) {
      for (RowAt local : locals) {
        if (local.table().equals(table)) {
          step(was, is, local, told).ifPresent(steps::add);
        }
      }
    }
    for (Map.Entry<RowAt, Map<String, @Nullable Object>> row : is.rows().entrySet()) {
      List<Plan.Change> changes = changes(was, is, row.getKey());
      if (!changes.isEmpty() && !told.contains(row.getKey())) {
        Table table = row.getKey().table();
        steps.add(
            new Plan.Step(
                table.name(),
                Optional.empty(),
                Intake.shown(row.getValue(), table.key()),
                Plan.Act.CHANGED,
                Optional.of(row.getKey().id()),
                "",
                changes));
      }
    }
    return steps;
  }

  private static Optional<Plan.Step> step(
      MatchingState was, MatchingState is, RowAt local, Set<RowAt> told) throws SQLException {
    MatchingState.Entry before = was.journal().get(local);
    MatchingState.Entry after = is.journal().get(local);
    MatchingState.Entry entry = Objects.requireNonNull(after == null ? before : after);
    RowAt there = new RowAt(local.table(), entry.central());
    boolean isNew = !was.rows().containsKey(there);
    List<Plan.Change> changes = after == null || isNew ? List.of() : changes(was, is, there);
    told.add(there);
    Plan.Act act;
    if (after == null) {
      act = Plan.Act.FORGOTTEN;
    } else if (isNew) {
      act = Plan.Act.CREATED;
    } else if (before == null) {
      act = Plan.Act.MATCHED;
    } else if (before.central() != after.central()) {
      act = Plan.Act.MATCHED_ANEW;
    } else if (before.inForce() && !after.inForce()) {
      act = Plan.Act.IN_DOUBT;
    } else if (!before.inForce() && after.inForce()) {
      act = Plan.Act.MATCHED;
    } else if (!changes.isEmpty() || !before.evidence().equals(after.evidence())) {
      act = Plan.Act.CHANGED;
    } else {
      return Optional.empty();
    }
    Map<String, @Nullable Object> row =
        entry.mapping(new LocalId(local.id())).baseOf(local.table());
    return Optional.of(
        new Plan.Step(
            local.table().name(),
            Optional.of(local.id()),
            shown(local.table(), row),
            act,
            isNew ? Optional.empty() : Optional.of(entry.central()),
            entry.evidence(),
            changes));
  }

  /** What a row is known by; where that is its id alone, what the id stands for. */
  static String shown(Table table, Map<String, @Nullable Object> row) {
    return Intake.shown(row, table.key().contains(Table.ID) ? table.meaning() : table.key());
  }

  private static List<Plan.Change> changes(MatchingState was, MatchingState is, RowAt there) {
    Map<String, @Nullable Object> before = was.rows().getOrDefault(there, Map.of());
    Map<String, @Nullable Object> after = is.rows().getOrDefault(there, Map.of());
    List<Plan.Change> changes = new ArrayList<>();
    if (!before.isEmpty()) {
      after.forEach(
          (column, value) -> {
            if (!Objects.equals(before.get(column), value)) {
              changes.add(new Plan.Change(column, text(before.get(column)), text(value)));
            }
          });
    }
    return changes;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
