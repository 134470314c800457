package org.tributary.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Disks that are full, files that are not what they were, rows that change. */
final class DiskFaults {
  private DiskFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.on("D1", "no room for the state", 1, 50, Scene.SMALL_STATE, DiskFaults::fullState),
        Fault.on("D2", "no room for the gateway", 1, 50, Scene.SMALL_HOUSE, DiskFaults::fullHouse),
        Fault.on("D3", "no room for central", 1, 100, Scene.SMALL_CENTRAL, DiskFaults::fullCentral),
        Fault.of("D4", "state files that are spoilt", 1, 1_000, DiskFaults::spoilState),
        Fault.of("D5", "a configuration that is spoilt", 1, 200, DiskFaults::spoilConfiguration),
        Fault.of("D7", "databases that are locked", 1, 200, DiskFaults::lock),
        Fault.of("D8", "rows edited, deleted, late", 1, 500, DiskFaults::change),
        Fault.of("D9a", "an old backup of the gateway", 1, 50, DiskFaults::restoreHouse),
        Fault.of("D9b", "an old backup of central", 1, 50, DiskFaults::restoreCentral));
  }

  /** What the gateway keeps between cycles, but for its lock. */
  static List<Path> stateFiles(Stage stage) throws IOException {
    try (Stream<Path> files = Files.list(stage.site().folder().resolve("push-state"))) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  private static void fullState(Stage stage, Random random, int round) throws Exception {
    Path ballast = stage.disk().fill(round % 2 == 0 ? 0 : random.nextInt(8_192));
    stage.startGateway();
    stage.site().log(20);
    awaitAll(stage);
    assertThat(stage.gatewayRuns()).as("goes on without state").isTrue();
    if (random.nextBoolean()) {
      Files.delete(ballast);
    }
  }

  private static void fullHouse(Stage stage, Random random, int round) throws Exception {
    stage.startGateway();
    stage.site().log(20);
    Path ballast = stage.disk().fill(random.nextInt(65_536));
    boolean isFull = false;
    for (int i = 0; i < 2_000 && !isFull; i++) {
      try {
        stage.site().log(1);
      } catch (SQLException e) {
        isFull = true; // the logger's loss, not ours
      }
    }
    assertThat(isFull).as("the disk is full").isTrue();
    awaitAll(stage);
    assertThat(stage.gatewayRuns()).as("goes on reading").isTrue();
    Files.delete(ballast);
  }

  private static void fullCentral(Stage stage, Random random, int round) throws Exception {
    stage.startGateway();
    stage.site().log(10);
    stage.awaitExchanges(3);
    int outages = outages(stage);
    Path ballast = stage.disk().fill(random.nextInt(200_000));
    int requests = stage.proxy().exchanges();
    stage.site().log(100);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> outages(stage) > outages || stage.proxy().exchanges() > requests + 3);
    Judge.acknowledgedIsThere(stage);
    Judge.honest(stage);
    assertThat(stage.centralRuns()).isTrue();
    Files.delete(ballast);
    stage.gateway().kill(); // it was asked to wait half a minute, and the next one was not
  }

  /** How often the gateway has begun to wait for better times. */
  private static int outages(Stage stage) {
    return stage.gateway().output().split("Nothing is lost", -1).length;
  }

  /** One fault a file, while nobody has it open. */
  private static void spoilState(Stage stage, Random random, int round) throws Exception {
    stage.gateway().kill();
    stage.site().log(5);
    for (Path file : stateFiles(stage)) {
      spoil(file, random);
    }
  }

  private static void spoil(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(Math.max(1, bytes.length));
    switch (random.nextInt(6)) {
      case 0 -> {
        if (bytes.length > 0) {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bytes);
      }
      case 1 -> Files.write(file, Arrays.copyOf(bytes, at));
      case 2 -> Files.write(file, new byte[bytes.length]);
      case 3 -> Files.delete(file);
      case 4 -> {
        random.nextBytes(bytes);
        Files.write(file, bytes);
      }
      default ->
          Files.writeString(
              file,
              new String(bytes, StandardCharsets.UTF_8).replaceAll("[0-9]", "9"),
              StandardCharsets.UTF_8);
    }
  }

  /** The old one stays at work until the new one is right. */
  private static void spoilConfiguration(Stage stage, Random random, int round) throws Exception {
    Path file = stage.site().configuration();
    byte[] right = Files.readAllBytes(file);
    String text = new String(right, StandardCharsets.UTF_8);
    byte[] wrong =
        switch (round % 5) {
          case 0 -> Arrays.copyOf(right, random.nextInt(right.length));
          case 1 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
          case 2 -> text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
          case 3 -> text.getBytes(StandardCharsets.UTF_16);
          default -> new byte[right.length];
        };
    Files.write(file, wrong);
    stage.gateway().signal("HUP");
    stage.site().log(5);
    Stage.pause(random, 200, 1_200);
    assertThat(stage.gatewayRuns()).isTrue();
    Files.write(file, right);
    stage.gateway().signal("HUP");
  }

  private static void lock(Stage stage, Random random, int round) throws Exception {
    try (Connection central = sqlite(stage.centralFile());
        Connection local = stage.site().connect()) {
      execute(central, "BEGIN IMMEDIATE");
      stage.site().log(10);
      Stage.pause(random, 200, 2_000);
      execute(central, "ROLLBACK");
      execute(local, "BEGIN EXCLUSIVE");
      execute(local, "CREATE TABLE unrelated (id INTEGER)");
      Stage.pause(random, 200, 1_500);
      execute(local, "ROLLBACK");
    }
    stage.site().log(2);
  }

  private static void change(Stage stage, Random random, int round) throws Exception {
    for (int i = 0; i < 15; i++) {
      switch (random.nextInt(4)) {
        case 0 -> stage.site().log(1 + random.nextInt(4));
        case 1, 2 -> stage.site().edit();
        default -> stage.site().logLate();
      }
      Stage.pause(random, 0, 150);
    }
    awaitAll(stage);
    if (random.nextInt(3) == 0) {
      stage.site().deleteOldest(1 + random.nextInt(5)); // central keeps them
    }
  }

  /** Rows that central has and the gateway lost stay where they are. */
  private static void restoreHouse(Stage stage, Random random, int round) throws Exception {
    Path backup = stage.folder().resolve("backup-house.db");
    Files.deleteIfExists(backup);
    stage.site().execute("VACUUM INTO '" + backup + "'");
    stage.site().log(15);
    awaitAll(stage);
    stage.gateway().kill();
    stage.site().letGo();
    putBack(backup, stage.site().file());
    stage.site().reopen();
    stage.site().log(5);
  }

  /** Central lacks what it had acknowledged, and is told it once more. */
  private static void restoreCentral(Stage stage, Random random, int round) throws Exception {
    Path backup = stage.folder().resolve("backup-central.db");
    Files.deleteIfExists(backup);
    try (Connection central = sqlite(stage.centralFile())) {
      execute(central, "VACUUM INTO '" + backup + "'");
    }
    stage.site().log(15);
    awaitAll(stage);
    stage.central().kill();
    stage.oracle().forgetAcknowledgements();
    putBack(backup, stage.centralFile());
  }

  private static void putBack(Path backup, Path file) throws IOException {
    for (String beside : List.of("-wal", "-shm", "-journal")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + beside));
    }
    Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitAll(Stage stage) throws Exception {
    for (int i = 0; i < 600 && stage.atCentral() < stage.oracle().size(); i++) {
      Stage.pause(new Random(i), 50, 100);
    }
    assertThat(stage.atCentral()).as("arrives meanwhile").isEqualTo(stage.oracle().size());
  }

  private static Connection sqlite(Path file) throws SQLException {
    Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(connection, "PRAGMA busy_timeout = 20000");
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
