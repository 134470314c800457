package org.tributary.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970-01-01T00:00:00Z, and back. */
public final class Micros {

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

  /** The instant of so many microseconds. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
