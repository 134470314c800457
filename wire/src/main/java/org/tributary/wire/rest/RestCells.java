package org.tributary.wire.rest;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Column;

/**
 * Turns what stands in a JSON object or in a query into what a column holds: Long, Double, Boolean,
 * String or Instant.
 */
public final class RestCells {

  // Java reads "1d", "0x1p3" and "NaN" as well; other programs mean none of them by a number.
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  // The only column of 64 bits.
  private static final String WIDE = "localtime";

  private RestCells() {}

  /**
   * A value of a JSON object.
   *
   * @param json as {@link RestJson.Reader} gives it
   * @throws BadFieldException if the column can't hold it
   */
  public static @Nullable Object cell(Column column, @Nullable Object json)
      throws BadFieldException {
    if (json == null) {
      return null;
    }
    return switch (column.type()) {
      case INTEGER -> integer(column, json);
      case REAL -> real(column, json);
      case BOOLEAN -> bool(column, json);
      case TIME -> json instanceof String text ? time(column, text) : refuse(column, json);
      case TEXT -> json instanceof String text ? text(column, text) : refuse(column, json);
    };
  }

  /**
   * A value of a JSON object that is to be stored: a whole number has to fit its column besides.
   *
   * @throws BadFieldException if the column can't hold it
   */
  public static @Nullable Object stored(Column column, @Nullable Object json)
      throws BadFieldException {
    Object cell = cell(column, json);
    if (cell instanceof Long whole && (int) (long) whole != whole && !WIDE.equals(column.name())) {
      throw new BadFieldException(
          column.name(), "%s is too large: %d".formatted(column.name(), whole));
    }
    return cell;
  }

  private static Object integer(Column column, Object json) throws BadFieldException {
    if (json instanceof Long) {
      return json;
    }
    if (json instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1L << 53) {
      return real.longValue();
    }
    if (json instanceof String text) {
      try {
        return Long.valueOf(text.strip());
      } catch (NumberFormatException e) {
        return refuse(column, json);
      }
    }
    return refuse(column, json);
  }

  private static Object real(Column column, Object json) throws BadFieldException {
    double real = Double.NaN;
    if (json instanceof Double || json instanceof Long || json instanceof BigInteger) {
      real = ((Number) json).doubleValue();
    } else if (json instanceof String text && NUMBER.matcher(text.strip()).matches()) {
      real = Double.parseDouble(text.strip());
    }
    // No engine but PostgreSQL holds what is not finite.
    return Double.isFinite(real) ? (Object) (real + 0.0) : refuse(column, json); // no −0.0
  }

  private static Object bool(Column column, Object json) throws BadFieldException {
    if (json instanceof Boolean) {
      return json;
    }
    String word = json.toString();
    if (word.equals("1") || word.equalsIgnoreCase("true")) {
      return true;
    }
    if (word.equals("0") || word.equalsIgnoreCase("false")) {
      return false;
    }
    return refuse(column, json);
  }

  private static Object time(Column column, String text) throws BadFieldException {
    Optional<Instant> time = RestDates.read(text);
    return time.isPresent() ? time.get() : refuse(column, text);
  }

  private static Object text(Column column, String text) throws BadFieldException {
    if (text.codePointCount(0, text.length()) > Column.MAX_TEXT) {
      throw new BadFieldException(
          column.name(),
          "%s has more than %d characters".formatted(column.name(), Column.MAX_TEXT));
    }
    // Engines differ in what they make of these.
    if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
      throw new BadFieldException(
          column.name(),
          "%s has a character that no text can have: NUL, or half of one".formatted(column.name()));
    }
    return text;
  }

  private static Object refuse(Column column, Object value) throws BadFieldException {
    String expected =
        switch (column.type()) {
          case INTEGER -> "a whole number";
          case REAL -> "a number";
          case BOOLEAN -> "true or false";
          case TEXT -> "a text";
          case TIME -> "a date such as 2013-01-02T00:00:00";
        };
    String shown = String.valueOf(value);
    throw new BadFieldException(
        column.name(),
        "%s should be %s, not \"%s\""
            .formatted(
                column.name(),
                expected,
                shown.length() > 60 ? shown.substring(0, 60) + "…" : shown));
  }
}
