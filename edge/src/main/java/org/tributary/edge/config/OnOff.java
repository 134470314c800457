package org.tributary.edge.config;

import java.util.Locale;

/** Understands whether something is switched on. */
final class OnOff {

  private OnOff() {}

  static boolean parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "true", "on" -> true;
      case "0", "no", "false", "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is neither on nor off; expected 1 or 0".formatted(text));
    };
  }
}
