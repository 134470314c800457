package org.tributary.store;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tributary.wire.Micros;

/**
 * Times in SQLite, which has no type for them. We write what SQLAlchemy writes, {@code 2015-08-03
 * 08:40:39.890000}, and read besides: fewer or no decimals, a {@code T} between date and time, a
 * {@code Z} or {@code +00:00} at the end, and numbers, which are seconds since 1970. Numbers and
 * texts with such an end are UTC; other texts are what the writer's wall clock showed.
 */
final class SqliteTime {

  /** What may follow the digits. */
  private static final List<String> ENDS = List.of("", "Z", "+00:00");

  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = 3_600_000_000L;

  private SqliteTime() {}

  static String write(long micros) {
    return Micros.spell(micros, ' ');
  }

  /** Microseconds since 1970 UTC. */
  static long read(Object cell, WallClock clock) throws UnreadableCell {
    if (cell instanceof String text) {
      String end = endOf(text);
      long micros = parse(text, text.length() - end.length());
      return end.isEmpty() ? local(micros, clock) : micros;
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

  private static long local(long shown, WallClock clock) throws UnreadableCell {
    try {
      return clock.equals(WallClock.UTC) ? shown : clock.micros(JdbcCells.time(shown));
    } catch (UnreadableCell e) {
      throw new UnreadableCell(String.valueOf(e.getMessage())); // what stands there is a text
    }
  }

  /** How times stand in a column of which this is one cell; our own form if there is none yet. */
  static TimeForm formOf(@Nullable Object sample, WallClock clock) {
    String text = sample instanceof String some ? some : "";
    char separator = text.length() > 10 && text.charAt(10) == 'T' ? 'T' : ' ';
    String end = endOf(text);
    return new SqliteForm() {
      @Override
      public List<Object> spellings(long micros) {
        List<Object> numbers = numbers(micros);
        List<Object> usual =
            sample instanceof Number ? numbers : texts(shown(micros, end), separator, end);
        List<Object> spellings = new ArrayList<>();
        spellings.add(usual.get(0));
        spellings.addAll(numbers);
        for (String each : ENDS) {
          spellings.addAll(texts(shown(micros, each), ' ', each));
          spellings.addAll(texts(shown(micros, each), 'T', each));
        }
        spellings.add(usual.get(usual.size() - 1));
        return spellings;
      }

      @Override
      public long shown(long micros, String textEnd) {
        return textEnd.isEmpty() ? JdbcCells.micros(clock.shownAt(micros)) : micros;
      }
    };
  }

  /** What follows a text's digits: a zone, or nothing. */
  private static String endOf(String text) {
    for (String end : ENDS) { // asked for every row that is read: no stream
      if (!end.isEmpty() && text.endsWith(end)) {
        return end;
      }
    }
    return "";
  }

  /** Numbers stand before texts, blanks before Ts, and decimals before a Z. */
  private interface SqliteForm extends TimeForm {

    @Override
    default List<Range> earlier(long micros) {
      long highest = Math.max(shown(micros, ""), micros);
      return List.of(new Range(-1e11, micros / 1e6), new Range("", Micros.spell(highest, ' ')));
    }

    /** What the digits of a text say with that end, in microseconds as if they were UTC. */
    long shown(long micros, String textEnd);

    @Override
    default List<Range> passedOver(Object standing, long micros) {
      if (!(standing instanceof String text) || text.length() < 19) {
        return List.of();
      }
      List<Range> ranges = new ArrayList<>();
      ranges.add(new Range(micros / 1e6, "")); // all numbers are less than any text
      // The same second, or where some texts say UTC and others local times, the hours between.
      long lowest = Math.min(shown(micros, ""), micros);
      ranges.add(new Range(Micros.spell(lowest, text.charAt(10)).substring(0, 19), text));
      if (text.charAt(10) == 'T') {
        ranges.add(new Range(Micros.spell(lowest, ' ').substring(0, 19), text.substring(0, 11)));
      }
      return ranges;
    }

    /** As numbers, and as texts with a blank or a T; a date alone is its midnight. */
    @Override
    default List<Range> within(long from, long before) {
      Range numbers = new Range((from - 1) / 1e6, (before + 1) / 1e6);
      // Some texts say UTC and others local times: from the lowest of them to the highest.
      long first = Math.min(shown(from, ""), from);
      long last = Math.max(shown(before - 1, ""), before - 1);
      long begin = first - Math.floorMod(first, HOUR);
      long end = last + HOUR - Math.floorMod(last, HOUR);
      boolean wholeDays = begin % DAY == 0 && end % DAY == 0;
      boolean oneDay = Math.floorDiv(begin, DAY) == Math.floorDiv(last, DAY);
      if (wholeDays || !oneDay) {
        return List.of(numbers, new Range(date(begin), date(last + DAY)));
      }
      boolean toMidnight = end % DAY == 0;
      return List.of(
          numbers,
          new Range(
              begin % DAY == 0 ? date(begin) : hour(begin, ' '),
              toMidnight ? date(begin) + 'T' : hour(end, ' ')),
          new Range(
              begin % DAY == 0 ? date(begin) + 'T' : hour(begin, 'T'),
              toMidnight ? date(end) : hour(end, 'T')));
    }
  }

  /** How every text of that hour begins, whatever its decimals. */
  private static String hour(long micros, char separator) {
    return Micros.spell(micros, separator).substring(0, 13);
  }

  private static String date(long micros) {
    return Micros.spell(micros, ' ').substring(0, 10);
  }

  /** With no more decimals than it takes, up to nine. */
  private static List<Object> texts(long micros, char separator, String end) {
    String full = Micros.spell(micros, separator) + "000";
    TreeSet<Object> texts = new TreeSet<>();
    for (int decimals = 9; decimals > 0; decimals--) {
      texts.add(full.substring(0, 20 + decimals) + end);
      if (full.charAt(19 + decimals) != '0') {
        return List.copyOf(texts);
      }
    }
    texts.add(full.substring(0, 19) + end);
    if (micros % DAY == 0) {
      texts.add(full.substring(0, 10) + end);
    }
    return List.copyOf(texts);
  }

  /** The doubles that are read as this microsecond: in our days there are four to nine. */
  private static List<Object> numbers(long micros) {
    double nearest = micros / 1e6;
    TreeSet<Object> numbers = new TreeSet<>();
    numbers.add(nearest);
    for (int i = 0; i < 8; i++) {
      numbers.add(Math.nextDown((double) numbers.first()));
      numbers.add(Math.nextUp((double) numbers.last()));
    }
    numbers.removeIf(each -> !each.equals(nearest) && Math.round((double) each * 1e6) != micros);
    return List.copyOf(numbers);
  }

  /** What the digits say, in microseconds as if they were UTC. */
  private static long parse(String text, int end) throws UnreadableCell {
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
