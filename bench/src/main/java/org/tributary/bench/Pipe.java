package org.tributary.bench;

import java.io.File;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.WallClock;
import org.tributary.testbed.MariaDbServer;

/** How somebody without us would copy readings between two databases of one engine. */
final class Pipe {

  private Pipe() {}

  static String nameOf(BenchEngine engine) {
    return switch (engine) {
      case SQLITE -> "INSERT … SELECT";
      case MARIADB -> "dump | mariadb";
      case POSTGRESQL -> "COPY | COPY";
    };
  }

  /** Copies all readings into a table that is there and empty. */
  static void run(BenchEngine engine, DatabaseUrl from, DatabaseUrl to)
      throws IOException, SQLException, InterruptedException {
    switch (engine) {
      case SQLITE -> attached(from, to);
      case MARIADB -> dumped(from, to);
      case POSTGRESQL -> copied(from, to);
    }
  }

  private static void attached(DatabaseUrl from, DatabaseUrl to) throws SQLException {
    try (Connection connection = BenchEngine.connect(to)) {
      Engine engine = Engine.of(to.dialect(), WallClock.UTC);
      RawLoad.execute(
          connection, engine, "ATTACH '%s' AS gateway".formatted(from.file().orElseThrow()));
      RawLoad.execute(
          connection,
          engine,
          "INSERT INTO main.@Reading@ (%s) SELECT %s FROM gateway.@Reading@"
              .formatted(RawLoad.COLUMNS, RawLoad.COLUMNS));
    }
  }

  private static void dumped(DatabaseUrl from, DatabaseUrl to)
      throws IOException, InterruptedException {
    URI server = URI.create(from.printable());
    List<String> access =
        List.of("--no-defaults", "-h127.0.0.1", "-P" + server.getPort(), "-uroot", "--skip-ssl");
    ProcessBuilder dump =
        command(
            MariaDbServer.program("mariadb-dump").toString(),
            access,
            List.of("--no-create-info", "--skip-triggers", BenchEngine.name(from), "Reading"));
    ProcessBuilder load =
        command(MariaDbServer.program("mariadb").toString(), access, List.of(BenchEngine.name(to)));
    load.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    for (Process each : ProcessBuilder.startPipeline(List.of(dump, load))) {
      if (each.waitFor() != 0) {
        throw new IOException("mariadb-dump | mariadb ended with " + each.exitValue());
      }
    }
  }

  private static ProcessBuilder command(String program, List<String> access, List<String> rest) {
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.command().addAll(access);
    builder.command().addAll(rest);
    return builder
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .directory(new File(System.getProperty("java.io.tmpdir")));
  }

  private static void copied(DatabaseUrl from, DatabaseUrl to)
      throws IOException, SQLException, InterruptedException {
    String columns = RawLoad.COLUMNS.replace('@', '"');
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (Connection source = BenchEngine.connect(from);
        Connection target = BenchEngine.connect(to);
        PipedInputStream in = new PipedInputStream(1 << 20);
        PipedOutputStream out = new PipedOutputStream(in)) {
      Callable<Long> reading =
          () -> {
            try (out) {
              return copy(source)
                  .copyOut("COPY \"Reading\" (" + columns + ") TO STDOUT (FORMAT binary)", out);
            }
          };
      Future<Long> read = reader.submit(reading);
      copy(target)
          .copyIn("COPY \"Reading\" (" + columns + ") FROM STDIN (FORMAT binary)", in, 65_536);
      read.get();
    } catch (ExecutionException e) {
      throw new IOException("COPY TO failed", e);
    } finally {
      reader.shutdown();
    }
  }

  private static CopyManager copy(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
