package org.tributary.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tributary.edge.KeptApart;
import org.tributary.store.Counted;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.SetAside;

/** Says which rows are kept apart at a gateway, for remotes that can't do that themselves. */
record KeptApartReport(Answers answers, SetAsideFilter filter, int most) {

  void print(KeptApart kept) {
    List<SetAside> rows = kept.rows().stream().filter(this::isMeant).toList();
    if (rows.isEmpty()) {
      answers.line(kept.remote() + ": nothing is kept apart here.");
      return;
    }
    answers.line("%s: %s kept apart here".formatted(kept.remote(), Counted.rows(rows.size())));
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.table() + ", " + row.rule().words(), 1L, Long::sum));
    counts.forEach(
        (which, count) -> answers.line("  %s: %s".formatted(which, Counted.rows(count))));
    answers.line(
        "  Mend them at the gateway, or have the remote's table mended; pushes try them again.");
    for (SetAside row : rows.subList(0, Math.min(most, rows.size()))) {
      answers.line("");
      answers.line("  %s %s".formatted(row.table(), Answers.plain(row.key())));
      answers.line("    %s: %s".formatted(row.rule().words(), Answers.plain(row.reason())));
    }
  }

  private boolean isMeant(SetAside row) {
    return filter.table().map(row.table()::equals).orElse(true)
        && filter.rule().map(row.rule()::equals).orElse(true);
  }
}
