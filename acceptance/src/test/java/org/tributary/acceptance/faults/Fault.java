package org.tributary.acceptance.faults;

import java.util.Optional;
import java.util.Random;

/**
 * Something that is done to the system again and again.
 *
 * @param id as in the catalogue, such as {@code P1}
 * @param name what is done, in a few words
 * @param sample how many rounds run with every build
 * @param wanted how many rounds the full run wants
 * @param scene where it is done, and what the machine must be able to do for it
 * @param act one round
 */
record Fault(String id, String name, int sample, int wanted, Scene scene, Act act) {

  /** One round: does the harm, and leaves it to the judge whether anything was lost. */
  @FunctionalInterface
  interface Act {
    void round(Stage stage, Random random, int round) throws Exception;
  }

  /** A fault that a stage outlives. */
  static Fault of(String id, String name, int sample, int wanted, Act act) {
    return new Fault(id, name, sample, wanted, Scene.COMMON, act);
  }

  /** A fault that wants a stage of its own kind. */
  static Fault on(String id, String name, int sample, int wanted, Scene scene, Act act) {
    return new Fault(id, name, sample, wanted, scene, act);
  }

  /** Why it can't be done on this machine. */
  Optional<String> missing() {
    return scene.missing();
  }

  /** The same round has the same seed, whichever rounds ran before it. */
  long seedOf(long seed, int round) {
    return (seed * 31 + id.hashCode()) * 1_000_003 + round;
  }

  @Override
  public String toString() {
    return id + " " + name;
  }
}
