package org.tributary.edge.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant who wrote a word a little wrong. */
final class Spelling {

  /** How many letters may be wrong for a word to be taken for another. */
  private static final int CLOSE = 2;

  private Spelling() {}

  static Optional<String> nearest(String word, Collection<String> known) {
    String written = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(each -> distance(written, each.toLowerCase(Locale.ROOT)) <= CLOSE)
        .min(Comparator.comparingInt(each -> distance(written, each.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein's: letters to insert, leave out or change to come from one to the other. */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] here = new int[to.length() + 1];
      here[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(above[column - 1] + change, Math.min(above[column], here[column - 1]) + 1);
      }
      above = here;
    }
    return above[to.length()];
  }
}
