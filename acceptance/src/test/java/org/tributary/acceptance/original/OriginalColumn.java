package org.tributary.acceptance.original;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column as MySQL without strict mode keeps it.
 *
 * @param width of a text, in characters
 * @param parent the table whose id it holds, or null
 */
record OriginalColumn(String name, Kind kind, int width, @Nullable String parent) {

  enum Kind {
    INT,
    LONG,
    FLOAT,
    BOOL,
    TEXT,
    DATE
  }

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  /** A value of a body as it is stored: cut, rounded, taken for zero. */
  @Nullable Object store(@Nullable Object json) {
    if (json == null) {
      return null;
    }
    return switch (kind) {
      case INT -> Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, whole(json)));
      case LONG -> whole(json);
      case FLOAT -> real(json);
      case BOOL -> json instanceof Boolean yes ? yes : whole(json) != 0;
      case TEXT -> text(json.toString());
      case DATE -> date(json.toString()).truncatedTo(ChronoUnit.SECONDS);
    };
  }

  /** A stored value as it is shown: a FLOAT with six digits. */
  @Nullable Object show(@Nullable Object stored) {
    if (stored instanceof Float real) {
      return new BigDecimal(Float.toString(real)).round(new MathContext(6)).doubleValue();
    }
    if (stored instanceof LocalDateTime date) {
      return FORM.format(date);
    }
    return stored == null && name.equals("configured") ? "None" : stored;
  }

  /** Anything that can be read as a date; its offset is dropped. */
  static LocalDateTime date(String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay();
      }
      String iso = text.replace(' ', 'T');
      return iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
          ? OffsetDateTime.parse(iso).toLocalDateTime()
          : LocalDateTime.parse(iso);
    } catch (DateTimeParseException e) {
      throw new ServerError("Unknown string format: " + text);
    }
  }

  private static long whole(Object json) {
    return json instanceof Number number ? number.longValue() : Math.round(leading(json));
  }

  private static float real(Object json) {
    double real = json instanceof Number number ? number.doubleValue() : leading(json);
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, real));
  }

  /** MySQL takes what a text begins with for its number. */
  private static double leading(Object json) {
    String digits = json.toString().replaceAll("^\\s*([-+]?[0-9.]*).*$", "$1");
    return digits.matches(".*[0-9].*") ? Double.parseDouble(digits) : 0.0;
  }

  private String text(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(width)
        .forEach(
            point -> {
              if (point > 0xFFFF) {
                kept.append("????");
              } else {
                kept.appendCodePoint(point);
              }
            });
    return kept.toString();
  }
}
