package org.tributary.store;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Times in SQLite, which has no type for them. We write what SQLAlchemy writes, {@code 2015-08-03
 * 08:40:39.890000}, and read besides: fewer or no decimals, a {@code T} between date and time, a
 * {@code Z} at the end, and numbers, which are seconds since 1970.
 */
final class SqliteTime {

  private SqliteTime() {}

  static String write(long micros) {
    return spell(micros, ' ', 6);
  }

  /** Microseconds since 1970 UTC. */
  static long read(Object cell) throws UnreadableCell {
    if (cell instanceof String text) {
      return parse(text);
    }
    if (cell instanceof Double seconds) {
      if (Math.abs(seconds) > 1e11) {
        throw new UnreadableCell("is no time in seconds since 1970: " + seconds);
      }
      return Math.round(seconds * 1e6);
    }
    if (cell instanceof Number seconds) {
      if (Math.abs(seconds.longValue()) > 100_000_000_000L) {
        throw new UnreadableCell("is no time in seconds since 1970: " + seconds);
      }
      return seconds.longValue() * 1_000_000;
    }
    throw new UnreadableCell("is no time: " + cell);
  }

  /** How times stand in a column of which this is one cell; our own form if there is none yet. */
  static TimeForm formOf(@Nullable Object sample) {
    if (sample instanceof Number) {
      return micros -> List.of(micros / 1e6);
    }
    String text = sample instanceof String some ? some : "";
    char separator = text.length() > 10 && text.charAt(10) == 'T' ? 'T' : ' ';
    String end = text.endsWith("Z") ? "Z" : "";
    return micros -> {
      Stream.Builder<Object> forms = Stream.builder();
      if (micros % 1_000_000 == 0) {
        forms.add(spell(micros, separator, 0) + end);
      }
      if (micros % 1_000 == 0) {
        forms.add(spell(micros, separator, 3) + end);
      }
      forms.add(spell(micros, separator, 6) + end);
      return forms.build().sorted().toList();
    };
  }

  private static String spell(long micros, char separator, int decimals) {
    LocalDateTime time = JdbcCells.time(micros);
    char[] text = new char[decimals == 0 ? 19 : 20 + decimals];
    digits(text, 0, 4, time.getYear());
    text[4] = '-';
    digits(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, time.getDayOfMonth());
    text[10] = separator;
    digits(text, 11, 2, time.getHour());
    text[13] = ':';
    digits(text, 14, 2, time.getMinute());
    text[16] = ':';
    digits(text, 17, 2, time.getSecond());
    if (decimals > 0) {
      text[19] = '.';
      int fraction = time.get(ChronoField.MICRO_OF_SECOND);
      digits(text, 20, decimals, decimals == 3 ? fraction / 1_000 : fraction);
    }
    return new String(text);
  }

  private static void digits(char[] text, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long parse(String text) throws UnreadableCell {
    int end = text.endsWith("Z") ? text.length() - 1 : text.length();
    try {
      if (end == 10) {
        return date(text).toEpochDay() * 86_400_000_000L;
      }
      boolean separated = end >= 19 && (text.charAt(10) == ' ' || text.charAt(10) == 'T');
      if (!separated || text.charAt(13) != ':' || text.charAt(16) != ':') {
        throw new UnreadableCell("is no time: \"" + text + '"');
      }
      int hour = number(text, 11, 13);
      int minute = number(text, 14, 16);
      int second = number(text, 17, 19);
      if (hour > 23 || minute > 59 || second > 59) {
        throw new UnreadableCell("is no time: \"" + text + '"');
      }
      long seconds = date(text).toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second;
      return seconds * 1_000_000 + fraction(text, end);
    } catch (DateTimeException e) {
      throw new UnreadableCell("is no time: \"" + text + '"');
    }
  }

  private static LocalDate date(String text) throws UnreadableCell {
    if (text.charAt(4) != '-' || text.charAt(7) != '-') {
      throw new UnreadableCell("is no time: \"" + text + '"');
    }
    return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
  }

  private static int fraction(String text, int end) throws UnreadableCell {
    if (end == 19) {
      return 0;
    }
    if (text.charAt(19) != '.' || end == 20) {
      throw new UnreadableCell("is no time: \"" + text + '"');
    }
    int micros = 0;
    for (int i = 20; i < Math.max(end, 26); i++) {
      int digit = i < end ? digit(text, i) : 0;
      if (i < 26) {
        micros = micros * 10 + digit;
      } else if (digit != 0) {
        throw new UnreadableCell("is finer than a microsecond: \"" + text + '"');
      }
    }
    return micros;
  }

  private static int number(String text, int from, int to) throws UnreadableCell {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + digit(text, i);
    }
    return value;
  }

  private static int digit(String text, int at) throws UnreadableCell {
    int digit = text.charAt(at) - '0';
    if (digit < 0 || digit > 9) {
      throw new UnreadableCell("is no time: \"" + text + '"');
    }
    return digit;
  }
}
