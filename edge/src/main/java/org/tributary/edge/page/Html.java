package org.tributary.edge.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A piece of a page. Text becomes one only by being escaped, so nobody's words can be markup.
 *
 * @param markup as it stands in the page
 */
record Html(String markup) {

  static final Html NONE = new Html("");

  private static final int LONGEST = 400;

  /**
   * A template whose {@code %s} are filled with pieces as they are, and with anything else escaped.
   *
   * @param template our own words only
   */
  static Html of(String template, Object... parts) {
    Object[] safe = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      safe[i] = parts[i] instanceof Html html ? html.markup() : escaped(String.valueOf(parts[i]));
    }
    return new Html(template.formatted(safe));
  }

  /** Somebody's name or words, which may be written in the other direction. */
  static Html foreign(String text) {
    return of("<bdi>%s</bdi>", shortened(text, LONGEST));
  }

  /** The same, cut where it is longer than that. */
  static Html foreign(String text, int longest) {
    return of("<bdi>%s</bdi>", shortened(text, longest));
  }

  static Html all(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining("\n")));
  }

  static Html orNone(Optional<Html> piece) {
    return piece.orElse(NONE);
  }

  private static String shortened(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest)) + "…";
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default ->
                    safe.appendCodePoint(
                        Character.isISOControl(point) || isLoneSurrogate(point) ? ' ' : point);
              }
            });
    return safe.toString();
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
