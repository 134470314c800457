package org.tributary.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.tributary.wire.Micros;

/**
 * A column of somebody else's table that holds less than ours would: single-precision numbers, or
 * times to the second. What it would change is never handed to it. Immutable.
 *
 * @param name of the column
 * @param type as its database calls it
 * @param fractionDigits how many digits of a second it keeps; 6 for a column that is no time
 */
public record NarrowColumn(String name, String type, int fractionDigits) {

  private static final int ALL_DIGITS = 6;

  public NarrowColumn {
    requireNonNull(name);
    requireNonNull(type);
    if (fractionDigits < 0 || fractionDigits > ALL_DIGITS) {
      throw new IllegalArgumentException("%d digits of a second".formatted(fractionDigits));
    }
  }

  /** A column of single-precision numbers. */
  public static NarrowColumn ofSingles(String name, String type) {
    return new NarrowColumn(name, type, ALL_DIGITS);
  }

  /** How the number would come back, if that is not how it goes in. */
  public Optional<String> changed(double value) {
    double kept = ShortestDecimal.widen((float) value);
    return kept == value
        ? Optional.empty()
        : Optional.of("%s is %s, of which %s there keeps %s".formatted(name, value, type, kept));
  }

  /** What would become of a time in microseconds since 1970 UTC, if it would not come back. */
  public Optional<String> changed(long micros) {
    long unit = 1;
    for (int digits = fractionDigits; digits < ALL_DIGITS; digits++) {
      unit *= 10;
    }
    return micros % unit == 0
        ? Optional.empty()
        : Optional.of(
            "%s is %s, of which %s there keeps %s"
                .formatted(
                    name,
                    Micros.toInstant(micros),
                    type,
                    fractionDigits == 0
                        ? "whole seconds"
                        : fractionDigits + " digits after the second"));
  }
}
