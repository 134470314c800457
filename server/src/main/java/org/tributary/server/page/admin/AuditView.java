package org.tributary.server.page.admin;

import java.util.List;
import java.util.Optional;
import org.tributary.server.page.Section;
import org.tributary.server.page.View;
import org.tributary.store.access.AuditEntry;

/**
 * What was done at central, newest first.
 *
 * @param most how many were asked for
 * @param flaw what is wrong with the trail, if something is; looked for only where it was asked
 */
public record AuditView(
    List<AuditEntry> entries, int most, boolean isVerified, Optional<String> flaw) implements View {

  /** So many are shown at most. */
  static final int MOST = 100_000;

  public AuditView {
    entries = List.copyOf(entries);
  }

  /** Whether there may be older ones that can be asked for. */
  public boolean hasMore() {
    return entries.size() == most && most < MOST;
  }

  /** How many to ask for to see more of them. */
  public int more() {
    return Math.min(MOST, most * 4);
  }

  @Override
  public String title() {
    return "Audit";
  }

  @Override
  public Section section() {
    return Section.AUDIT;
  }

  @Override
  public String template() {
    return "admin/audit.jte";
  }
}
