package org.tributary.edge.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Identity;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Rows of here that have no name, or the same as another one: nobody can say which row of the
 * server is meant. For one batch.
 */
final class Namesakes {

  private final LocalCells cells;
  private final Table table;
  private final Map<String, List<Long>> twins = new HashMap<>();

  Namesakes(LocalCells cells) {
    this.cells = cells;
    this.table = cells.table();
  }

  /** Makes a row known, so that others are seen to be alike. */
  void note(Rows rows, int row, long local) {
    if (table.identity() != Identity.NATURAL_KEY) {
      return;
    }
    try {
      twins.computeIfAbsent(key(cells.of(rows, row)), key -> new ArrayList<>()).add(local);
    } catch (Doubt doubt) {
      // It is refused for this when its turn comes.
    }
  }

  /** Refuses a row that can't be matched for that. */
  void refuse(Map<String, @Nullable Object> here) throws Doubt {
    refuseWithoutName(here);
    refuseTwins(here);
  }

  private void refuseWithoutName(Map<String, @Nullable Object> here) throws Doubt {
    String name = table.key().get(table.key().size() - 1);
    boolean mayLack = table.equals(Tables.LOCATION) || table.identity() == Identity.GLOBAL_ID;
    if (!mayLack && here.get(name) == null) {
      throw new Doubt(Rule.KEY_MISSING, name + " is null, and it is known by that");
    }
    if (table.equals(Tables.LOCATION) && here.get("houseId") == null) {
      throw new Doubt(Rule.KEY_MISSING, "houseId is null: nobody knows where that is");
    }
  }

  private void refuseTwins(Map<String, @Nullable Object> here) throws Doubt {
    List<Long> alike = twins.getOrDefault(key(here), List.of());
    if (alike.size() > 1) {
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s %s here are alike (%s); give each its own"
              .formatted(
                  table,
                  String.join(" and ", alike.stream().map(String::valueOf).toList()),
                  key(here)));
    }
  }

  private String key(Map<String, @Nullable Object> row) {
    return LocalCells.words(table.key(), row);
  }
}
