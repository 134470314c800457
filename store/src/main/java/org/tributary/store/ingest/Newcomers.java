package org.tributary.store.ingest;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.store.Engine;
import org.tributary.store.Trouble;
import org.tributary.wire.CentralId;
import org.tributary.wire.Column;
import org.tributary.wire.Identity;
import org.tributary.wire.LocalId;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;

/**
 * The rows of a batch that central has nothing of. They wait and are stored together, because by
 * itself each would take several turns on the way to the database. For one batch.
 */
final class Newcomers {

  /**
   * A row that waits.
   *
   * @param key by which its id will be found; null where it brings its own
   */
  private record Newcomer(
      Map<String, @Nullable Object> row,
      LocalId local,
      Map<Column, @Nullable Object> values,
      @Nullable NaturalKey key,
      String evidence) {}

  private final Engine engine;
  private final Intake intake;
  private final CentralTable central;
  private final Lookout lookout;
  private final Pairs pairs;
  private final Rulings rulings;
  private final List<Newcomer> waiting = new ArrayList<>();
  private final Set<LocalId> locals = new HashSet<>();
  private final Set<NaturalKey> keys = new HashSet<>();

  Newcomers(
      Engine engine,
      Intake intake,
      CentralTable central,
      Lookout lookout,
      Pairs pairs,
      Rulings rulings) {
    this.engine = engine;
    this.intake = intake;
    this.central = central;
    this.lookout = lookout;
    this.pairs = pairs;
    this.rulings = rulings;
  }

  /** Whether a row is certainly new at central; then it waits for {@link #settle}. */
  boolean takes(Map<String, @Nullable Object> row) throws SQLException {
    if (!(row.get(Table.ID) instanceof Long id)) {
      return false;
    }
    LocalId local = new LocalId(id);
    // An id that the gateway has twice, or what was known before, is looked at by itself.
    if (pairs.of(local) != null
        || pairs.isMatched(local)
        || locals.contains(local)
        || rulings.of(local).isPresent()) {
      return false;
    }
    lookout.look();
    try {
      Optional<Newcomer> newcomer =
          intake.table().identity() == Identity.GLOBAL_ID
              ? withItsOwnId(row, local)
              : withNames(row, local);
      newcomer.ifPresent(waiting::add);
      newcomer.ifPresent(each -> locals.add(local));
      return newcomer.isPresent();
    } catch (Doubt doubt) {
      return false; // said when it is looked at by itself
    }
  }

  private Optional<Newcomer> withItsOwnId(Map<String, @Nullable Object> row, LocalId local)
      throws Doubt {
    CentralId same = new CentralId(local.value());
    boolean isFree = lookout.row(same).isEmpty() && pairs.holderOf(same) == null;
    return isFree
        ? Optional.of(
            new Newcomer(
                row, local, lookout.valuesOf(row), null, "created: the id was free at central"))
        : Optional.empty();
  }

  private Optional<Newcomer> withNames(Map<String, @Nullable Object> row, LocalId local)
      throws Doubt {
    NaturalKey key = lookout.keyOf(local);
    if (key == null || !lookout.with(key).isEmpty()) {
      return Optional.empty();
    }
    lookout.refuseTwins(row);
    return keys.add(key)
        ? Optional.of(
            new Newcomer(
                row,
                local,
                lookout.valuesOf(row),
                key,
                "created: none at central with " + Intake.shown(row, intake.table().key())))
        : Optional.empty();
  }

  /**
   * Stores those that wait; they wait no longer.
   *
   * @param stored hears of each row that is stored
   * @return the rows that have to be stored one by one, because one of them can't be
   */
  List<Map<String, @Nullable Object>> settle(List<Map<String, @Nullable Object>> stored)
      throws SQLException {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Newcomer> all = List.copyOf(waiting);
    waiting.clear();
    List<Map<String, @Nullable Object>> rows = all.stream().map(Newcomer::row).toList();
    if (!storeTogether(all)) {
      all.forEach(each -> locals.remove(each.local()));
      return rows;
    }
    stored.addAll(rows);
    return List.of();
  }

  private boolean storeTogether(List<Newcomer> all) throws SQLException {
    Savepoint before = intake.connection().setSavepoint();
    try {
      central.insertAll(all.stream().map(Newcomer::values).toList());
      List<Mapping> mappings = mappings(all);
      if (!mappings.isEmpty()) {
        // The savepoint ends with the transaction: releasing it would be one more turn.
        pairs.matchAll(mappings);
        return true;
      }
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
    }
    intake.connection().rollback(before);
    return false;
  }

  /** What they are at central now; nothing if that can't be told of each. */
  private List<Mapping> mappings(List<Newcomer> all) throws SQLException {
    List<NaturalKey> wanted = new ArrayList<>();
    for (Newcomer each : all) {
      if (each.key() != null) {
        wanted.add(each.key());
      }
    }
    Map<NaturalKey, List<CentralId>> found = wanted.isEmpty() ? Map.of() : central.withAll(wanted);
    List<Mapping> mappings = new ArrayList<>();
    for (Newcomer each : all) {
      NaturalKey key = each.key();
      List<CentralId> its =
          key == null
              ? List.of(new CentralId(each.local().value()))
              : found.getOrDefault(key, List.of());
      if (its.size() != 1) {
        return List.of(); // somebody else's program stored the same just now, or altered it
      }
      mappings.add(
          new Mapping(
              each.local(),
              its.get(0),
              each.evidence(),
              SyncJson.writeRow(each.row()),
              ThreeWayMerge.agreed(intake.table(), RowMatching.with(Map.of(), each.values())),
              true));
    }
    return mappings;
  }
}
