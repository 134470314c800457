package org.tributary.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** How far a task has come. Thread-safe; closing takes it off the screen. */
public interface Progress extends AutoCloseable {

  /** So many more are done. */
  void advance(long count);

  @Override
  void close();

  /** Done of total, in words: {@code 31 % 112,000 of 360,000 readings 98,000/s 3 s left}. */
  static String words(String unit, long done, long total, Duration elapsed) {
    long shown = Math.min(done, total);
    double seconds = Math.max(elapsed.toMillis(), 1) / 1e3;
    double rate = done / seconds;
    String left =
        done == 0 || seconds < 0.5 ? "" : "   " + duration((total - shown) / rate) + " left";
    return String.format(
        Locale.ROOT,
        "%3d %%   %,d of %,d %s   %,.0f/s%s",
        total == 0 ? 100 : 100 * shown / total,
        shown,
        total,
        unit,
        rate,
        left);
  }

  private static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 100 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }
}
