package org.tributary.edge.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what stands right of an equals sign: values between commas, each plain or in quotes, up to
 * a comment.
 *
 * <p>As in ConfigObj a {@code #} begins a comment, with or without a blank before it, unless it
 * stands in quotes. One exception is ours: without a blank it is part of a URL.
 */
final class ConfigValue {
  private final String text;
  private int at;

  private ConfigValue(String text) {
    this.text = text;
  }

  /**
   * No value for an empty text, one for most, more for a list.
   *
   * @throws IllegalArgumentException with a sentence for the operator, which doesn't quote the text
   */
  static List<String> parse(String text) {
    return new ConfigValue(text).values();
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    skipBlanks();
    while (!atEnd()) {
      values.add(text.charAt(at) == '"' || text.charAt(at) == '\'' ? quoted() : plain());
      skipBlanks();
      if (atEnd()) {
        break;
      }
      if (text.charAt(at) != ',') {
        throw new IllegalArgumentException(
            "something follows the closing quote; expected a comma, a # comment or nothing");
      }
      at++;
      skipBlanks();
    }
    return values;
  }

  private String quoted() {
    char quote = text.charAt(at);
    int closing = text.indexOf(quote, at + 1);
    if (closing < 0) {
      throw new IllegalArgumentException(
          "the quote is not closed; expected another %s on this line".formatted(quote));
    }
    String value = text.substring(at + 1, closing);
    at = closing + 1;
    return value;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && !isComment(start)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("nothing stands before a comma; expected a value");
    }
    return text.substring(start, at).strip();
  }

  private boolean isComment(int start) {
    return text.charAt(at) == '#'
        && (isBlank(text.charAt(at - 1)) || !text.substring(start, at).contains("://"));
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private boolean atEnd() {
    return at == text.length() || text.charAt(at) == '#';
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c);
  }
}
