package org.tributary.edge.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One check that has been made, and what it found. */
public record Examined(String section, Area area, String check, List<Finding> findings) {

  public Examined {
    requireNonNull(section);
    requireNonNull(area);
    requireNonNull(check);
    findings = List.copyOf(findings);
  }

  public boolean has(Level level) {
    return findings.stream().anyMatch(finding -> finding.level() == level);
  }
}
