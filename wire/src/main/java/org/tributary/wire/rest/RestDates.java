package org.tributary.wire.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tributary.wire.Micros;

/**
 * Dates as the REST interface writes and takes them: ISO 8601, without a zone, UTC. A zone is taken
 * and converted; what is finer than microseconds is cut off.
 */
public final class RestDates {

  private static final DateTimeFormatter TIME_OF_DAY =
      new DateTimeFormatterBuilder()
          .appendPattern("H:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  // A day, then perhaps a time of day, then perhaps a zone.
  private static final List<DateTimeFormatter> TAKEN =
      List.of(taken("uuuu-MM-dd"), taken("uuuuMMdd"), taken("d MMM uuuu"), taken("d MMMM uuuu"));

  private static final Pattern BLANK_FOR_PLUS =
      Pattern.compile("(:\\d\\d(?:\\.\\d+)?) (\\d\\d:?\\d\\d)$");

  private static final int SECONDS_END = 19; // of a date with whole seconds

  private RestDates() {}

  /** As existing programs expect it: {@code 2013-01-02T00:00:00}, with a fraction if it has one. */
  public static String write(Instant time) {
    return write(Micros.of(time));
  }

  /**
   * The same.
   *
   * @param micros microseconds since 1970 UTC, in a year of four digits
   */
  static String write(long micros) {
    String whole = Micros.spell(micros, 'T');
    int end = micros % 1_000_000 == 0 ? SECONDS_END : whole.length();
    while (end > SECONDS_END && whole.charAt(end - 1) == '0') {
      end--;
    }
    return whole.substring(0, end);
  }

  /**
   * A date in any form that is taken: {@code 2013-01-02T00:00:00}, with a blank instead of the T,
   * with a fraction, with a zone such as Z or +02:00, {@code 2013-01-02} for its midnight, {@code 1
   * Aug 2015}. A zone's plus may be a blank, which is what becomes of it in an address.
   *
   * @return empty if it is none, or not of the years 1000 to 9999, which is what every engine holds
   */
  public static Optional<Instant> read(String text) {
    Optional<Instant> usual = usual(text.strip());
    if (usual.isPresent()) {
      return usual;
    }
    String trimmed = BLANK_FOR_PLUS.matcher(text.strip()).replaceFirst("$1+$2");
    for (DateTimeFormatter form : TAKEN) {
      try {
        TemporalAccessor parsed =
            form.parseBest(trimmed, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        Instant time = instant(parsed).truncatedTo(ChronoUnit.MICROS);
        return Optional.of(time).filter(Micros::hasFourDigitYear);
      } catch (DateTimeException e) {
        // Perhaps it has the next form.
      }
    }
    return Optional.empty();
  }

  /**
   * The form that programs write, {@code 2013-01-02T00:00:00} with or without a fraction: it stands
   * in every reading, and formatters take longer for it than all else that is done to one.
   */
  private static Optional<Instant> usual(String text) {
    int length = text.length();
    boolean isUsual =
        length >= 19
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (length == 19 || (text.charAt(19) == '.' && length > 20 && length <= 29));
    if (!isUsual) {
      return Optional.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int fraction = length == 19 ? 0 : number(text, 20, length);
    boolean isDate =
        within(year, 1000, 9999)
            && within(month, 1, 12)
            && within(day, 1, Month.of(month).length(Year.isLeap(year)));
    boolean isTime = within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 59);
    if (!isDate || !isTime || fraction < 0) {
      return Optional.empty(); // no date at all, and the formatters find that out as well
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400
            + hour * 3_600L
            + minute * 60L
            + second;
    int nanos = fraction;
    for (int digits = length - 20; digits < 9 && nanos > 0; digits++) {
      nanos *= 10;
    }
    return Optional.of(Instant.ofEpochSecond(seconds, nanos / 1_000 * 1_000L)); // cut off
  }

  private static boolean within(int value, int from, int to) {
    return value >= from && value <= to;
  }

  /** The digits there as a number; negative if they are none. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof OffsetDateTime zoned) {
      return zoned.toInstant();
    }
    if (parsed instanceof LocalDateTime naive) {
      return naive.toInstant(ZoneOffset.UTC);
    }
    return ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static DateTimeFormatter taken(String day) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(day)
        .optionalStart()
        .appendPattern("['T'][ ]")
        .append(TIME_OF_DAY)
        .optionalStart()
        .appendPattern("[ ][XXX][XX][X]")
        .optionalEnd()
        .optionalEnd()
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
