package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The section "Faults" of {@code docs/reliability.md}: its table, from what was played. */
final class ReliabilityPage {

  private static final String BEGIN = "<!-- faults: written by mvn verify -Pchaos -->\n";
  private static final String END = "<!-- faults: end -->\n";

  private ReliabilityPage() {}

  /** Puts the table between its marks, or the section at the end if there are none. */
  static void write(Path page, Ledger ledger) throws IOException {
    String text = Files.exists(page) ? Files.readString(page) : "# Reliability\n";
    String table = BEGIN + table(ledger) + END;
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    Files.writeString(
        page,
        from >= 0 && to > from
            ? text.substring(0, from) + table + text.substring(to + END.length())
            : text + "\n## Faults\n\n" + table);
  }

  private static String table(Ledger ledger) {
    StringBuilder lines = new StringBuilder();
    lines.append("| id | what is done | rounds | wanted | failed | seed | seconds a round |\n");
    lines.append("|---|---|---:|---:|---:|---|---:|\n");
    for (Fault fault : Catalogue.all()) {
      List<Ledger.Entry> played = ledger.of(fault);
      long failed = played.stream().filter(each -> !each.isOk()).count();
      String seeds =
          played.stream()
              .map(each -> Long.toString(each.seed()))
              .distinct()
              .collect(Collectors.joining(", "));
      String rounds =
          played.isEmpty() && fault.missing().isPresent()
              ? "skipped: " + fault.missing().get().replace("|", "/")
              : Integer.toString(played.size());
      lines.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %,d | %d | %s | %.1f |%n",
              fault.id(),
              fault.name(),
              rounds,
              fault.wanted(),
              failed,
              seeds,
              played.stream().mapToDouble(Ledger.Entry::seconds).average().orElse(0)));
    }
    lines.append("\nDone by other tests, or not at all:\n\n| what | where |\n|---|---|\n");
    Catalogue.elsewhere()
        .forEach(
            (what, where) ->
                lines.append("| ").append(what).append(" | ").append(where).append(" |\n"));
    return lines.toString();
  }
}
