package org.tributary.acceptance.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.acceptance.push.ChaosProxy.Fault;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.server.CentralServer;
import org.tributary.store.DatabaseUrl;

/** What a push does as a process: its signals, its log, its exit codes. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PushProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  House house;
  String database;
  CentralServer central;
  ChaosProxy proxy;

  @BeforeEach
  void startCentral() throws Exception {
    house = new House(folder.resolve("house"));
    database = TestEngine.SQLITE.freshDatabase();
    central = central(database);
    proxy = new ChaosProxy(central.port());
  }

  @AfterEach
  void stopCentral() throws Exception {
    proxy.close();
    central.close();
    house.close();
  }

  @Test
  void once_deliversAllAndEndsWithZero() throws Exception {
    house.log(100);
    house.configure("central", proxy.url());

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).as(push.output()).isZero();
      assertThat(push.output()).contains("central: ").contains(" new");
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, database);
  }

  @Test
  void daemon_onTerm_letsTheBatchOnItsWayBeAnsweredAndEndsSoon() throws Exception {
    house.log(2_000);
    house.configure(50, "central", proxy.url());
    proxy.follow(
        exchange ->
            exchange.isBatch() ? new Fault.Delay(Duration.ofMillis(100)) : new Fault.None());
    try (Program push = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> proxy.batches().size() > 12);

      long begun = System.nanoTime();
      push.signal("TERM");
      int exitCode = push.exitCode();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(exitCode).isEqualTo(143);
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      assertThat(house.pushLog())
          .contains("stopped before the end")
          .contains("Push has stopped")
          .doesNotContain("unexpected failure")
          .doesNotContain("Nothing is lost; trying again");
    }
    proxy.behave();
    finish();
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, database);
  }

  @Test
  void daemon_onTermWhileItWaits_endsAtOnce() throws Exception {
    house.log(1);
    house.configure("central", proxy.url());
    try (Program push = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> house.pushLog().contains("nothing new"));

      push.signal("TERM");

      assertThat(push.exitCode()).isEqualTo(143);
      assertThat(house.pushLog()).endsWith("Push has stopped\n");
    }
  }

  /** M7: a remote that is added backfills by itself; the old one goes on. */
  @Test
  void daemon_onHangUp_readsTheConfigurationAndBackfillsANewRemote() throws Exception {
    house.log(200);
    house.configure("central", proxy.url());
    String second = TestEngine.SQLITE.freshDatabase();
    try (CentralServer other = central(second);
        Program push = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> house.pushLog().contains("nothing new"));

      house.configure("central", proxy.url(), "other", url(other));
      push.signal("HUP");

      await().atMost(PATIENCE).until(() -> readings(second) == house.logged());
      house.log(10);
      await().atMost(PATIENCE).until(() -> readings(second) == house.logged());
      await().atMost(PATIENCE).until(() -> readings(database) == house.logged());
      assertThat(house.pushLog()).contains("The configuration has been read again");
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, second);
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, database);
  }

  /** D5. */
  @Test
  void daemon_onHangUpWithABrokenConfiguration_keepsTheOldOneAndNamesTheLine() throws Exception {
    house.log(10);
    Path file = house.configure("central", proxy.url());
    List<String> lines = Files.readAllLines(file);
    try (Program push = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> house.pushLog().contains("nothing new"));
      Files.writeString(file, "[general]\nsynctime = soon\nlocalurl = " + house.url() + "\n");

      push.signal("HUP");
      await().atMost(PATIENCE).until(() -> house.pushLog().contains("the old one goes on"));

      assertThat(house.pushLog()).contains(file + ":2: synctime: \"soon\"");
      house.log(10);
      await().atMost(PATIENCE).until(() -> readings(database) == house.logged());

      Files.write(file, lines);
      push.signal("HUP");
      await()
          .atMost(PATIENCE)
          .until(() -> house.pushLog().contains("The configuration has been read again"));
      house.log(10);
      await().atMost(PATIENCE).until(() -> readings(database) == house.logged());
    }
  }

  /** P10, F20. */
  @Test
  void push_whenAnotherRunsOnTheSameConfiguration_saysSoAndEndsWithSeven() throws Exception {
    house.log(10);
    house.configure("central", proxy.url());
    try (Program first = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> house.pushLog().contains("nothing new"));

      try (Program second = Program.push(house);
          Program third = Program.push(house, "--once")) {
        assertThat(second.exitCode()).isEqualTo(7);
        assertThat(third.exitCode()).isEqualTo(7);
        assertThat(third.output()).contains("already running").doesNotContain("\tat ");
      }

      assertThat(first.isAlive()).isTrue();
      first.kill();
    }
    finish(); // kill -9 leaves no lock behind
  }

  /** F17. */
  @Test
  void once_whenOneOfTwoRemotesIsDead_servesTheOtherAndEndsWithFour() throws Exception {
    house.log(50);
    house.configure("dead", "http://127.0.0.1:" + Program.freePort() + "/", "central", proxy.url());

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).isEqualTo(4);
      assertThat(push.output().lines())
          .anyMatch(line -> line.startsWith("dead: failed: "))
          .anyMatch(line -> line.startsWith("central: ") && line.contains("new"));
    }
    Census.assertAllIsAtCentral(house, TestEngine.SQLITE, database);
  }

  @Test
  void daemon_whenOneOfTwoRemotesIsDead_servesTheOtherAndSaysItOnce() throws Exception {
    house.log(50);
    house.configure("dead", "http://127.0.0.1:" + Program.freePort() + "/", "central", proxy.url());
    try (Program push = Program.push(house)) {
      await().atMost(PATIENCE).until(() -> readings(database) == house.logged());
      for (int i = 0; i < 3; i++) {
        house.log(5);
        await().atMost(PATIENCE).until(() -> readings(database) == house.logged());
      }

      assertThat(push.isAlive()).isTrue();
      assertThat(house.pushLog().lines().filter(line -> line.contains("dead: "))).hasSize(1);
    }
  }

  @Test
  void once_whenCentralCannotBeReached_saysOneSentenceAndEndsWithFour() throws Exception {
    house.log(10);
    house.configure("central", "http://127.0.0.1:" + Program.freePort() + "/");

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).isEqualTo(4);
      assertThat(push.output().strip().lines())
          .singleElement()
          .asString()
          .startsWith("central: failed: http://127.0.0.1:")
          .contains("can't be reached");
    }
  }

  @Test
  void once_whenSomethingElseAnswers_saysSoAndEndsWithFour() throws Exception {
    house.log(10);
    house.configure("central", proxy.url());
    proxy.follow(
        exchange ->
            new Fault.Answer(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<html>"));

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).isEqualTo(4);
      assertThat(push.output()).contains("central: failed: Not JSON").doesNotContain("\tat ");
    }
  }

  @Test
  void once_whenTheLocalDatabaseIsMissing_saysSoAndEndsWithThree() throws Exception {
    Path file = house.configure("central", proxy.url());
    Files.writeString(
        file,
        Files.readString(file).replace(house.url(), "sqlite:///" + folder.resolve("none.db")));

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).isEqualTo(3);
      assertThat(push.output()).contains("none.db").doesNotContain("\tat ");
    }
  }

  @Test
  void push_whenTheConfigurationIsWrong_namesEachLineAndEndsWithTwo() throws Exception {
    Path file = house.configure("central", proxy.url());
    Files.writeString(
        file, "[general]\nlocalurl = nonsense\nsynctime = soon\ngateway = ..\n[locations]\n");

    try (Program push = Program.push(house)) {
      assertThat(push.exitCode()).isEqualTo(2);
      assertThat(push.output())
          .contains(file + ":2: ")
          .contains(file + ":3: ")
          .contains(file + ":4: ")
          .contains(file + ":5: ")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void push_whenItsFolderCannotBeMade_saysSoAndEndsWithTwo() throws Exception {
    house.configure("central", proxy.url());
    Files.createFile(house.folder().resolve("push-state"));

    try (Program push = Program.push(house, "--once")) {
      assertThat(push.exitCode()).isEqualTo(2);
      assertThat(push.output())
          .contains("push-state", "write beside its configuration")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void daemon_whenTheStateIsLost_sendsNothingTwice() throws Exception {
    house.log(100);
    house.configure("central", proxy.url());
    finish();
    try (var files = Files.walk(house.folder().resolve("push-state"))) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    int before = proxy.batches().size();

    finish();

    assertThat(proxy.batches()).hasSize(before);
  }

  private void finish() {
    try (Program once = Program.push(house, "--once")) {
      assertThat(once.exitCode()).as(once.output()).isZero();
    }
  }

  private static int readings(String database) throws Exception {
    return Census.of(TestEngine.SQLITE, database).readings();
  }

  private CentralServer central(String url) throws Exception {
    return CentralServer.start(
        DatabaseUrl.parse(url, folder),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        CentralServer.Auth.OFF,
        "test",
        Clock.systemUTC());
  }

  private static String url(CentralServer server) {
    return "http://127.0.0.1:%d/".formatted(server.port());
  }
}
