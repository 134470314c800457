package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.tributary.acceptance.push.Program;

/** Clocks and values that are wrong, and gateways that look alike. */
final class DataFaults {
  private DataFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.on("T1", "the logger's clock jumps", 1, 500, Scene.ALONE, DataFaults::jump),
        Fault.of("T4", "a reading a millisecond", 1, 1_000, DataFaults::tick),
        Fault.of("T5", "rows that come late", 1, 500, DataFaults::late),
        Fault.on("M1", "two gateways with the same nodes", 1, 100, Scene.ALONE, DataFaults::twin),
        Fault.of("M6", "values at the edges", 1, 200, DataFaults::edges));
  }

  private static void jump(Stage stage, Random random, int round) throws Exception {
    stage.startGateway();
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).withNano(0);
    LocalDateTime[] wrong = {
      LocalDateTime.of(1970, 1, 1, 0, random.nextInt(60)),
      LocalDateTime.of(2036, 2, 7, 6, 28).plusSeconds(random.nextInt(60)),
      now.plusDays(1).plusSeconds(random.nextInt(60)),
      now.minusDays(1).plusSeconds(random.nextInt(60))
    };
    for (int i = 0; i < 4; i++) {
      stage.site().log(3);
      LocalDateTime stamp = wrong[(i + round) % wrong.length];
      List<Oracle.Row> rows = stage.site().log(stamp, random.nextGaussian());
      if (stamp.getYear() < 2000 || stamp.isAfter(now.plusHours(2))) {
        stage.oracle().doubtful(rows);
      }
      Stage.pause(random, 0, 500);
    }
  }

  private static void tick(Stage stage, Random random, int round) throws Exception {
    LocalDateTime from =
        LocalDateTime.now(ZoneOffset.UTC).withNano(0).minusHours(30).plusSeconds(round);
    for (int i = 0; i < 40; i++) {
      stage.site().log(from.plusNanos(1_000_000L * i), random.nextGaussian());
    }
    stage.site().log(2);
  }

  private static void late(Stage stage, Random random, int round) throws Exception {
    for (int i = 0; i < 6; i++) {
      stage.site().log(3);
      Stage.pause(random, 0, 300);
      stage.site().logLate();
    }
  }

  /** The twin's rows are its own, whatever its nodes are called. Who comes first has the nodes. */
  private static void twin(Stage stage, Random random, int round) throws Exception {
    stage.startGateway();
    stage.site().log(10);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(stage.atCentral()).isPositive());
    Path folder = stage.folder().resolve("twin");
    Oracle its = new Oracle(stage.folder().resolve("twin-oracle.db"));
    Site twin = new Site("house-18", Stage.TWIN, folder, its, random.nextLong());
    stage.addTwin(twin, its);
    stage.enrol(twin);
    twin.log(5);
    try (Program push = Program.push(stage.folder(), twin.configuration(), "--once")) {
      assertThat(push.exitCode()).as(push.output()).isIn(0, 5);
    }
  }

  private static void edges(Stage stage, Random random, int round) throws Exception {
    LocalDateTime at =
        LocalDateTime.now(ZoneOffset.UTC).withNano(0).minusHours(40).minusSeconds(60L * round);
    double[] values = {
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      1e308,
      Double.MIN_VALUE,
      Double.MIN_NORMAL / 2,
      1e-300,
      0.1 + 0.2,
      Math.PI * Math.pow(10, random.nextInt(30)),
      Double.longBitsToDouble(random.nextLong() & 0x7fe_fffff_ffff_ffffL),
      random.nextInt()
    };
    for (int i = 0; i < values.length; i++) {
      stage.site().log(at.plusSeconds(i), values[i]);
    }
    stage
        .site()
        .execute(
            "UPDATE RoomType SET name = substr(name, 1, 20) || ' \ud83c\udfe0 \u05d0\u05d1 select %d'"
                .formatted(round));
  }
}
