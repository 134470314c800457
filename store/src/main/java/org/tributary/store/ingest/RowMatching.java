package org.tributary.store.ingest;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Stored;
import org.tributary.wire.Authority;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds out which row of central a gateway's row is, and brings over what is new in it. Each match
 * has its evidence; what could mean two things is a {@link Doubt} and never guessed. For one batch.
 */
final class RowMatching {
  private final Intake intake;
  private final Table table;
  private final CentralTable central;
  private final CentralValues values;
  private final Pairs pairs;
  private final Renames renames;
  private final Objections objections;
  private final DecidedMatching decided;
  private final Rulings rulings;
  private final ThreeWayMerge merge;
  private final Traces traces;
  private final Map<CentralId, CentralId> readingsMoved = new LinkedHashMap<>();
  private final Set<Long> moved = new HashSet<>();

  RowMatching(
      Intake intake,
      CentralTable central,
      CentralValues values,
      Pairs pairs,
      Renames renames,
      DecidedMatching decided,
      ThreeWayMerge merge,
      Objections objections,
      Traces traces) {
    this.intake = intake;
    this.table = intake.table();
    this.central = central;
    this.values = values;
    this.pairs = pairs;
    this.renames = renames;
    this.decided = decided;
    this.rulings = decided.rulings();
    this.merge = merge;
    this.objections = objections;
    this.traces = traces;
  }

  /** Rows of the gateway that are another row of central now. */
  Set<Long> moved() {
    return moved;
  }

  /** Locations of central whose readings belong to another one now. */
  Map<CentralId, CentralId> readingsMoved() {
    return readingsMoved;
  }

  /** Matches and stores one row. */
  Stored match(Map<String, @Nullable Object> row) throws SQLException, Doubt {
    if (!(row.get(Table.ID) instanceof Long id)) {
      throw new Doubt(Rule.KEY_MISSING, "id is null");
    }
    LocalId local = new LocalId(id);
    Map<Column, @Nullable Object> wanted = values.of(row);
    Mapping mapping = pairs.of(local);
    Optional<MappingDecision> ruling = rulings.of(local);
    if (ruling.isPresent()
        && (mapping == null || mapping.central().value() != ruling.get().central())) {
      return matchAsDecided(row, wanted, local, ruling.get());
    }
    if (mapping != null) {
      Map<String, @Nullable Object> there = central.row(mapping.central());
      if (!there.isEmpty()) {
        return update(row, wanted, mapping, there);
      }
      if (merge.mirrors() && intake.changed(row, mapping).isEmpty()) {
        return new Stored(0, 0, 1); // the gateway is about to hear that it was removed
      }
      if (merge.mirrors()) {
        traces.revived(row, mapping);
      }
      pairs.forget(mapping);
    }
    return table.identity() == Identity.GLOBAL_ID
        ? matchById(row, wanted, local)
        : matchByKey(row, wanted, local, "");
  }

  /** Brings over what the gateway changed since both sides agreed. */
  private Stored update(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      Mapping mapping,
      Map<String, @Nullable Object> there)
      throws SQLException, Doubt {
    LocalId local = mapping.local();
    List<Column> edited = intake.changed(row, mapping);
    if (!rulings.is(local, Verdict.SAME)) {
      objections.refuseOtherMeaning(row, there, edited);
    }
    if (edited.isEmpty() && mapping.inForce()) {
      return new Stored(0, 0, 1);
    }
    boolean isAway = rulings.isCarriedAway(mapping.central());
    if (!isAway && rulings.of(local).isEmpty()) {
      objections.refuseOthersNode(local, mapping.central(), values, there);
    }
    Optional<NaturalKey> newKey = renames.newKeyOf(mapping.local());
    if (newKey.isPresent() && !renames.keepsItsRow(row, mapping, newKey.get())) {
      values.putAll(newKey.get().cells());
      return matchAnew(row, values, mapping);
    }
    ThreeWayMerge.Outcome outcome = merge.of(row, values, mapping, there);
    Map<Column, @Nullable Object> wanted = new LinkedHashMap<>();
    outcome.through().forEach(column -> wanted.put(column, values.get(column)));
    if (isAway) {
      wanted.remove(table.require("locationId"));
    }
    wanted.keySet().removeIf(RowMatching::isId);
    // All of a new key: the row may have left its place for another one.
    newKey.ifPresent(key -> wanted.putAll(key.cells()));
    Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
    for (Map.Entry<Column, @Nullable Object> each : wanted.entrySet()) {
      if (!Objects.equals(each.getValue(), there.get(each.getKey().name()))) {
        changes.put(each.getKey(), each.getValue());
      }
    }
    traces.replaced(mapping.central(), there, changes.keySet());
    central.update(mapping.central(), changes);
    pairs.agree(row, mapping, merge.agreed(mapping, edited, values, with(there, changes)));
    traces.overruled(local, mapping.central(), outcome.conflicts());
    return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
  }

  /** The gateway's row has another key, and its row at central isn't its alone: finds its own. */
  private Stored matchAnew(
      Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, Mapping mapping)
      throws SQLException, Doubt {
    LocalId local = mapping.local();
    boolean wasItsOwn = mapping.inForce() || pairs.hasItsRow(mapping);
    pairs.forget(mapping);
    Stored result =
        matchByKey(
            row,
            values,
            local,
            "was %s %s until its %s changed; "
                .formatted(table, mapping.central(), String.join(" or ", table.key())));
    moved.add(local.value());
    if (table.equals(Tables.LOCATION) && wasItsOwn) {
      readingsMoved.put(mapping.central(), pairs.matchOf(local));
    }
    return result;
  }

  /** A person has said which row it is. */
  private Stored matchAsDecided(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      MappingDecision ruling)
      throws SQLException, Doubt {
    Map<String, @Nullable Object> there = decided.row(local, ruling);
    Mapping mapping = pairs.of(local);
    if (mapping != null) {
      pairs.forget(mapping);
      moved.add(local.value());
    }
    if (!there.isEmpty()) {
      boolean leads = ruling.verdict() == Verdict.MOVED;
      values.keySet().removeIf(RowMatching::isId);
      return merge(row, values, local, there, leads, ruling.evidence());
    }
    CentralId made = decided.make(values, ruling);
    pairs.match(
        row, local, made, ruling.evidence(), ThreeWayMerge.agreed(table, with(Map.of(), values)));
    return new Stored(1, 0, 0);
  }

  private static boolean isId(Column column) {
    return column.name().equals(Table.ID);
  }

  private Stored matchById(
      Map<String, @Nullable Object> row, Map<Column, @Nullable Object> values, LocalId local)
      throws SQLException, Doubt {
    Map<String, @Nullable Object> there = central.row(new CentralId(local.value()));
    if (there.isEmpty()) {
      return insert(row, values, local, "the id was free at central");
    }
    objections.refuseOtherMeaning(row, there, table.columns());
    decided.refuseTaken(local);
    boolean isAway = rulings.isCarriedAway(new CentralId(local.value()));
    if (isAway) {
      values.remove(table.require("locationId"));
    } else {
      objections.refuseOthersNode(local, new CentralId(local.value()), values, there);
    }
    boolean leads = table.authority() == Authority.GATEWAY;
    return merge(row, values, local, there, leads, "matched: the same id on both sides");
  }

  private Stored matchByKey(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      String history)
      throws SQLException, Doubt {
    NaturalKey key = NaturalKey.of(table, values);
    Optional<Column> nameless = key.nameless();
    if (nameless.isPresent()) {
      return insert(
          row,
          values,
          local,
          history + "without " + nameless.get().name() + " there is nothing to match");
    }
    renames.refuseTwins(row);
    List<CentralId> candidates = decided.candidates(local, key);
    String shown = Intake.shown(row, table.key());
    if (candidates.isEmpty()) {
      return insert(row, values, local, history + "none at central with " + shown);
    }
    if (candidates.size() > 1) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "central has more than one %s with %s: %s; %s"
              .formatted(table, shown, candidates, decided.remedy(local)));
    }
    CentralId candidate = candidates.get(0);
    LocalId other = pairs.holderOf(candidate);
    if (other != null && intake.isGone(other)) {
      pairs.remove(other);
    } else if (other != null && !renames.isAboutToLeave(other)) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %s and %s %s of this gateway could both be %s %s at central (%s); %s"
              .formatted(
                  table, local, table, other, table, candidate, shown, decided.remedy(local)));
    }
    objections.refuseOthersHouse(local, candidate);
    return merge(
        row,
        values,
        local,
        central.row(candidate),
        table.authority() == Authority.GATEWAY,
        "matched: " + history + "the only one at central with " + shown);
  }

  private Stored insert(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      String evidence)
      throws SQLException {
    Map<String, @Nullable Object> there = with(Map.of(), values);
    pairs.match(
        row,
        local,
        central.insert(values),
        "created: " + evidence,
        ThreeWayMerge.agreed(table, there));
    return new Stored(1, 0, 0);
  }

  /** A first match: central keeps what it has, or takes the gateway's word, as the table says. */
  private Stored merge(
      Map<String, @Nullable Object> row,
      Map<Column, @Nullable Object> values,
      LocalId local,
      Map<String, @Nullable Object> there,
      boolean leads,
      String evidence)
      throws SQLException {
    ThreeWayMerge.Outcome outcome = merge.first(row, values, there, leads);
    Map<Column, @Nullable Object> changes = new LinkedHashMap<>();
    outcome.through().forEach(column -> changes.put(column, values.get(column)));
    CentralId id = new CentralId((Long) Objects.requireNonNull(there.get(Table.ID)));
    central.update(id, changes);
    pairs.match(row, local, id, evidence, ThreeWayMerge.agreed(table, with(there, changes)));
    traces.overruled(local, id, outcome.conflicts());
    return changes.isEmpty() ? new Stored(0, 0, 1) : new Stored(0, 1, 0);
  }

  /** A row with other values in some of its columns. */
  static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> there, Map<Column, @Nullable Object> changes) {
    Map<String, @Nullable Object> now = new LinkedHashMap<>(there);
    changes.forEach((column, value) -> now.put(column.name(), value));
    return now;
  }
}
