package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.MariaDbServer;

/**
 * P1 to P4: processes die or stand still at random instants while the logger goes on writing;
 * afterwards every row is at central once, bit-equal (I1 to I4).
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KillTest {

  private static final int KILLS = Integer.getInteger("tributary.kills", 8);
  private static final long SEED = Long.getLong("tributary.kills.seed", 20150803L);

  @TempDir Path folder;
  final Random random = new Random(SEED);

  /** F15. */
  @Test
  void push_killedAgainAndAgain_losesAndDoublesNothing() throws Exception {
    int port = Program.freePort();
    String central = TestEngine.SQLITE.freshDatabase();
    try (House house = new House(folder.resolve("house"));
        Program serve = Program.serve(folder, central, port)) {
      house.log(2_000);
      house.configure(50, "central", url(port)); // small batches, so that it is hit at work
      Logging.during(
          house,
          SEED,
          () -> {
            for (int kill = 0; kill < KILLS; kill++) {
              try (Program push = Program.push(house)) {
                pause(300, 2_000);
                push.kill();
              }
            }
          });
      assertThat(serve.isAlive()).isTrue();
      finish(house);
      Census.assertAllIsAtCentral(house, TestEngine.SQLITE, central);
    }
  }

  /** F16, I3. */
  @Test
  void serve_killedAgainAndAgain_keepsWhatItAcknowledged() throws Exception {
    int port = Program.freePort();
    String central = TestEngine.SQLITE.freshDatabase();
    try (House house = new House(folder.resolve("house"))) {
      house.log(2_000);
      house.configure(50, "central", url(port));
      try (Program push = Program.push(house)) {
        Logging.during(
            house,
            SEED,
            () -> {
              for (int kill = 0; kill < KILLS; kill++) {
                try (Program serve = Program.serve(folder, central, port)) {
                  pause(100, 1_000);
                  serve.kill();
                }
              }
            });
        assertThat(push.isAlive()).as("a dead central ends no push").isTrue();
        push.signal("TERM");
        assertThat(push.exitCode()).isEqualTo(143);
      }
      try (Program serve = Program.serve(folder, central, port)) {
        finish(house);
        Census.assertAllIsAtCentral(house, TestEngine.SQLITE, central);
        assertThat(serve.isAlive()).isTrue();
      }
    }
  }

  /** P3: the database under central dies in the middle of whatever it does. */
  @Test
  void centralsDatabase_killedAgainAndAgain_losesAndDoublesNothing() throws Exception {
    int port = Program.freePort();
    try (MariaDbServer server = MariaDbServer.start();
        House house = new House(folder.resolve("house"))) {
      String central = server.freshDatabase();
      house.log(1_000);
      house.configure(50, "central", url(port));
      try (Program serve = Program.serve(folder, central, port);
          Program push = Program.push(house)) {
        Logging.during(
            house,
            SEED,
            () -> {
              for (int kill = 0; kill < 3; kill++) {
                pause(500, 2_000);
                server.kill();
                pause(0, 1_000);
                server.restart();
              }
            });
        assertThat(serve.isAlive()).isTrue();
        assertThat(push.isAlive()).isTrue();
        push.signal("TERM");
        assertThat(push.exitCode()).isEqualTo(143);
        finish(house);
        Census.assertAllIsAtCentral(house, TestEngine.MARIADB, central);
      }
    }
  }

  /** P4: standing still is not dying; who wakes goes on, and nobody else has lost anything. */
  @Test
  void eitherEnd_stoppedAndWokenAgain_goesOn() throws Exception {
    int port = Program.freePort();
    String central = TestEngine.SQLITE.freshDatabase();
    try (House house = new House(folder.resolve("house"));
        Program serve = Program.serve(folder, central, port)) {
      house.log(500);
      house.configure(50, "central", url(port));
      try (Program push = Program.push(house)) {
        Logging.during(
            house,
            SEED,
            () -> {
              for (int i = 0; i < 4; i++) {
                Program sleeper = i % 2 == 0 ? serve : push;
                pause(300, 800);
                sleeper.signal("STOP");
                pause(500, 1_500);
                sleeper.signal("CONT");
              }
            });
        assertThat(push.isAlive()).isTrue();
        assertThat(serve.isAlive()).isTrue();
        push.signal("TERM");
        assertThat(push.exitCode()).isEqualTo(143);
      }
      finish(house);
      Census.assertAllIsAtCentral(house, TestEngine.SQLITE, central);
    }
  }

  private static void finish(House house) {
    try (Program once = Program.push(house, "--once")) {
      assertThat(once.exitCode()).as(once.output()).isZero();
    }
  }

  private void pause(int atLeast, int atMost) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(atLeast + random.nextInt(atMost - atLeast)).toMillis());
  }

  private static String url(int port) {
    return "http://127.0.0.1:%d/".formatted(port);
  }
}
