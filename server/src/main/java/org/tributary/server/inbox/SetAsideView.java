package org.tributary.server.inbox;

import java.util.List;
import java.util.Optional;
import org.tributary.server.page.Section;
import org.tributary.server.page.Typed;
import org.tributary.server.page.View;
import org.tributary.store.ingest.SetAsideFilter;
import org.tributary.wire.Rule;
import org.tributary.wire.SetAsideCount;
import org.tributary.wire.SetAsideRow;

/**
 * Rows that are kept apart.
 *
 * @param counts of all, by gateway, table and rule
 * @param filter of which rows are shown
 * @param rows the first that fit it
 * @param newest the number of the newest row that is known of: nothing that nobody has seen is
 *     dropped
 * @param typed into a form that was refused
 * @param told what came of what was asked for just now
 */
public record SetAsideView(
    List<SetAsideCount> counts,
    SetAsideFilter filter,
    List<SetAsideRow> rows,
    long newest,
    Typed typed,
    Optional<String> told)
    implements View {

  public SetAsideView {
    counts = List.copyOf(counts);
    rows = List.copyOf(rows);
  }

  /** Whether only some of them are meant. */
  public boolean isFiltered() {
    return !filter.equals(SetAsideFilter.ALL);
  }

  /** Whether rows are among them whose stamps are not trusted. */
  public boolean isAboutStamps() {
    return filter.rule().filter(rule -> rule != Rule.CLOCK_UNTRUSTED).isEmpty()
        && counts.stream().anyMatch(count -> count.rule() == Rule.CLOCK_UNTRUSTED);
  }

  /** What becomes of rows by that rule, and what can be done. */
  public static String words(Rule rule) {
    return switch (rule) {
      case CLOCK_UNTRUSTED -> "say that the stamps are right, or by how much they are off";
      case PARENT_MISSING -> "stored by itself once what it refers to is there";
      case KEY_MISSING -> "mend the row at the gateway: its key can't be told";
      case VALUE_NOT_HELD -> "mend the value at the gateway; no number of central's can hold it";
      case UNREADABLE -> "mend the row at the gateway, or drop it";
      case AMBIGUOUS, MEANING_DIFFERS, CLAIMED -> "decide in the inbox what it is";
      case DATABASE -> "read the reason; try again once it is gone";
    };
  }

  @Override
  public int status() {
    return typed.isRefused() ? 400 : 200;
  }

  @Override
  public String title() {
    return "Set aside";
  }

  @Override
  public Section section() {
    return Section.SET_ASIDE;
  }

  @Override
  public String template() {
    return "inbox/set-aside.jte";
  }
}
