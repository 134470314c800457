package org.tributary.wire;

/** Makes a claim again and again with another seed, and says with which it broke. */
final class Seeds {

  private Seeds() {}

  static void forEach(int count, Claim claim) {
    for (long seed = 0; seed < count; seed++) {
      try {
        claim.holdsWith(seed);
      } catch (Exception | AssertionError | OutOfMemoryError | StackOverflowError broken) {
        throw new AssertionError("With seed " + seed + ": " + broken, broken);
      }
    }
  }

  interface Claim {
    void holdsWith(long seed) throws Exception;
  }
}
