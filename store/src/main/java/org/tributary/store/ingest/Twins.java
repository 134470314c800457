package org.tributary.store.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.LocalId;
import org.tributary.wire.Rule;
import org.tributary.wire.Table;

/** Rows of a gateway that have one and the same key, so that none can be told from the others. */
final class Twins {
  private final Table table;
  private final Map<List<@Nullable Object>, List<LocalId>> byKey = new HashMap<>();

  Twins(Table table) {
    this.table = table;
  }

  void note(LocalId local, Map<String, @Nullable Object> row) {
    byKey.computeIfAbsent(keyOf(row), key -> new ArrayList<>()).add(local);
  }

  void refuse(Map<String, @Nullable Object> row) throws Doubt {
    List<LocalId> alike = byKey.getOrDefault(keyOf(row), List.of());
    if (alike.size() > 1) {
      List<String> names = alike.stream().map(id -> table + " " + id).toList();
      throw new Doubt(
          Rule.AMBIGUOUS,
          "%s of this gateway are alike (%s); give each its own"
              .formatted(String.join(" and ", names), Intake.shown(row, table.key())));
    }
  }

  private List<@Nullable Object> keyOf(Map<String, @Nullable Object> row) {
    List<@Nullable Object> key = new ArrayList<>();
    table.key().forEach(column -> key.add(row.get(column)));
    return key;
  }
}
