package org.tributary.store;

import java.util.Locale;

/** How many there are of something, in words: {@code 1 row}, {@code 12,345 rows}. */
public final class Counted {

  private Counted() {}

  public static String rows(long count) {
    return of(count, "row");
  }

  /** Things whose plural ends in an s. */
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, noun(count, noun));
  }

  /** The word alone, where the number stands otherwise. */
  public static String noun(long count, String noun) {
    return count == 1 ? noun : noun + "s";
  }
}
