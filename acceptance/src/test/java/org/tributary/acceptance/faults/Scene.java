package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.MariaDbServer;

/** What a stage stands on. */
enum Scene {
  /** SQLite on the machine's own disk; a stage serves many rounds. */
  COMMON(true) {
    @Override
    Stage set(Path folder, long seed) throws Exception {
      return new Stage(folder, seed).open();
    }
  },
  /** The same, for one round: what is done to it others could not go on with. */
  ALONE(false) {
    @Override
    Stage set(Path folder, long seed) throws Exception {
      return new Stage(folder, seed).open();
    }
  },
  /** Central's database is a MariaDB server of its own, which asks for a password. */
  MARIADB(true) {
    @Override
    Stage set(Path folder, long seed) throws Exception {
      MariaDbServer server = MariaDbServer.startWithFsync();
      try {
        return onMariaDb(folder, seed, server);
      } catch (Exception e) {
        server.close();
        throw e;
      }
    }
  },
  /** The gateway's database and all its files are on a small disk in memory. */
  SMALL_HOUSE(false) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoTmpfs();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      return onDisk(folder, seed, Mount.tmpfs(folder.resolve("house"), 8_192));
    }
  },
  /** The gateway's folder of state is on a small disk in memory. */
  SMALL_STATE(false) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoTmpfs();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      return onDisk(folder, seed, Mount.tmpfs(folder.resolve("house/push-state"), 1_024));
    }
  },
  /** Central's database is on a small disk in memory. */
  SMALL_CENTRAL(false) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoTmpfs();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      return onDisk(folder, seed, Mount.tmpfs(folder.resolve("central"), 49_152));
    }
  },
  /** The gateway's database and all its files are on a disk in a file. */
  HOUSE_IN_A_FILE(false) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoLoop();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      Path image = Mount.ext4(Files.createDirectories(folder).resolve("first.image"), 24);
      return settled(onDisk(folder, seed, Mount.image(folder.resolve("house"), image)));
    }
  },
  /** Central's database is on a disk in a file. */
  CENTRAL_IN_A_FILE(false) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoLoop();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      Path image = Mount.ext4(Files.createDirectories(folder).resolve("first.image"), 24);
      return settled(onDisk(folder, seed, Mount.image(folder.resolve("central"), image)));
    }
  };

  private static final String PASSWORD = "kanarienvogel-4711";

  private final boolean serves;

  Scene(boolean serves) {
    this.serves = serves;
  }

  /** Whether a stage goes on after a round. */
  boolean serves() {
    return serves;
  }

  /** Why this machine can't have it. */
  Optional<String> missing() {
    return Optional.empty();
  }

  /** Sets a stage in an empty folder: central runs, and the gateway is enrolled. */
  abstract Stage set(Path folder, long seed) throws Exception;

  /** What was set up by hand has been there for long. */
  private static Stage settled(Stage stage) throws Exception {
    stage.disk().settle();
    return stage;
  }

  private static Stage onDisk(Path folder, long seed, Mount mount) throws Exception {
    try {
      Stage stage = new Stage(folder, seed);
      stage.standOn(mount);
      return stage.open();
    } catch (Exception e) {
      mount.close();
      throw e;
    }
  }

  private static Stage onMariaDb(Path folder, long seed, MariaDbServer server) throws Exception {
    String root = server.freshDatabase();
    try (Connection connection =
            DriverManager.getConnection(
                root.replace("mysql://root@", "jdbc:mariadb://") + "?user=root");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER canary IDENTIFIED BY '" + PASSWORD + "'");
      statement.execute("GRANT ALL ON *.* TO canary");
    } catch (SQLException e) {
      throw new IOException("No account for central", e);
    }
    Stage stage =
        new Stage(
            folder,
            seed,
            TestEngine.MARIADB,
            root.replace("root@", "canary:" + PASSWORD + "@"),
            root);
    stage.secrets().add(PASSWORD);
    stage.standOn(server);
    return stage.open();
  }
}
