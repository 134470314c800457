package org.tributary.edge;

import java.util.random.RandomGenerator;

/** Chance that always says the same. */
record FixedRandom(double always) implements RandomGenerator {

  /** Just short of the highest. */
  static final double HIGHEST = Math.nextDown(1.0);

  @Override
  public double nextDouble() {
    return always;
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("Nobody needs whole numbers here");
  }
}
