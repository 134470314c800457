package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  private final Intake intake;
  private final CentralValues values;
  private final Pairs pairs;
  private final Lookout lookout;
  private final ThreeWayMerge merge;
  private final Rulings rulings;
  private final boolean ownHousesOnly;
  private Set<Long> others = Set.of();

  Recognition(
      Intake intake,
      CentralValues values,
      Pairs pairs,
      Lookout lookout,
      ThreeWayMerge merge,
      Rulings rulings,
      boolean ownHousesOnly) {
    this.ownHousesOnly = ownHousesOnly;
    this.intake = intake;
    this.values = values;
    this.pairs = pairs;
    this.lookout = lookout;
    this.merge = merge;
    this.rulings = rulings;
  }

  /** Looks at central's rows. */
  void look() throws SQLException {
    lookout.look();
    others =
        intake.table().equals(Tables.NODE)
            ? SharedNodes.ofOthers(
                intake.connection(),
                intake.gateway(),
                intake.locals().stream().map(LocalId::value).collect(Collectors.toSet()))
            : Set.of();
  }

  /** Whether nothing is to be done about a row; a first match is noted. */
  boolean recognises(Map<String, @Nullable Object> row) throws SQLException {
    if (!(row.get(Table.ID) instanceof Long id)) {
      return false;
    }
    LocalId local = new LocalId(id);
    Mapping mapping = pairs.of(local);
    if (mapping != null) {
      Map<String, @Nullable Object> its = lookout.row(mapping.central());
      return mapping.inForce()
          && pairs.hasItsRow(mapping)
          && !its.isEmpty()
          && (merge.isBothWays() || meansTheSame(row, its))
          && intake.changed(row, mapping).isEmpty()
          && canBeHeld(row);
    }
    lookout.look();
    if (rulings.of(local).isPresent()) {
      return false;
    }
    return intake.table().identity() == Identity.GLOBAL_ID
        ? hasTheSameId(row, local)
        : hasTheSameNames(row, local);
  }

  private boolean hasTheSameId(Map<String, @Nullable Object> row, LocalId local)
      throws SQLException {
    CentralId same = new CentralId(local.value());
    Map<String, @Nullable Object> its = lookout.row(same);
    boolean isFree = pairs.holderOf(same) == null && !others.contains(same.value());
    if (!isFree || !addsNothing(row, its)) {
      return false;
    }
    pairs.noteMatch(
        row,
        local,
        same,
        "matched: the same id on both sides",
        ThreeWayMerge.agreed(intake.table(), its));
    return true;
  }

  private boolean hasTheSameNames(Map<String, @Nullable Object> row, LocalId local)
      throws SQLException {
    NaturalKey key = lookout.keyOf(local);
    if (key == null || lookout.with(key).size() != 1 || pairs.isMatched(local)) {
      return false;
    }
    CentralId candidate = lookout.with(key).get(0);
    Map<String, @Nullable Object> its = lookout.row(candidate);
    if (ownHousesOnly
        || pairs.holderOf(candidate) != null
        || its.isEmpty()
        || !addsNothing(row, its)) {
      return false;
    }
    try {
      lookout.refuseTwins(row);
    } catch (Doubt doubt) {
      return false; // said when it is looked at by itself
    }
    pairs.noteMatch(
        row,
        local,
        candidate,
        "matched: the only one at central with " + Intake.shown(row, intake.table().key()),
        ThreeWayMerge.agreed(intake.table(), its));
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

  /** Whether neither side's row says anything that the other's does not. */
  private boolean addsNothing(Map<String, @Nullable Object> row, Map<String, @Nullable Object> its)
      throws SQLException {
    try {
      for (Map.Entry<Column, @Nullable Object> each : values.of(row).entrySet()) {
        if (each.getValue() != null && !each.getValue().equals(its.get(each.getKey().name()))) {
          return false;
        }
      }
      return true;
    } catch (Doubt doubt) {
      return false;
    }
  }
}
