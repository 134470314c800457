package org.tributary.edge.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Identity;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAside;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.rest.RestTable;

/**
 * Finds for each row of a table that travels whole the one row of the server which is the same, and
 * creates what is missing there. Rows are known by their global id or by their natural key, spelled
 * the same; where two could be meant, neither is taken. For one batch.
 */
final class Matching {

  private final RestClient client;
  private final CentralTables central;
  private final RestRecord record;
  private final Table table;
  private final RestTable shown;
  private final LocalCells cells;
  private final Merging merging;
  private final Evidence evidence;
  private final Rulings rulings;
  private final RemovedThere removed;
  private final Revival revival;
  private final Namesakes namesakes;
  private final Map<Long, Long> takenBy = new HashMap<>();
  private final List<SetAside> apart = new ArrayList<>();
  private final Set<Long> remapped = new HashSet<>();
  private boolean revived;
  private int created;
  private int changed;
  private int unchanged;

  /**
   * @param evidence whether a row that the server refuses is to blame for it itself
   * @param rulings whose value counts where both sides have another one
   * @param removed what somebody removed there
   */
  Matching(
      RestClient client,
      CentralTables central,
      RestRecord record,
      Table table,
      Limits limits,
      Evidence evidence,
      Rulings rulings,
      RemovedThere removed) {
    this.client = client;
    this.central = central;
    this.record = record;
    this.table = table;
    this.shown = CentralTables.shown(table);
    this.cells = new LocalCells(table, record, limits);
    this.merging = new Merging(client, central, record, cells, shown, rulings);
    this.evidence = evidence;
    this.rulings = rulings;
    this.removed = removed;
    this.revival = new Revival(client, central, record, removed);
    this.namesakes = new Namesakes(cells);
  }

  int created() {
    return created;
  }

  int changed() {
    return changed;
  }

  int unchanged() {
    return unchanged;
  }

  List<SetAside> apart() {
    return apart;
  }

  /** Whether a row of here is another row there than it was, so that what refers to it follows. */
  boolean remapped() {
    return !remapped.isEmpty();
  }

  /** Whether what rows refer to has another id there now, and may have had before in this batch. */
  boolean revived() {
    return revived;
  }

  void takeAll(Rows rows) throws IOException {
    look(rows);
    for (int row = 0; row < rows.size(); row++) {
      try {
        if (!(rows.value(Table.ID, row) instanceof Long local)) {
          throw new Doubt(Rule.KEY_MISSING, "id is null");
        }
        take(local, rows, row);
      } catch (Doubt doubt) {
        refuse(rows, row, doubt);
      }
    }
  }

  private void refuse(Rows rows, int row, Doubt doubt) {
    String key = SyncJson.writeRow(rows.row(row));
    if (rows.value(Table.ID, row) instanceof Long local) {
      key = Position.of(local).toString();
      if (record.matches(table.name()).remove(local) != null) {
        remapped.add(local);
      }
    }
    apart.add(new SetAside(table.name(), key, doubt.rule(), String.valueOf(doubt.getMessage())));
  }

  /** Asks for the server's rows that may be needed, and notes rows of here that are alike. */
  private void look(Rows rows) throws IOException {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(Table.ID, row) instanceof Long local) {
        least = Math.min(least, local);
        most = Math.max(most, local);
        record.match(table.name(), local).ifPresent(match -> takenBy.put(match.central(), local));
        namesakes.note(rows, row, local);
      }
    }
    if (table.equals(Tables.NODE) && least <= most) {
      central.look(shown, least, most);
    }
  }

  private String key(Map<String, @Nullable Object> row) {
    return LocalCells.words(table.key(), row);
  }

  private void take(long local, Rows rows, int row) throws IOException, Doubt {
    Map<String, @Nullable Object> here = cells.of(rows, row);
    namesakes.refuse(here);
    Optional<Match> old = record.match(table.name(), local);
    if (old.isPresent() && removed.has(table, local)) {
      if (cells.json(here).equals(old.get().here())) {
        unchanged++; // this gateway is about to hear that it was removed
        return;
      }
      rulings.revived(table, local, old.get(), cells.json(here));
      record.matches(table.name()).remove(local);
      old = Optional.empty();
    }
    Map<String, @Nullable Object> before =
        old.isPresent() ? cells.read(old.get().here()) : Map.of();
    boolean hasOtherParents = revival.ofParents(rows, row, before, here);
    revived |= hasOtherParents;
    take(local, hasOtherParents ? cells.of(rows, row) : here, old);
  }

  private void take(long local, Map<String, @Nullable Object> here, Optional<Match> old)
      throws IOException, Doubt {
    Optional<CentralRow> there = standing(old, here);
    if (there.isEmpty()) {
      there = table.identity() == Identity.GLOBAL_ID ? byId(local, here, old) : byKey(local, here);
    }
    CentralRow row;
    if (there.isEmpty()) {
      row = create(here);
      created++;
    } else {
      Optional<CentralRow> mended = merging.merge(local, here, there.get(), old);
      row = mended.orElse(there.get());
      if (mended.isPresent()) {
        changed++;
      } else {
        unchanged++;
      }
    }
    takenBy.put(row.id(), local);
    record
        .matches(table.name())
        .put(local, new Match(row.id(), cells.json(here), cells.keyJson(row)));
    if (old.filter(match -> match.central() == row.id()).isEmpty()) {
      record.matchedAnew(table.name(), local);
      remapped.add(local);
    }
  }

  /** The row matched before, if it is still known by the same there. */
  private Optional<CentralRow> standing(Optional<Match> old, Map<String, @Nullable Object> here)
      throws IOException {
    if (old.isEmpty() || table.identity() != Identity.NATURAL_KEY) {
      return Optional.empty();
    }
    Optional<CentralRow> there =
        central
            .byId(shown, old.get().central())
            .filter(row -> cells.keyJson(row).equals(old.get().there()));
    // Words that other gateways share are not renamed; another word is meant then.
    boolean stays =
        there.isPresent()
            && (cells.sameKey(here, there.get())
                || merging.mayRename(here, there.get(), old.get()));
    return stays ? there : Optional.empty();
  }

  private Optional<CentralRow> byId(
      long id, Map<String, @Nullable Object> here, Optional<Match> old) throws IOException, Doubt {
    if (!table.equals(Tables.NODE)) {
      central.all(shown);
    }
    Optional<CentralRow> there = central.byId(shown, id);
    if (there.isPresent()
        && !cells.sameKey(here, there.get())
        && !merging.mayGetMeaning(here, old)) {
      throw new Doubt(
          Rule.MEANING_DIFFERS,
          "%s %d is %s here and %s at central; make them the same, or give one another id"
              .formatted(
                  table,
                  id,
                  LocalCells.words(table.meaning(), here),
                  LocalCells.words(table.meaning(), there.get().cells())));
    }
    return there;
  }

  private Optional<CentralRow> byKey(long local, Map<String, @Nullable Object> here)
      throws IOException, Doubt {
    Collection<CentralRow> candidates = candidates(here);
    List<CentralRow> same = candidates.stream().filter(row -> cells.sameKey(here, row)).toList();
    if (same.size() > 1) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "central has more than one %s with %s: %s; rename or delete all but one"
              .formatted(table, key(here), same.stream().map(CentralRow::id).toList()));
    }
    if (same.isEmpty()) {
      refuseOtherSpelling(here, candidates);
      return Optional.empty();
    }
    Long other = takenBy.get(same.get(0).id());
    if (other != null && other != local) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %d and %s %d here could both be %s %d at central (%s)"
              .formatted(table, local, table, other, table, same.get(0).id(), key(here)));
    }
    return Optional.of(same.get(0));
  }

  private Collection<CentralRow> candidates(Map<String, @Nullable Object> here) throws IOException {
    if (table.equals(Tables.LOCATION) && here.get("houseId") instanceof Long house) {
      return central.referring(shown, "houseId", house);
    }
    return central.all(shown);
  }

  /** The original's database takes them for equal, so its answers would mean either. */
  private void refuseOtherSpelling(
      Map<String, @Nullable Object> here, Collection<CentralRow> candidates) throws Doubt {
    for (CentralRow row : candidates) {
      if (LocalCells.folded(key(here)).equals(LocalCells.folded(key(row.cells())))) {
        throw new Doubt(
            Rule.AMBIGUOUS,
            "central has %s %d with %s, here it is %s; spell them the same"
                .formatted(table, row.id(), LocalCells.words(table.key(), row.cells()), key(here)));
      }
    }
  }

  private CentralRow create(Map<String, @Nullable Object> here) throws IOException, Doubt {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put(RestTable.LABEL, shown.label());
    row.putAll(here);
    Optional<CentralRow> made = client.create(shown, row);
    if (made.isEmpty()) {
      evidence.ofARowsOwnFault(shown + " " + key(here));
      throw new Doubt(
          Rule.DATABASE, "central's server fails on it; its log may say why: " + key(here));
    }
    central.put(shown, made.get());
    return made.get();
  }
}
