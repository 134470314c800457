package org.tributary.store.ingest;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;
import org.tributary.wire.MergeRule;
import org.tributary.wire.MergeTerms;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/**
 * Merges a gateway's row and central's, field by field: what one side changed since both agreed
 * goes to the other, and where both changed a field differently a rule decides. What the rule
 * overrules is told as a conflict. What central changed is not brought to the gateway here; {@link
 * OpenChanges} finds it. For one batch; keeps nothing.
 */
final class ThreeWayMerge {

  /** The word for a decision that rests on which side a table belongs to. */
  private static final String AUTHORITY = "authority";

  /** The word for a decision between two edits that go round and round. */
  private static final String CHASE = "went round";

  private final Intake intake;
  private final Table table;
  private final MergeTerms terms;
  private final Edits edits;

  ThreeWayMerge(Intake intake, MergeTerms terms, Edits edits) {
    this.edits = edits;
    this.intake = intake;
    this.table = intake.table();
    this.terms = terms;
  }

  /**
   * What comes of a row.
   *
   * @param through columns that the gateway changed and that count
   * @param conflicts what was overruled, on either side
   */
  record Outcome(List<Column> through, List<Conflicts.Fresh> conflicts) {}

  /** Whether the gateway takes what is changed at central. */
  boolean isBothWays() {
    return terms.takes();
  }

  /** Whether what is removed at one end is to be removed at the other. */
  boolean mirrors() {
    return terms.takes() && terms.mirrors();
  }

  /**
   * Merges a row that both sides have agreed on before.
   *
   * @param values the gateway's row in central's ids
   * @param there central's row
   */
  Outcome of(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      Mapping mapping,
      Map<String, @Nullable Object> there)
      throws SQLException {
    Map<String, @Nullable Object> agreed = mapping.centralBaseOf(table);
    List<Column> through = new ArrayList<>();
    List<Conflicts.Fresh> conflicts = new ArrayList<>();
    for (Column column : intake.changed(row, mapping)) {
      String name = column.name();
      Object ours = there.get(name);
      Object theirs = values.get(column);
      boolean centralChanged = agreed.containsKey(name) && !Objects.equals(agreed.get(name), ours);
      boolean chases =
          !centralChanged
              && edits.haveBothBeenReplaced(
                  intake.connection(), table, mapping.central(), column, ours, theirs);
      if (Objects.equals(ours, theirs) || (!centralChanged && !chases)) {
        through.add(column);
        continue;
      }
      Conflict.Versions versions = new Conflict.Versions(agreed.get(name), theirs, ours);
      Conflict.Side winner = winner(terms.rule(table), row, there);
      if (chases) {
        // Every central has to say the same, whatever its rules are.
        winner =
            Edits.staysOf(column, ours, theirs) ? Conflict.Side.CENTRAL : Conflict.Side.GATEWAY;
      }
      conflicts.add(
          new Conflicts.Fresh(
              Conflict.Kind.EDITED,
              name,
              versions,
              winner,
              chases ? CHASE : terms.rule(table).word()));
      if (winner == Conflict.Side.GATEWAY) {
        through.add(column);
      }
    }
    return new Outcome(through, conflicts);
  }

  /**
   * Merges a row that both sides have and never agreed on: what one side lacks the other gives, and
   * where both have something it is the table's side that counts, unless there is a rule for it.
   *
   * @param leads whether that side is the gateway
   */
  Outcome first(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      Map<String, @Nullable Object> there,
      boolean leads) {
    List<Column> through = new ArrayList<>();
    List<Conflicts.Fresh> conflicts = new ArrayList<>();
    for (Map.Entry<Column, @Nullable Object> each : values.entrySet()) {
      Column column = each.getKey();
      Object theirs = each.getValue();
      Object ours = there.get(column.name());
      if (theirs == null || theirs.equals(ours) || column.name().equals(Table.ID)) {
        continue;
      }
      if (ours == null) {
        through.add(column);
        continue;
      }
      Conflict.Side winner =
          terms
              .ownRule(table)
              .map(rule -> winner(rule, row, there))
              .orElse(leads ? Conflict.Side.GATEWAY : Conflict.Side.CENTRAL);
      conflicts.add(
          new Conflicts.Fresh(
              Conflict.Kind.MATCHED,
              column.name(),
              new Conflict.Versions(null, theirs, ours),
              winner,
              terms.ownRule(table).map(MergeRule::word).orElse(AUTHORITY)));
      if (winner == Conflict.Side.GATEWAY) {
        through.add(column);
      }
    }
    return new Outcome(through, conflicts);
  }

  private static Conflict.Side winner(
      MergeRule rule, Map<String, @Nullable Object> row, Map<String, @Nullable Object> there) {
    return switch (rule) {
      case CENTRAL -> Conflict.Side.CENTRAL;
      case LOCAL -> Conflict.Side.GATEWAY;
      case NEWEST ->
          row.get("time") instanceof Instant theirs
                  && there.get("time") instanceof Instant ours
                  && theirs.isAfter(ours)
              ? Conflict.Side.GATEWAY
              : Conflict.Side.CENTRAL;
    };
  }

  /**
   * Central's row as far as both sides are agreed on it now: of what only central changed it is
   * still the row of before.
   *
   * @param settled columns about which there is nothing left to say to the gateway's last edit
   * @param now central's row as it is now
   */
  String agreed(
      Mapping mapping,
      List<Column> settled,
      Map<Column, @Nullable Object> values,
      Map<String, @Nullable Object> now)
      throws SQLException {
    Map<String, @Nullable Object> before = mapping.centralBaseOf(table);
    Map<String, @Nullable Object> agreed = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      String name = column.name();
      if (now.containsKey(name)) {
        boolean settles =
            settled.contains(column)
                || !before.containsKey(name)
                || (values.containsKey(column)
                    && Objects.equals(values.get(column), now.get(name)));
        agreed.put(name, settles ? now.get(name) : before.get(name));
      }
    }
    return SyncJson.writeRow(agreed);
  }

  /** Central's row, agreed on for the first time. */
  static String agreed(Table table, Map<String, @Nullable Object> now) {
    Map<String, @Nullable Object> agreed = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (now.containsKey(column.name())) {
        agreed.put(column.name(), now.get(column.name()));
      }
    }
    return SyncJson.writeRow(agreed);
  }
}
