package org.tributary.edge.config;

import java.util.regex.Pattern;

/** Understands the number of a TCP port. */
final class PortNumber {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

  private PortNumber() {}

  static int parse(String text) {
    if (DIGITS.matcher(text).matches() && isPort(Integer.parseInt(text))) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "\"%s\" is no port; expected a whole number from 1 to 65535".formatted(text));
  }

  static boolean isPort(int number) {
    return number >= 1 && number <= 65535;
  }
}
