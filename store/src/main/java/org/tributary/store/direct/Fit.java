package org.tributary.store.direct;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.AsBuilt;
import org.tributary.store.NarrowColumn;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * How the tables of a database fit what is pushed. Immutable.
 *
 * @param asBuilt what is otherwise there, and done without
 * @param unfit why rows of a table can't be taken, by its name; those of all others can
 */
public record Fit(AsBuilt asBuilt, Map<String, String> unfit) {

  public Fit {
    requireNonNull(asBuilt);
    unfit = Map.copyOf(unfit);
  }

  /** Why rows of a table can't be taken. */
  public Optional<String> refusal(Table table) {
    return Optional.ofNullable(unfit.get(table.name()));
  }

  /** Rows without the columns that are not there. */
  public Rows fitting(Rows rows) {
    List<Column> present = asBuilt.present(rows.table(), rows.columns());
    return present.size() == rows.columns().size() ? rows : rows.only(present);
  }

  /** Whether rows of a series can be compared: all their columns are there. */
  public boolean isComparable(Table table) {
    return !unfit.containsKey(table.name())
        && asBuilt.present(table, table.columns()).size() == table.columns().size();
  }

  /** What is done without and what is left here, a sentence each. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (!asBuilt.lacking().isEmpty()) {
      words.add(
          "its tables lack %s: left out"
              .formatted(String.join(", ", asBuilt.lacking().stream().sorted().toList())));
    }
    words.addAll(unfit.values().stream().sorted().toList());
    List<String> narrow = new ArrayList<>();
    for (Map.Entry<String, NarrowColumn> each : asBuilt.narrow().entrySet()) {
      narrow.add("%s (%s)".formatted(each.getKey(), each.getValue().type()));
    }
    if (!narrow.isEmpty()) {
      narrow.sort(null);
      words.add(
          "%s hold less than a gateway may have: what they would change is set aside"
              .formatted(String.join(", ", narrow)));
    }
    return words;
  }
}
