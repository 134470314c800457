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
    for (String refused : result.refused()) {
      parts.add("refused: " + refused);
    }
    if (result.stopped()) {
      parts.add("stopped before the end");
    }
    return String.join(", ", parts);
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d rows", rows);
  }
}
