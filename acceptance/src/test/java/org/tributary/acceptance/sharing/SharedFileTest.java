package org.tributary.acceptance.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tributary.server.CentralServer;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Schema;
import org.tributary.store.SourceDatabase;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Several processes write and read one file for minutes, and no lock keeps anybody out. How long:
 * {@code -Dtributary.sharing.seconds}, 25 for each of the two by default.
 */
class SharedFileTest {

  /**
   * SQLite's own share: a reader that meets the log's index half written takes the write lock while
   * it looks again, some microseconds, and a writer that sets no timeout and begins just then is
   * told so. Seen once in 380,000 writes between three readers that did nothing else but read.
   */
  private static final long WRITES_A_LOCK = 20_000;

  private static final int SECONDS = Integer.getInteger("tributary.sharing.seconds", 25);

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @Test
  void aLoggerWithoutAnyTimeout_isNeverKeptOut_whileWeReadAndPush() throws Exception {
    Path file = gatewayFile();
    try (CentralServer central = central()) {
      // It has no patience at all: a lock that it meets twice in a row would end it.
      Process logger = start(Logger.class, file.toString(), "1", "" + SECONDS, "0");
      awaitLog(file);
      Process push = push(file, central.port());
      Process reader = start(Reader.class, file.toString(), "" + SECONDS);
      Process other = start(Reader.class, file.toString(), "" + SECONDS);

      List<Long> logged = results(logger);
      long triedAgain = logged.get(0);
      long written = logged.get(1);
      long read = result(reader) + result(other);
      assertThat(push.isAlive()).as("the push goes on").isTrue();
      stop(push);

      System.out.printf(
          "%d s: a logger without a timeout wrote %,d transactions, %d of them at the second try;"
              + " two readers read %,d rows%n",
          SECONDS, written, triedAgain, read);
      assertThat(written).isGreaterThan(1_000);
      assertThat(triedAgain).isLessThanOrEqualTo(1 + written / WRITES_A_LOCK);
      assertThat(read).isGreaterThan(1_000);
      assertThat(log()).doesNotContain("locked").doesNotContain("BUSY");
      finishPush(file, central.port());
      assertThat(rows(folder.resolve("central.db"))).isEqualTo(written).isEqualTo(rows(file));
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void severalWriters_andALoggerThatSetsNothing_shareOneFile() throws Exception {
    Path file = gatewayFile();
    try (CentralServer central = central()) {
      Process push = push(file, central.port());
      Process logger = start(Logger.class, file.toString(), "1", "" + SECONDS, "default", "5");
      Process first = start(Writer.class, file.toString(), "2", "" + SECONDS);
      Process second = start(Writer.class, file.toString(), "3", "" + SECONDS);
      Process reader = start(Reader.class, file.toString(), "" + SECONDS);

      List<Long> ofLogger = results(logger);
      assertThat(ofLogger.get(0)).as("locks met by a logger that sets nothing").isZero();
      long logged = ofLogger.get(1);
      long written = result(first) + result(second);
      long read = result(reader);
      assertThat(push.isAlive()).as("the push goes on").isTrue();
      stop(push);

      System.out.printf(
          "%d s: a logger wrote %,d, two writers of ours %,d rows, a reader read %,d%n",
          SECONDS, logged, written, read);
      assertThat(log()).doesNotContain("locked").doesNotContain("BUSY");
      assertThat(rows(file)).isEqualTo(logged + written);
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  /**
   * Waits until the logger has the file open, as in a house where it runs day and night. Who opens
   * a file that nobody has open recovers its log, and in that moment others meet a lock.
   */
  private static void awaitLog(Path file) throws IOException, InterruptedException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    for (int i = 0; i < 600 && (!Files.exists(log) || Files.size(log) == 0); i++) {
      Thread.sleep(50);
    }
    assertThat(log).isNotEmptyFile();
  }

  private Path gatewayFile() throws IOException {
    Path file = folder.resolve("gateway.db");
    DatabaseUrl url = DatabaseUrl.parse("sqlite:///" + file, folder);
    try (Database database = Database.open(url, Access.WRITE)) {
      Schema.upgrade(database);
      database.write(
          connection -> {
            for (long node = 1; node <= 3; node++) {
              insert(connection, database, Tables.NODE, node, null, 0L);
            }
            return true;
          });
    }
    return file;
  }

  private static void insert(Connection connection, Database database, Table table, Object... row)
      throws SQLException {
    Rows rows = new Rows.Builder(table, table.travelling(), 1).row(row).build();
    new TableWriter(database.engine(), table).insertNew(connection, rows);
  }

  private CentralServer central() throws IOException {
    return CentralServer.start(
        DatabaseUrl.parse("sqlite:///central.db", folder),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        CentralServer.Auth.OFF,
        "test",
        Clock.systemUTC());
  }

  private Process push(Path file, int port) throws IOException {
    return program("push", "--config", config(file, port).toString());
  }

  private void finishPush(Path file, int port) throws Exception {
    Process once = program("push", "--config", config(file, port).toString(), "--once");
    assertThat(once.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(once.exitValue()).as(log()).isZero();
  }

  private Path config(Path file, int port) throws IOException {
    Path config = folder.resolve("push.conf");
    Files.writeString(
        config,
        """
        [general]
        localurl = sqlite:///%s
        gateway = shared
        synctime = 1s
        [locations]
        central = 1
        [central]
        url = http://127.0.0.1:%d/
        """
            .formatted(file, port));
    return config;
  }

  private Process program(String... words) throws IOException {
    List<String> command = java("org.tributary.cli.Main");
    command.addAll(Arrays.asList(words));
    return run(command, ProcessBuilder.Redirect.appendTo(folder.resolve("push.out").toFile()));
  }

  private Process start(Class<?> program, String... words) throws IOException {
    List<String> command = java(program.getName());
    command.addAll(Arrays.asList(words));
    return run(command, ProcessBuilder.Redirect.PIPE);
  }

  private Process run(List<String> command, ProcessBuilder.Redirect output) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    started.add(process);
    return process;
  }

  private static List<String> java(String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main));
  }

  /** What a process counted last; an error of it is the test's. */
  private static long result(Process process) throws Exception {
    List<Long> results = results(process);
    return results.get(results.size() - 1);
  }

  /** All that a process counted, a line each. */
  private static List<Long> results(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+"))
        .map(Long::valueOf)
        .toList();
  }

  private static void stop(Process push) throws InterruptedException {
    push.destroy();
    assertThat(push.waitFor(60, TimeUnit.SECONDS)).as("SIGTERM ends a push").isTrue();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("push.log"));
  }

  private static long rows(Path file) throws IOException {
    try (SourceDatabase database =
        new SourceDatabase(DatabaseUrl.parse("sqlite:///" + file, Path.of("/")))) {
      return database.countAfter(Tables.READING, Optional.empty());
    }
  }
}
