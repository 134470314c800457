package org.tributary.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a push came to, in one line for the operator. */
public final class PushWords {

  private PushWords() {}

  public static String of(PushResult result) {
    List<String> parts = new ArrayList<>();
    if (result.sent() == 0 && result.setAside() == 0) {
      parts.add("nothing new");
    }
    if (result.inserted() > 0) {
      parts.add(count(result.inserted()) + " new");
    }
    if (result.changed() > 0) {
      parts.add(count(result.changed()) + " changed");
    }
    if (result.unchanged() > 0) {
      parts.add(count(result.unchanged()) + " already there");
    }
    if (result.setAside() > 0) {
      parts.add(count(result.setAside()) + " set aside (see tributary status)");
    }
    Healed healed = result.healed();
    if (healed.days() > 0) {
      parts.add(
          "%d %s not the same at both ends, %s sent again"
              .formatted(healed.days(), healed.days() == 1 ? "day" : "days", count(healed.sent())));
    }
    if (healed.kept() > 0) {
      parts.add(count(healed.kept()) + " kept at central that are not here any more");
    }
    if (healed.deleted() > 0) {
      parts.add(count(healed.deleted()) + " deleted at central because they are not here any more");
    }
    if (healed.mirrorRefused()) {
      parts.add("central deleted nothing: more than half of its rows are not here any more");
    }
    if (healed.left() > 0) {
      parts.add(
          "%d %s left for the next time"
              .formatted(healed.left(), healed.left() == 1 ? "day" : "days"));
    }
    if (healed.backlog()) {
      parts.add("older rows left for the next time");
    }
    if (result.ahead()) {
      parts.add("rows stamped ahead of this machine's clock held back until it is that late");
    }
    for (String refused : result.refused()) {
      parts.add("refused: " + refused);
    }
    if (result.stopped()) {
      parts.add("stopped before the end");
    }
    return String.join(", ", parts);
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row" : "rows");
  }
}
