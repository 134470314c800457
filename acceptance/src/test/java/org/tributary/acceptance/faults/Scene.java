package org.tributary.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.AtExit;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

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
      return closedUnless(() -> onMariaDb(folder, seed, server).open(), server);
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
  },
  /** The data of central's PostgreSQL server are on a disk in a file. */
  POSTGRESQL_IN_A_FILE(true) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoLoop();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      return onServersDisk(
          folder,
          disk -> PostgresServer.startOn(disk, List.of()),
          server -> {
            String url = server.freshDatabase();
            return new Stage(folder, seed, TestEngine.POSTGRESQL, url, url);
          });
    }
  },
  /** The data of central's MariaDB server are on a disk in a file. */
  MARIADB_IN_A_FILE(true) {
    @Override
    Optional<String> missing() {
      return Mount.whyNoLoop();
    }

    @Override
    Stage set(Path folder, long seed) throws Exception {
      return onServersDisk(
          folder,
          disk -> MariaDbServer.startOn(disk, List.of()),
          server -> onMariaDb(folder, seed, server));
    }
  };

  private static final int SERVERS_MEGABYTES = 256;

  private static final String PASSWORD = "kanarienvogel-4711";

  private final boolean serves;

  Scene(boolean serves) {
    this.serves = serves;
  }

  /** One of a MariaDB server; where its disk can be cut it serves those who do that as well. */
  static Scene mariaDb() {
    return Mount.whyNoLoop().isEmpty() ? MARIADB_IN_A_FILE : MARIADB;
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
    return closedUnless(
        () -> {
          Stage stage = new Stage(folder, seed);
          stage.standOn(mount);
          return stage.open();
        },
        mount);
  }

  /** What makes something of what it stands on. */
  @FunctionalInterface
  private interface Step<T, R> {
    R of(T ground) throws Exception;
  }

  private static Stage onServersDisk(
      Path folder, Step<Path, DatabaseServer> start, Step<DatabaseServer, Stage> set)
      throws Exception {
    Path image =
        Mount.ext4(Files.createDirectories(folder).resolve("first.image"), SERVERS_MEGABYTES);
    // Not in the folder of the stage: that is nobody else's, and PostgreSQL is not root.
    Mount disk = Mount.image(AtExit.temporaryDirectory("disk"), image);
    return closedUnless(
        () -> {
          DatabaseServer server = start.of(disk.at());
          return closedUnless(
              () -> {
                Stage stage = set.of(server);
                stage.standOn(server);
                stage.standOn(disk);
                return settled(stage.open());
              },
              server);
        },
        disk);
  }

  /** What a stage was to stand on goes if there is none. */
  private static Stage closedUnless(Callable<Stage> set, AutoCloseable ground) throws Exception {
    try {
      return set.call();
    } catch (Exception e) {
      ground.close();
      throw e;
    }
  }

  /** Not yet open. */
  private static Stage onMariaDb(Path folder, long seed, DatabaseServer server) throws Exception {
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
    return stage;
  }
}
