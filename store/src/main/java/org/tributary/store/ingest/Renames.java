package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Table;

/**
 * Rows of a gateway that got another key since both sides agreed: which of them are still the same
 * row at central, and which must be taken before which. For one batch.
 */
final class Renames {
  private final Intake intake;
  private final Table table;
  private final CentralTable central;
  private final CentralValues values;
  private final Pairs pairs;
  private final Users users;
  private final ThreeWayMerge merge;
  private final Map<LocalId, NaturalKey> newKeys = new HashMap<>();
  private final Set<LocalId> done = new HashSet<>();
  private final Twins twins;

  Renames(
      Intake intake,
      CentralTable central,
      CentralValues values,
      Pairs pairs,
      Users users,
      ThreeWayMerge merge)
      throws SQLException {
    this.intake = intake;
    this.table = intake.table();
    this.central = central;
    this.values = values;
    this.pairs = pairs;
    this.users = users;
    this.merge = merge;
    this.twins = new Twins(table);
    if (table.identity() == Identity.NATURAL_KEY) {
      noteNewKeys();
    }
  }

  /** Notes which rows have another key than when both sides agreed, and which are alike. */
  private void noteNewKeys() throws SQLException {
    for (LocalId local : intake.locals()) {
      Map<String, @Nullable Object> row = intake.row(local);
      Mapping mapping = pairs.of(local);
      if (mapping != null) {
        List<Column> changed = intake.changed(row, mapping);
        if (pairs.hasItsRow(mapping) && changed.stream().noneMatch(table.keyColumns()::contains)) {
          continue;
        }
        noteNewKey(row, mapping);
      }
      twins.note(local, row);
    }
  }

  private void noteNewKey(Map<String, @Nullable Object> row, Mapping mapping) throws SQLException {
    Map<String, @Nullable Object> there = central.row(mapping.central());
    if (there.isEmpty()) {
      return;
    }
    try {
      Map<Column, @Nullable Object> wanted = values.of(row);
      Map<Column, @Nullable Object> key = new LinkedHashMap<>(NaturalKey.of(table, wanted).cells());
      if (pairs.hasItsRow(mapping)) {
        List<Column> changed = merge.of(row, wanted, mapping, there).through();
        if (changed.stream().noneMatch(table.keyColumns()::contains)) {
          return; // central's new name counts
        }
        key.replaceAll(
            (column, value) -> changed.contains(column) ? value : there.get(column.name()));
      }
      newKeys.put(mapping.local(), new NaturalKey(key));
    } catch (Doubt doubt) {
      return; // said when its turn comes
    }
  }

  /** Whether a row got another key. */
  boolean areAny() {
    return !newKeys.isEmpty();
  }

  /** The key that a row got, if it got another one. */
  Optional<NaturalKey> newKeyOf(LocalId local) {
    return Optional.ofNullable(newKeys.get(local));
  }

  /** Another row whose key a row gets, and which therefore has to give it up first. */
  Optional<LocalId> before(LocalId local) throws SQLException {
    NaturalKey key = newKeys.get(local);
    if (newKeys.isEmpty() || (key == null && pairs.of(local) != null)) {
      return Optional.empty();
    }
    if (key == null) {
      try {
        key = NaturalKey.of(table, values.of(intake.row(local)));
      } catch (Doubt doubt) {
        return Optional.empty(); // said when its turn comes
      }
    }
    for (CentralId candidate : central.with(key)) {
      LocalId holder = pairs.holderOf(candidate);
      if (holder != null && !holder.equals(local) && newKeys.containsKey(holder)) {
        return Optional.of(holder);
      }
    }
    return Optional.empty();
  }

  /** Notes that a row has been taken or set aside. */
  void done(LocalId local) {
    done.add(local);
  }

  /** Whether a row will leave its place at central when its turn comes. */
  boolean isAboutToLeave(LocalId local) {
    return newKeys.containsKey(local) && !done.contains(local);
  }

  /**
   * Whether a row that got another key is still the same row at central, renamed where need be;
   * then rows that stand in its way have left their place.
   */
  boolean keepsItsRow(Map<String, @Nullable Object> row, Mapping mapping, NaturalKey newKey)
      throws SQLException, Doubt {
    refuseTwins(row);
    if (!pairs.hasItsRow(mapping)) {
      return false;
    }
    List<CentralId> candidates = central.with(newKey);
    if (candidates.contains(mapping.central())) {
      return true;
    }
    if (isOthersToo(mapping.central())) {
      return false;
    }
    for (CentralId candidate : candidates) {
      if (!isAboutToBeRenamed(candidate)) {
        return false;
      }
    }
    for (CentralId candidate : candidates) {
      central.leaveItsPlace(candidate);
    }
    return true;
  }

  void refuseTwins(Map<String, @Nullable Object> row) throws Doubt {
    twins.refuse(row);
  }

  private boolean isAboutToBeRenamed(CentralId id) throws SQLException {
    LocalId holder = pairs.holderOf(id);
    return holder != null && isAboutToLeave(holder) && !isOthersToo(id);
  }

  private boolean isOthersToo(CentralId id) throws SQLException {
    return users.hasOthers(intake.connection(), intake.gateway(), table, id);
  }
}
