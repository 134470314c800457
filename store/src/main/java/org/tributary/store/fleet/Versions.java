package org.tributary.store.fleet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of two versions is the older one. */
final class Versions {

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

  private Versions() {}

  /**
   * Whether both are versions, and the first is the older one; what follows their numbers aside.
   */
  static boolean isOlder(String version, String than) {
    Matcher one = NUMBERS.matcher(version);
    Matcher other = NUMBERS.matcher(than);
    if (!one.matches() || !other.matches()) {
      return false;
    }
    for (int part = 1; part <= 3; part++) {
      int difference =
          Integer.compare(Integer.parseInt(one.group(part)), Integer.parseInt(other.group(part)));
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
