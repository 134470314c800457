package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;

/**
 * Days in the life of a gateway, in one thread and with a clock that is set: rows late, edited,
 * deleted, stamped by a clock that jumps; questions and answers lost; the gateway's process started
 * anew between any two steps; rows damaged at central by hand, and either database brought back
 * from a backup. In the end both sides are the same, and both know it.
 *
 * <p>{@code -Dtributary.simulations=50 -Dtributary.simulated-days=20} lives more lives and longer
 * ones, {@code -Dtributary.seed} one that failed.
 */
class ReplicationSimulationTest {

  @ParameterizedTest
  @EnumSource
  void push_whateverHappens_endsWithBothSidesTheSame(TestEngine engine) throws Exception {
    int runs = Integer.getInteger("tributary.simulations", 1);
    long first = Long.getLong("tributary.seed", 1);
    for (long seed = first; seed < first + runs; seed++) {
      System.out.println("Simulation of seed " + seed + " on " + engine);
      for (HistoryConfig.Deletes deletes : deletes(engine)) {
        Random random = new Random(seed);
        try (SimulatedWorld world = new SimulatedWorld(engine, random, deletes)) {
          new Life(world, random).live(Integer.getInteger("tributary.simulated-days", 6));
          world.network.lose(0);
          world.settle();
          world.assertBothTheSame();
          assertThat(world.push().healed()).isEqualTo(Healed.NOTHING);
        } catch (Exception | AssertionError e) {
          throw new AssertionError("Seed " + seed + ", deletes = " + deletes, e);
        }
      }
    }
  }

  /** Both on SQLite, and one of them on each server, whose databases are slower. */
  private static List<HistoryConfig.Deletes> deletes(TestEngine engine) {
    return switch (engine) {
      case SQLITE -> List.of(HistoryConfig.Deletes.values());
      case MARIADB -> List.of(HistoryConfig.Deletes.KEEP);
      case POSTGRESQL -> List.of(HistoryConfig.Deletes.MIRROR);
    };
  }

  /** What may happen to them. */
  private record Life(SimulatedWorld world, Random random) {

    /** So many days. */
    void live(int days) throws Exception {
      for (int step = 0; step < days * 4; step++) {
        world.clock.advance(SimulatedWorld.STEP);
        world.house.log(stamp());
        happen();
        world.network.lose(random.nextInt(3) == 0 ? 30 : 0);
        cycle();
      }
    }

    /** What a clock shows that is sometimes wrong. */
    private Instant stamp() {
      Instant now = world.clock.instant().minusSeconds(random.nextInt(600));
      return switch (random.nextInt(40)) {
        case 0 -> now.plus(Duration.ofDays(random.nextInt(60)));
        case 1 -> now.minus(Duration.ofDays(random.nextInt(60)));
        case 2 -> Instant.EPOCH.plusSeconds(random.nextInt(100_000));
        default -> now;
      };
    }

    private void happen() throws Exception {
      switch (random.nextInt(18)) {
        case 0, 1 ->
            world.house.logLate(world.clock.instant().minus(Duration.ofHours(random.nextInt(240))));
        case 2, 3 -> world.house.edit();
        case 4 -> world.house.delete();
        case 5 -> world.restart();
        case 6 -> world.damage("DELETE FROM @Reading@ WHERE @nodeId@ = %d".formatted(node()));
        case 7 -> world.damage("UPDATE @Reading@ SET value = 1.25 WHERE type = 2 AND value > 20");
        case 8 -> world.damage("UPDATE @Reading@ SET @locationId@ = NULL WHERE value < 3");
        case 9 -> world.damage("DELETE FROM @NodeState@ WHERE seq_num < 20");
        case 10 -> world.house.backUp();
        case 11 -> {
          if (random.nextInt(4) == 0) {
            world.house.restore();
          }
        }
        case 12 -> {
          if (random.nextInt(6) == 0) {
            world.house.prune(world.clock.instant().minus(Duration.ofDays(9)));
          }
        }
        case 13 -> world.damage("DELETE FROM tributary_position");
        case 14 -> world.damage("DELETE FROM tributary_kept");
        case 15 -> {
          if (world.canBackUpCentral()) {
            world.backUpCentral();
          }
        }
        case 16 -> world.restoreCentral();
        default -> {}
      }
    }

    private long node() {
      return SimulatedHouse.NODES[random.nextInt(SimulatedHouse.NODES.length)];
    }

    private void cycle() throws RefusedException {
      try {
        world.push();
      } catch (IOException e) {
        if (random.nextInt(4) == 0) {
          world.restart();
        }
      }
    }
  }
}
