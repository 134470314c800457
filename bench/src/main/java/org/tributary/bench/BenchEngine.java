package org.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.tributary.store.Access;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.WallClock;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

/** The engines that are measured; a server starts when its engine is first asked for a database. */
enum BenchEngine {
  SQLITE("SQLite"),
  MARIADB("MariaDB"),
  POSTGRESQL("PostgreSQL");

  private final String title;

  BenchEngine(String title) {
    this.title = title;
  }

  static BenchEngine named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String title() {
    return title;
  }

  /** What takes readings fastest, without any code of ours. */
  RawLoad rawLoad() {
    return switch (this) {
      case SQLITE -> new ManyRowsInsert();
      case MARIADB -> new LoadData();
      case POSTGRESQL -> new CopyAndMerge();
    };
  }

  /** An empty database. Servers wait for the disk as they do in production. */
  DatabaseUrl freshDatabase(Path folder) throws IOException {
    return switch (this) {
      case SQLITE ->
          DatabaseUrl.parse("sqlite:///" + Files.createTempFile(folder, "bench-", ".db"), folder);
      case MARIADB -> DatabaseUrl.parse(MariaDb.SERVER.freshDatabase(), folder);
      case POSTGRESQL -> DatabaseUrl.parse(Postgres.SERVER.freshDatabase(), folder);
    };
  }

  /** Removes a database: what is not needed any more should not fill caches. */
  void drop(DatabaseUrl url) throws IOException, SQLException {
    if (this == SQLITE) {
      Path file = url.file().orElseThrow();
      for (String end : new String[] {"", "-wal", "-shm"}) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
      }
      return;
    }
    String name = name(url);
    try (Connection connection = connect(other(url))) {
      connection.createStatement().execute("DROP DATABASE " + name);
    }
  }

  /** What its server has taken of the processors so far; SQLite is a part of its program. */
  Duration processorTime() {
    return switch (this) {
      case SQLITE -> Duration.ZERO;
      case MARIADB -> MariaDb.SERVER.processorTime();
      case POSTGRESQL -> Postgres.SERVER.processorTime();
    };
  }

  static Connection connect(DatabaseUrl url) throws SQLException {
    return Engine.of(url.dialect(), WallClock.UTC).connect(url, Access.DURABLE);
  }

  /** The name of a server's database. */
  static String name(DatabaseUrl url) {
    String text = url.printable();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private DatabaseUrl other(DatabaseUrl url) {
    String text = url.printable();
    String any = this == MARIADB ? "mysql" : "postgres";
    return DatabaseUrl.parse(text.substring(0, text.lastIndexOf('/') + 1) + any, Path.of("/"));
  }

  private static final class MariaDb {
    static final DatabaseServer SERVER = MariaDbServer.startWithFsync();
  }

  private static final class Postgres {
    static final DatabaseServer SERVER = PostgresServer.startWithFsync();
  }
}
