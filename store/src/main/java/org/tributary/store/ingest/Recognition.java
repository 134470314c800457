package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Authority;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Knows the rows of a batch about which there is nothing to be done: both sides agree on them, or
 * have them alike under one id. They are looked at all at once, because most rows are such, and by
 * itself each would take several turns on the way to the database. For one batch.
 */
final class Recognition {

  private final MappingJournal journal;
  private final Intake intake;
  private final CentralTable central;
  private final CentralValues values;
  private final Pairs pairs;
  private Map<Long, Map<String, @Nullable Object>> there = Map.of();
  private Set<Long> others = Set.of();

  Recognition(
      MappingJournal journal,
      Intake intake,
      CentralTable central,
      CentralValues values,
      Pairs pairs) {
    this.journal = journal;
    this.intake = intake;
    this.central = central;
    this.values = values;
    this.pairs = pairs;
  }

  /** Looks at central's rows. */
  void look() throws SQLException {
    Set<Long> ids = new LinkedHashSet<>();
    for (LocalId local : intake.locals()) {
      Mapping mapping = pairs.of(local);
      if (mapping != null) {
        ids.add(mapping.central().value());
      } else if (intake.table().identity() == Identity.GLOBAL_ID) {
        ids.add(local.value());
      }
    }
    there = central.rows(ids.stream().toList());
    others =
        intake.table().equals(Tables.NODE)
            ? journal.othersRows(intake.connection(), intake.gateway(), Tables.NODE)
            : new HashSet<>();
  }

  /** Whether nothing is to be done about a row; a first match is noted. */
  boolean recognises(Map<String, @Nullable Object> row) throws SQLException {
    if (!(row.get(Table.ID) instanceof Long id)) {
      return false;
    }
    LocalId local = new LocalId(id);
    Mapping mapping = pairs.of(local);
    if (mapping != null) {
      Map<String, @Nullable Object> its = there.getOrDefault(mapping.central().value(), Map.of());
      return mapping.inForce()
          && pairs.hasItsRow(mapping)
          && !its.isEmpty()
          && meansTheSame(row, its)
          && intake.changed(row, mapping).isEmpty()
          && canBeHeld(row);
    }
    CentralId same = new CentralId(id);
    Map<String, @Nullable Object> its = there.getOrDefault(id, Map.of());
    boolean isFree =
        intake.table().identity() == Identity.GLOBAL_ID
            && pairs.holderOf(same) == null
            && !others.contains(id);
    if (!isFree || its.isEmpty() || !meansTheSame(row, its) || !addsNothing(row, its)) {
      return false;
    }
    pairs.noteMatch(row, local, same, "matched: the same id on both sides");
    return true;
  }

  private boolean meansTheSame(
      Map<String, @Nullable Object> row, Map<String, @Nullable Object> its) {
    return intake.table().meaning().stream()
        .allMatch(
            column ->
                its.get(column) == null
                    || row.get(column) == null
                    || Objects.equals(its.get(column), row.get(column)));
  }

  private boolean canBeHeld(Map<String, @Nullable Object> row) throws SQLException {
    try {
      values.of(row);
      return true;
    } catch (Doubt doubt) {
      return false; // what it refers to is in doubt meanwhile
    }
  }

  /** Whether central's row stays as it is when a row is matched with it. */
  private boolean addsNothing(Map<String, @Nullable Object> row, Map<String, @Nullable Object> its)
      throws SQLException {
    boolean leads = intake.table().authority() == Authority.GATEWAY;
    try {
      for (Map.Entry<Column, @Nullable Object> each : values.of(row).entrySet()) {
        Object there = its.get(each.getKey().name());
        boolean wouldChange = there == null || leads;
        if (each.getValue() != null && wouldChange && !each.getValue().equals(there)) {
          return false;
        }
      }
      return true;
    } catch (Doubt doubt) {
      return false;
    }
  }
}
