package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.GatewayId;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Why a gateway's row must not become a row of central although its id fits. For one batch. */
record Objections(
    Intake intake,
    Claims claims,
    DecidedMatching decided,
    ThreeWayMerge merge,
    boolean ownHousesOnly) {

  /**
   * Refuses a row whose id means something else at central.
   *
   * @param said columns of which the gateway says something: of one that it takes from central it
   *     only has what it has not taken yet
   */
  void refuseOtherMeaning(
      Map<String, @Nullable Object> row, Map<String, @Nullable Object> there, List<Column> said)
      throws Doubt {
    Table table = intake.table();
    for (String column : table.meaning()) {
      if (merge.isBothWays() && !said.contains(table.require(column))) {
        continue;
      }
      Object ours = there.get(column);
      Object theirs = row.get(column);
      if (ours != null && theirs != null && !ours.equals(theirs)) {
        throw new Doubt(
            Rule.MEANING_DIFFERS,
            "%s %s is (%s) at the gateway and (%s) at central; give one of them another id, or %s"
                .formatted(
                    table,
                    row.get(Table.ID),
                    Intake.shown(row, table.meaning()),
                    Intake.shown(there, table.meaning()),
                    decided.remedy(new LocalId((Long) Objects.requireNonNull(row.get(Table.ID))))));
      }
    }
  }

  /** Refuses a house that another gateway has, if such a one is out of reach. */
  void refuseOthersHouse(LocalId local, CentralId candidate) throws SQLException, Doubt {
    if (!ownHousesOnly) {
      return;
    }
    List<GatewayId> others =
        claims.others(intake.connection(), intake.gateway(), Tables.HOUSE, candidate);
    if (!others.isEmpty()) {
      throw new Doubt(
          Rule.CLAIMED,
          "House %s has the address of House %s at central, which is gateway %s's; whether it is the same house a person has to say: %s"
              .formatted(local, candidate, others.get(0), decided.remedy(local)));
    }
  }

  /** Refuses a node that is another gateway's. */
  void refuseOthersNode(
      LocalId local,
      CentralId itself,
      Map<Column, @Nullable Object> values,
      Map<String, @Nullable Object> there)
      throws SQLException, Doubt {
    if (intake.table().equals(Tables.NODE)) {
      claims.check(intake.connection(), intake.gateway(), local, itself, values, there);
    }
  }
}
