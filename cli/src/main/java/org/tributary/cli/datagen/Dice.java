package org.tributary.cli.datagen;

/**
 * Numbers that look random and can be asked for in any order: the same question, the same number.
 */
final class Dice {

  private final long seed;

  Dice(long seed) {
    this.seed = seed;
  }

  /** From 0 to below 1, for one day and one thing that may happen on it. */
  double roll(long day, int thing) {
    return (mixed(mixed(seed + day * 0x9E3779B97F4A7C15L) + thing) >>> 11) * 0x1.0p-53;
  }

  /** From {@code low} to below {@code high}. */
  double between(double low, double high, long day, int thing) {
    return low + (high - low) * roll(day, thing);
  }

  /** Dice that fall independently of these. */
  Dice another(long number) {
    return new Dice(mixed(seed ^ mixed(number + 1)));
  }

  long seed() {
    return seed;
  }

  /** Every bit of the answer depends on every bit of the question (Stafford's variant 13). */
  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
