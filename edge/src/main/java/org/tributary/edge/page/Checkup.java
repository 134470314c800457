package org.tributary.edge.page;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tributary.edge.doctor.Examined;
import org.tributary.edge.doctor.Finding;
import org.tributary.edge.doctor.Level;

/**
 * What the doctor found.
 *
 * @param at when it had looked at everything
 */
record Checkup(Instant at, List<Examined> checks) {

  Checkup {
    requireNonNull(at);
    checks = List.copyOf(checks);
  }

  /** One thing that somebody should see to or know of. */
  record Advice(String where, Finding finding) {}

  /** What is wrong, problems first. */
  List<Advice> advice() {
    List<Advice> all = new ArrayList<>();
    for (Examined each : checks) {
      for (Finding finding : each.findings()) {
        if (finding.level() == Level.PROBLEM || finding.level() == Level.WARNING) {
          all.add(new Advice(each.section() + ", " + each.check(), finding));
        }
      }
    }
    all.sort(Comparator.comparing(advice -> advice.finding().level() != Level.PROBLEM));
    return all;
  }
}
