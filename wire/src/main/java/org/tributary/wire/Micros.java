package org.tributary.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970-01-01T00:00:00Z, and back. */
public final class Micros {

  private static final Instant FIRST_OF_FOUR_DIGITS = Instant.parse("1000-01-01T00:00:00Z");
  private static final Instant LAST_OF_FOUR_DIGITS = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Micros() {}

  /**
   * Microseconds of an instant; what is finer is cut off. Unlike {@code ChronoUnit.MICROS.between}
   * it holds for every year that microseconds can count, on every Java.
   *
   * @throws ArithmeticException beyond some 292,000 years from 1970
   */
  public static long of(Instant time) {
    // Counted from the second nearer to 1970, so that no step overflows where the sum does not.
    boolean before1970 = time.getEpochSecond() < 0;
    long seconds = before1970 ? time.getEpochSecond() + 1 : time.getEpochSecond();
    int rest = time.getNano() / 1_000 - (before1970 ? 1_000_000 : 0);
    return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), rest);
  }

  /** Whether its year is of 1000 to 9999, which every engine and every way to write dates holds. */
  public static boolean hasFourDigitYear(Instant time) {
    return !time.isBefore(FIRST_OF_FOUR_DIGITS) && !time.isAfter(LAST_OF_FOUR_DIGITS);
  }

  /**
   * A time as {@code 2013-01-02T03:04:05.000006}, UTC, always with all six digits. By hand: tables
   * have millions of them, and formatters take longer than all else that is done to a row.
   *
   * @param micros in a year of four digits
   * @param separator what stands between day and time of day
   */
  public static String spell(long micros, char separator) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
    char[] text = new char[26];
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
    text[19] = '.';
    digits(text, 20, 6, (int) Math.floorMod(micros, 1_000_000L));
    return new String(text);
  }

  private static void digits(char[] text, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The instant of so many microseconds. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
