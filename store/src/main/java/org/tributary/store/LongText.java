package org.tributary.store;

/**
 * Texts that are longer than any that belongs into a sensor database. One such cell must not make a
 * batch that no central takes, for its neighbours would wait with it.
 */
final class LongText {

  private static final int LONGEST = 10_000;

  private LongText() {}

  /** A text as it is, or its beginning with a word on how much is missing. */
  static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "… (%,d characters in all)".formatted(text.length());
  }

  /** The text, if a row with it can travel. */
  static String checked(String text) throws UnreadableCell {
    if (text.length() > LONGEST) {
      throw new UnreadableCell("is a text of %,d characters".formatted(text.length()));
    }
    return text;
  }
}
