package org.tributary.edge;

import java.util.ArrayList;
import java.util.List;
import org.tributary.wire.Window;

/** Days that are compared in one request. Stateless. */
final class Portions {

  /** Both ends read all rows of them. */
  static final int OF_ROWS = 30;

  /** Central has only to look up what it noted of them. */
  private static final int OF_NOTES = 400;

  private Portions() {}

  /** For days whose rows both ends read. */
  static List<List<Window>> ofRows(List<Window> days) {
    return of(days, OF_ROWS);
  }

  /** For days whose rows the gateway alone reads. */
  static List<List<Window>> ofNotes(List<Window> days) {
    return of(days, OF_NOTES);
  }

  private static List<List<Window>> of(List<Window> days, int size) {
    List<List<Window>> portions = new ArrayList<>();
    for (int from = 0; from < days.size(); from += size) {
      portions.add(days.subList(from, Math.min(days.size(), from + size)));
    }
    return portions;
  }
}
