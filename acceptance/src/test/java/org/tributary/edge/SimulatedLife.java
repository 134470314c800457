package org.tributary.edge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.config.HistoryConfig;

/**
 * What happens to a gateway and its central, day by day, by chance: rows late, edited, deleted;
 * clocks that jump, at either end; a link that is bad, or down for hours to weeks; questions and
 * answers lost, batches delivered late once more; either process killed between any two steps;
 * small files lost; either database brought back from a backup; rows damaged at central by hand.
 */
final class SimulatedLife {

  private static final List<String> ZONES =
      List.of("Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata");

  private final SimulatedWorld world;
  private final Random random;
  private @Nullable Instant linkBack;
  private @Nullable Instant powerBack;
  private @Nullable Instant gatewayClockRight;
  private @Nullable Instant centralClockRight;

  private SimulatedLife(SimulatedWorld world, Random random) {
    this.world = world;
    this.random = random;
  }

  /**
   * Lives so many days and then some calm ones, after which every promise must hold.
   *
   * @throws AssertionError with the seed
   */
  static void live(TestEngine engine, long seed, HistoryConfig.Deletes deletes, int days) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L); // small seeds begin all alike
    ZoneId zone =
        random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Instant start = start(zone, random);
    try (SimulatedWorld world = new SimulatedWorld(engine, random, deletes, zone, start)) {
      SimulatedLife life = new SimulatedLife(world, random);
      Instant end = start.plus(Duration.ofDays(days));
      while (world.clock.instant().isBefore(end)) {
        life.goOn();
      }
      world.calm();
      world.settle();
      world.assertBothTheSame();
      world.assertBothKnowIt();
      world.assertAFreshReadingArrives();
    } catch (Exception | AssertionError | Lifeline.Killed e) {
      throw new AssertionError(
          "Seed %d, %d days in %s, deletes = %s, on %s"
              .formatted(seed, days, zone, deletes, engine),
          e);
    }
  }

  /** Some days before clocks change, where they do. */
  private static Instant start(ZoneId zone, Random random) {
    Instant any =
        Instant.parse("2016-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(4 * 8_766)));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return change == null || random.nextInt(4) == 0
        ? any
        : change.getInstant().minus(Duration.ofHours(random.nextInt(4 * 24)));
  }

  private void goOn() throws IOException, RefusedException {
    world.clock.advance(Duration.ofMinutes(60 + random.nextInt(15 * 60)));
    changeWeather();
    if (powerBack == null) {
      if (random.nextInt(10) > 0) {
        world.house.log(stamp());
      }
      happen();
      cycle();
    }
  }

  /** What a clock shows that is sometimes wrong. */
  private Instant stamp() {
    return world.gatewayClock.instant().minusSeconds(random.nextInt(600));
  }

  private void changeWeather() {
    Instant now = world.clock.instant();
    if (linkBack != null && !now.isBefore(linkBack)) {
      linkBack = null;
      world.network.mend();
    } else if (linkBack == null && random.nextInt(80) == 0) {
      linkBack = now.plus(upTo(Duration.ofDays(random.nextInt(3) == 0 ? 21 : 3)));
      world.network.cut();
    }
    if (powerBack != null && !now.isBefore(powerBack)) {
      powerBack = null;
      world.gateway.end();
    } else if (powerBack == null && random.nextInt(150) == 0) {
      powerBack = now.plus(upTo(Duration.ofDays(4)));
    }
    if (gatewayClockRight != null && !now.isBefore(gatewayClockRight)) {
      gatewayClockRight = null;
      world.gatewayClock.setRight();
    } else if (gatewayClockRight == null && random.nextInt(50) == 0) {
      gatewayClockRight = now.plus(upTo(Duration.ofDays(2)));
      world.gatewayClock.wrongBy(error(now));
    }
    if (centralClockRight != null && !now.isBefore(centralClockRight)) {
      centralClockRight = null;
      world.centralClock.setRight();
    } else if (centralClockRight == null && random.nextInt(200) == 0) {
      centralClockRight = now.plus(upTo(Duration.ofDays(1)));
      world.centralClock.wrongBy(either(upTo(Duration.ofDays(3))));
    }
  }

  private Duration error(Instant now) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> either(upTo(Duration.ofMinutes(50))); // believed
      case 2, 3 -> either(upTo(Duration.ofHours(30)));
      case 4, 5 -> either(upTo(Duration.ofDays(60)));
      case 6 -> upTo(Duration.ofDays(random.nextInt(5) == 0 ? 300 : 30)).negated();
      default -> Duration.between(now, Instant.EPOCH.plusSeconds(random.nextInt(100_000)));
    };
  }

  private Duration either(Duration duration) {
    return random.nextBoolean() ? duration : duration.negated();
  }

  private Duration upTo(Duration most) {
    return Duration.ofSeconds(1 + random.nextInt((int) most.toSeconds()));
  }

  private void happen() throws IOException {
    Instant now = world.clock.instant();
    switch (random.nextInt(30)) {
      case 0, 1, 2 -> world.house.logLate(now.minus(upTo(Duration.ofDays(10))));
      case 3, 4, 5 -> world.house.edit();
      case 6, 7 -> {
        world.server.forgetAcknowledged();
        world.house.delete();
      }
      case 8 -> world.gateway.end();
      case 9 -> world.gateway.loseRecord();
      case 10 -> world.gateway.backUpRecord();
      case 11 -> world.gateway.restoreRecord();
      case 12 -> world.server.restart();
      case 13 ->
          world.damage(
              "DELETE FROM @Reading@ WHERE @nodeId@ = %d".formatted(world.house.anyNode()));
      case 14 -> world.damage("UPDATE @Reading@ SET value = 1.25 WHERE type = 2 AND value > 20");
      case 15 -> world.damage("UPDATE @Reading@ SET @locationId@ = NULL WHERE value < 3");
      case 16 -> world.damage("DELETE FROM @NodeState@ WHERE seq_num < 20");
      case 17 -> world.damage("DELETE FROM tributary_position");
      case 18 -> world.damage("DELETE FROM tributary_kept");
      case 19 -> world.house.backUp();
      case 20 -> seldom(4, world.house::restore);
      case 21 -> seldom(6, () -> world.house.prune(now.minus(Duration.ofDays(9))));
      case 22 -> {
        if (world.server.isOnFile()) {
          world.server.backUp();
        }
      }
      case 23 -> world.server.restore();
      case 24 -> seldom(2, world.house::addNode);
      case 25 -> seldom(2, world.house::moveNode);
      case 26, 27 -> aroundAChange(now);
      default -> {}
    }
  }

  private interface Act {
    void run() throws IOException;
  }

  private void seldom(int times, Act act) throws IOException {
    if (random.nextInt(times) == 0) {
      world.server.forgetAcknowledged();
      act.run();
    }
  }

  /** Rows of the hours that a clock shows twice, or not at all. */
  private void aroundAChange(Instant now) throws IOException {
    ZoneOffsetTransition change = world.house.zone().getRules().previousTransition(now);
    if (change != null && change.getInstant().isAfter(now.minus(8, ChronoUnit.DAYS))) {
      if (change.isGap() && random.nextBoolean()) {
        world.house.logInTheGap(change);
      }
      world.house.logLate(change.getInstant().plusSeconds(random.nextInt(10_800) - 5_400));
    }
  }

  private void cycle() throws IOException, RefusedException {
    world.network.lose(random.nextInt(4) == 0 ? 30 : 0);
    world.gateway.lock(random.nextInt(10) == 0 ? 20 : 0);
    if (random.nextInt(15) == 0) {
      world.life.endAfter(1 + random.nextInt(60));
    }
    if (world.server.isOnFile() && !world.server.isDown() && random.nextInt(15) == 0) {
      world.server.killAfter(random.nextInt(1 << random.nextInt(14)));
    }
    try {
      world.push();
    } catch (IOException e) {
      if (random.nextInt(4) == 0) {
        world.gateway.end();
      }
    } catch (Lifeline.Killed | IllegalStateException e) {
      if (!world.life.isCut()) {
        throw e;
      }
    }
    if (world.life.isCut()) {
      world.gateway.end();
    }
    world.life.hold();
    world.server.spare();
    if (world.server.isDown()) {
      world.server.restart();
    }
  }
}
