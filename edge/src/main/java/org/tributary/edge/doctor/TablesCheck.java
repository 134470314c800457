package org.tributary.edge.doctor;

import java.util.ArrayList;
import java.util.List;
import org.tributary.store.SourceDatabase;
import org.tributary.store.StoreException;
import org.tributary.wire.Tables;

/** Whether the local database has the tables and columns that are pushed. */
public record TablesCheck(SourceDatabase database) implements Check {

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try {
      List<String> missing = database.missing();
      if (!missing.isEmpty()) {
        findings.add(
            Finding.problem(
                "missing: " + String.join(", ", missing),
                "is localurl right? If it is, let the logger create its tables"));
      }
      List<String> without = database.missingColumns();
      if (!without.isEmpty()) {
        findings.add(
            Finding.warning(
                "missing, and left out: " + String.join(", ", without),
                "an older logger does without them; nothing to do if this is one"));
      }
    } catch (StoreException e) {
      findings.add(Finding.problem(String.valueOf(e.getMessage()), ""));
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("all %d are there".formatted(Tables.ALL.size())))
        : findings;
  }
}
