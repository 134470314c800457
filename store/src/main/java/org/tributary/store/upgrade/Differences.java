package org.tributary.store.upgrade;

import java.util.ArrayList;
import java.util.List;

/** What a database has otherwise than a fresh installation of the latest revision. */
final class Differences {

  private Differences() {}

  /** In words; what a database has besides is no difference. */
  static List<String> of(Picture picture) {
    List<String> differences = new ArrayList<>();
    for (FreshTable fresh : LatestSchema.TABLES) {
      if (picture.has(fresh.name())) {
        of(picture.require(fresh.name()), fresh, differences);
      } else {
        differences.add("table %s is missing".formatted(fresh.name()));
      }
    }
    return differences;
  }

  private static void of(FoundTable found, FreshTable fresh, List<String> differences) {
    for (FreshColumn column : fresh.columns()) {
      if (!found.has(column.name())) {
        differences.add("column %s.%s is missing".formatted(fresh.name(), column.name()));
      } else if (!SchemaTypes.fits(found.column(column.name()).orElseThrow(), column)) {
        FoundColumn actual = found.column(column.name()).orElseThrow();
        boolean text = column.kind() == Kind.SHORT_TEXT;
        differences.add(
            "%s.%s is %s%s, a fresh one is %s"
                .formatted(
                    fresh.name(),
                    column.name(),
                    actual.declared(),
                    text && !actual.declared().contains("(") ? "(" + actual.size() + ")" : "",
                    text ? "VARCHAR(" + column.length() + ")" : column.kind()));
      }
    }
    if (!fresh.key().isEmpty() && !found.key().equals(FoundTable.lower(fresh.key()))) {
      differences.add(
          "primary key of %s is (%s), a fresh one is (%s)"
              .formatted(
                  fresh.name(), String.join(", ", found.key()), String.join(", ", fresh.key())));
    }
    for (List<String> unique : fresh.uniques()) {
      if (!found.isUnique(unique)) {
        differences.add(
            "unique key of %s (%s) is missing".formatted(fresh.name(), String.join(", ", unique)));
      }
    }
    for (Link link : fresh.links()) {
      if (found.has(link.column()) && !found.hasLink(link)) {
        differences.add(
            "foreign key of %s.%s to %s is missing"
                .formatted(fresh.name(), link.column(), link.parent()));
      }
    }
    for (List<String> index : fresh.indexes()) {
      if (index.stream().allMatch(found::has) && !found.isIndexed(index)) {
        differences.add(
            "index of %s (%s) is missing".formatted(fresh.name(), String.join(", ", index)));
      }
    }
    if (LatestSchema.dropsId(fresh.name()) && found.has("id")) {
      differences.add("column %s.id is there, a fresh one has none".formatted(fresh.name()));
    }
  }
}
