package org.tributary.store.ingest;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.Trouble;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;

/**
 * What central has of the rows of a batch, looked up for all of them at once: rows by their ids,
 * and for rows that are matched by their names, which rows of central have these. A picture of one
 * moment, to be taken anew once something was changed. For one batch.
 */
final class Lookout {

  private final Engine engine;
  private final Intake intake;
  private final CentralTable central;
  private final CentralValues values;
  private final Pairs pairs;
  private final Renames renames;
  private Map<Long, Map<String, @Nullable Object>> there = Map.of();
  private Map<LocalId, NaturalKey> keys = Map.of();
  private Map<NaturalKey, List<CentralId>> named = Map.of();
  private boolean outdated = true;

  Lookout(
      Engine engine,
      Intake intake,
      CentralTable central,
      CentralValues values,
      Pairs pairs,
      Renames renames) {
    this.engine = engine;
    this.intake = intake;
    this.central = central;
    this.values = values;
    this.pairs = pairs;
    this.renames = renames;
  }

  /** Something was changed at central: what is asked next is looked up anew. */
  void outdated() {
    outdated = true;
  }

  /** Looks, unless that has been done and nothing was changed since. */
  void look() throws SQLException {
    if (!outdated) {
      return;
    }
    keys = keysOfUnknown();
    named = keys.isEmpty() ? Map.of() : lookForNames();
    Set<Long> ids = new LinkedHashSet<>();
    for (LocalId local : intake.locals()) {
      Mapping mapping = pairs.of(local);
      if (mapping != null) {
        ids.add(mapping.central().value());
      } else if (intake.table().identity() == Identity.GLOBAL_ID) {
        ids.add(local.value());
      }
    }
    named.values().stream()
        .filter(candidates -> candidates.size() == 1)
        .forEach(candidates -> ids.add(candidates.get(0).value()));
    there = central.rows(List.copyOf(ids));
    outdated = false;
  }

  /** Where rows change their names, which is whose is found out one by one. */
  private Map<LocalId, NaturalKey> keysOfUnknown() throws SQLException {
    Map<LocalId, NaturalKey> unknown = new HashMap<>();
    if (intake.table().identity() != Identity.NATURAL_KEY || renames.areAny()) {
      return unknown;
    }
    for (LocalId local : intake.locals()) {
      if (pairs.of(local) == null) {
        try {
          NaturalKey key = NaturalKey.of(intake.table(), values.of(intake.row(local)));
          if (key.nameless().isEmpty()) {
            unknown.put(local, key);
          }
        } catch (Doubt doubt) {
          // Said when its turn comes.
        }
      }
    }
    return unknown;
  }

  private Map<NaturalKey, List<CentralId>> lookForNames() throws SQLException {
    Savepoint before = intake.connection().setSavepoint();
    try {
      return central.withAll(List.copyOf(new LinkedHashSet<>(keys.values())));
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      // A name that the database can't even look for: whose it is shows one by one.
      intake.connection().rollback(before);
      keys = Map.of();
      return Map.of();
    }
  }

  /** The row with that id, as it was; empty if there was none. */
  Map<String, @Nullable Object> row(CentralId id) {
    return there.getOrDefault(id.value(), Map.of());
  }

  /** By what a row is matched that was not known before; null if that is not by its names. */
  @Nullable NaturalKey keyOf(LocalId local) {
    return keys.get(local);
  }

  /** The rows with that key. */
  List<CentralId> with(NaturalKey key) {
    return named.getOrDefault(key, List.of());
  }

  /** What a row says in central's terms. */
  Map<Column, @Nullable Object> valuesOf(Map<String, @Nullable Object> row) throws Doubt {
    return values.of(row);
  }

  /** Refuses a row that another one of the gateway is like. */
  void refuseTwins(Map<String, @Nullable Object> row) throws Doubt {
    renames.refuseTwins(row);
  }
}
