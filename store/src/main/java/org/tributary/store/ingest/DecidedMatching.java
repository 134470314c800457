package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/**
 * Matches rows of which a person has said what they are, and keeps others off these. For one batch.
 */
final class DecidedMatching {

  private final Intake intake;
  private final Table table;
  private final CentralTable central;
  private final Pairs pairs;
  private final Rulings rulings;

  DecidedMatching(Intake intake, CentralTable central, Pairs pairs, Rulings rulings) {
    this.intake = intake;
    this.table = intake.table();
    this.central = central;
    this.pairs = pairs;
    this.rulings = rulings;
  }

  Rulings rulings() {
    return rulings;
  }

  /** Central's row that a row was decided to be; empty if it is to get one of its own. */
  Map<String, @Nullable Object> row(LocalId local, MappingDecision ruling)
      throws SQLException, Doubt {
    CentralId wanted = new CentralId(ruling.central());
    LocalId holder = pairs.holderOf(wanted);
    if (holder != null && !holder.equals(local)) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %s of this gateway is %s %s at central already"
              .formatted(table, holder, table, wanted));
    }
    Map<String, @Nullable Object> there = central.row(wanted);
    if (there.isEmpty() && ruling.verdict() != Verdict.DIFFERENT) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "decision %d says that it is %s %s, which is not at central any more; %s"
              .formatted(ruling.number(), table, wanted, remedy(local)));
    }
    return there;
  }

  /** Makes a row of its own for one that is another thing. */
  CentralId make(Map<Column, @Nullable Object> values, MappingDecision ruling) throws SQLException {
    if (table.identity() == Identity.GLOBAL_ID) {
      values.put(table.require(Table.ID), ruling.central());
    }
    CentralId made = central.insert(values);
    rulings.made(ruling, made);
    return made;
  }

  /** Rows of central with a key; not those of another row that a person has told apart. */
  List<CentralId> candidates(LocalId local, NaturalKey key) throws SQLException {
    List<CentralId> candidates = new ArrayList<>();
    for (CentralId each : central.with(key)) {
      LocalId holder = pairs.holderOf(each);
      if (holder == null || holder.equals(local) || !rulings.is(holder, Verdict.DIFFERENT)) {
        candidates.add(each);
      }
    }
    return candidates;
  }

  /** Refuses an id that stands for another row of this gateway at central. */
  void refuseTaken(LocalId local) throws Doubt {
    LocalId holder = pairs.holderOf(new CentralId(local.value()));
    if (holder != null) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %s of this gateway is %s %s at central already; %s"
              .formatted(table, holder, table, local, remedy(local)));
    }
  }

  /** What a person can do at central. */
  String remedy(LocalId local) {
    return MappingWords.commands(intake.gateway().id(), table, local.value());
  }
}
