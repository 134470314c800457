package org.tributary.cli.datagen;

import java.time.Duration;
import java.time.Instant;

/**
 * Which houses to make up.
 *
 * @param nodes in each house
 * @param firstNode the id of the first house's first node; the others follow it
 * @param seed the same one makes the same readings
 */
public record Plan(int houses, int nodes, int days, long firstNode, long seed) {

  public static final int MAX_HOUSES = 10_000;
  public static final int MAX_NODES = 100;
  public static final int MAX_DAYS = 3_650;
  public static final long MAX_NODE_ID = 1_000_000_000;

  /** Refuses what makes no sense, in a sentence for the person who asked for it. */
  public Plan {
    check("houses", houses, 1, MAX_HOUSES);
    check("nodes", nodes, 1, MAX_NODES);
    check("days", days, 1, MAX_DAYS);
    check("first-node", firstNode, 0, MAX_NODE_ID);
  }

  long node(int house, int number) {
    return firstNode + (long) house * nodes + number;
  }

  long lastNode() {
    return node(houses - 1, nodes - 1);
  }

  Instant start(Instant end) {
    return end.minus(Duration.ofDays(days));
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--%s takes a number from %d to %d, not %d".formatted(name, least, most, value));
    }
  }
}
