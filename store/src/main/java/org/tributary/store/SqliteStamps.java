package org.tributary.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads times one after the other from the bytes of their texts, each as {@link SqliteTime} reads
 * it. Rows stand in the order of their times, so that most have the time, or at least the day, of
 * the row before: that is not worked out again. Not thread-safe.
 */
final class SqliteStamps {

  private static final int DAY_AND_BLANK = 11;
  private static final int SECONDS = 19;
  private static final int MICROS = 26;

  private final WallClock wallClock;
  private final boolean daysAreEven;
  private byte[] last = {};
  private long lastMicros;
  private byte[] day = {};
  private long midnight;

  SqliteStamps(WallClock wallClock) {
    this.wallClock = wallClock;
    this.daysAreEven = wallClock.equals(WallClock.UTC);
  }

  /** Microseconds since 1970 UTC. The bytes must not be changed afterwards. */
  long read(byte[] text) throws UnreadableCell {
    if (Arrays.equals(text, last)) {
      return lastMicros;
    }
    long sinceMidnight = daysAreEven ? sinceMidnight(text) : -1;
    long micros;
    if (sinceMidnight >= 0 && isOfTheSameDay(text)) {
      micros = midnight + sinceMidnight;
    } else {
      micros = SqliteTime.read(new String(text, StandardCharsets.UTF_8), wallClock);
      if (sinceMidnight >= 0) {
        day = text;
        midnight = micros - sinceMidnight;
      }
    }
    last = text;
    lastMicros = micros;
    return micros;
  }

  private boolean isOfTheSameDay(byte[] text) {
    return day.length >= DAY_AND_BLANK
        && Arrays.equals(text, 0, DAY_AND_BLANK, day, 0, DAY_AND_BLANK);
  }

  /** Of a text that ends with whole seconds or six decimals; -1 for any other. */
  private static long sinceMidnight(byte[] text) {
    if ((text.length != SECONDS && text.length != MICROS) || text[13] != ':' || text[16] != ':') {
      return -1;
    }
    long hours = number(text, 11, 13);
    long minutes = number(text, 14, 16);
    long seconds = number(text, 17, 19);
    long micros = text.length == SECONDS ? 0 : number(text, 20, MICROS);
    boolean isPlain =
        hours >= 0
            && hours < 24
            && minutes >= 0
            && minutes < 60
            && seconds >= 0
            && seconds < 60
            && micros >= 0
            && (text.length == SECONDS || text[19] == '.');
    return isPlain ? ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros : -1;
  }

  /** Negative if there is anything but digits. */
  private static long number(byte[] text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
