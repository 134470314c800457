package org.tributary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.testbed.DatabaseServer;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

/** What kind of failure it is decides whether another try makes sense. */
class TroubleTest {

  @ParameterizedTest
  @EnumSource
  void read_ofAMissingTableOrColumn_isMissing(TestEngine engine) throws IOException {
    Database database = OurDatabases.shared(engine);

    assertThat(failure(database, "SELECT id FROM nowhere").trouble()).isEqualTo(Trouble.MISSING);
    assertThat(failure(database, "SELECT unheard_of FROM tributary_gateway").trouble())
        .isEqualTo(Trouble.MISSING);
    assertThat(failure(database, "SELECT unheard_of FROM tributary_gateway"))
        .hasMessageContaining("unheard_of")
        .hasMessageContaining(database.url().printable());
  }

  @ParameterizedTest
  @EnumSource
  void write_ofWhatAConstraintForbids_isData(TestEngine engine) throws IOException {
    Database database = OurDatabases.shared(engine);
    String known = "INSERT INTO @SensorType@ (id) VALUES (0)";
    String orphan = "INSERT INTO @Node@ (id, @locationId@) VALUES (1, 4711)";
    String without = "INSERT INTO tributary_position (table_name) VALUES (NULL)";

    assertThat(writeFailure(database, known).trouble()).isEqualTo(Trouble.DATA);
    assertThat(writeFailure(database, orphan).trouble()).isEqualTo(Trouble.DATA);
    assertThat(writeFailure(database, without).trouble()).isEqualTo(Trouble.DATA);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void write_ofAValueThatDoesNotFit_isData(TestEngine engine) throws IOException {
    Database database = OurDatabases.shared(engine);

    for (String values : List.of("(3000000000, NULL)", "(1, '" + "x".repeat(256) + "')")) {
      String sql = "INSERT INTO @SensorType@ (id, @name@) VALUES " + values;
      assertThat(writeFailure(database, sql).trouble()).as(values).isEqualTo(Trouble.DATA);
    }
  }

  @ParameterizedTest
  @EnumSource
  void open_forReading_refusesToWriteAndDoesNotBlameTheRow(TestEngine engine) throws IOException {
    try (Database ours = OurDatabases.fresh(engine);
        Database database = Database.open(ours.url(), Access.READ_ONLY)) {
      StoreException failure = writeFailure(database, "DELETE FROM @Room@");

      assertThat(failure.trouble()).isEqualTo(Trouble.READ_ONLY);
      assertThat(count(database, "@Room@")).isEqualTo(12);
    }
  }

  @Test
  void open_ofASqliteFileThatIsNotThere_isUnavailableAndMakesNone(@TempDir Path folder)
      throws IOException {
    Path missing = folder.resolve("missing.db");
    Path inMissing = folder.resolve("missing/house.db");

    assertUnavailable(sqlite(missing));
    assertUnavailable(sqlite(inMissing));
    try (Database database = Database.open(sqlite(inMissing), Access.DURABLE)) {
      assertThat(failure(database, "SELECT 1").trouble()).isEqualTo(Trouble.UNAVAILABLE);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void read_ofAFileThatIsNoDatabase_isCorrupt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.db"), "Dear diary, ".repeat(1_000));

    for (Access access : Access.values()) {
      try (Database database = Database.open(sqlite(file), access)) {
        assertThat(failure(database, "SELECT id FROM @Room@").trouble())
            .as("%s", access)
            .isEqualTo(Trouble.CORRUPT);
      }
    }
  }

  @Test
  void write_whileAnotherProgramWrites_isAConflict() throws IOException {
    try (Database ours = OurDatabases.fresh(TestEngine.SQLITE);
        Database other = Database.open(ours.url(), Access.WRITE)) {
      StoreException failure =
          ours.write(
              connection -> {
                try {
                  other.read(
                      impatient -> {
                        try (Statement statement = impatient.createStatement()) {
                          statement.execute("PRAGMA busy_timeout = 0");
                          return statement.execute("DELETE FROM \"Room\"");
                        }
                      });
                  throw new AssertionError("Two wrote at once");
                } catch (StoreException e) {
                  return e;
                }
              });

      assertThat(failure.trouble()).isEqualTo(Trouble.CONFLICT);
      assertThat(failure).hasMessageContaining("another program");
    }
  }

  /** A pool waits a while before it gives up, so all of them wait together. */
  @Test
  void openPooled_ofWhatCannotBeReached_saysWhyAsASingleConnectionDoes(@TempDir Path folder)
      throws Exception {
    Path noDatabase = Files.writeString(folder.resolve("notes.db"), "Dear diary, ".repeat(1_000));
    Map<DatabaseUrl, Trouble> expected =
        Map.of(
            OurDatabases.blank(TestEngine.MARIADB).withHostAndPort("127.0.0.1", 1),
            Trouble.UNAVAILABLE,
            OurDatabases.blank(TestEngine.POSTGRESQL).withHostAndPort("127.0.0.1", 1),
            Trouble.UNAVAILABLE,
            sqlite(folder.resolve("missing/house.db")),
            Trouble.UNAVAILABLE,
            sqlite(noDatabase),
            Trouble.CORRUPT);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<DatabaseUrl, CompletableFuture<StoreException>> failures = new HashMap<>();
      for (DatabaseUrl url : expected.keySet()) {
        failures.put(
            url,
            CompletableFuture.supplyAsync(
                () -> {
                  try (Database database = Database.openPooled(url, 2)) {
                    return writeFailure(database, "SELECT 1");
                  }
                },
                threads));
      }
      for (DatabaseUrl url : expected.keySet()) {
        StoreException failure = failures.get(url).get();
        assertThat(failure.trouble()).as("%s", failure).isEqualTo(expected.get(url));
        assertThat(failure).hasMessageContaining(url.printable());
        assertThat(failure.getMessage()).doesNotContain("request timed out");
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void open_ofAServerThatIsNotThere_isUnavailable(TestEngine engine) {
    DatabaseUrl url = OurDatabases.blank(engine);

    assertUnavailable(url.withHostAndPort("127.0.0.1", 1));
    assertUnavailable(url.withHostAndPort("no-such-host.invalid", 3306));
  }

  /** What a server says no to is told apart from one that is not there. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void open_whenTheServerSaysNo_saysToWhat(TestEngine engine) throws Exception {
    String url = engine.freshDatabase();
    String user = engine == TestEngine.MARIADB ? "'visitor'@'%'" : "visitor";
    try (Connection administrator = TestEngine.connect(url);
        Statement statement = administrator.createStatement()) {
      statement.execute(
          engine == TestEngine.MARIADB
              ? "CREATE OR REPLACE USER " + user + " IDENTIFIED BY 'right'"
              : "CREATE ROLE visitor LOGIN PASSWORD 'right'");
      if (engine == TestEngine.POSTGRESQL) {
        statement.execute("CREATE TABLE guarded (id INTEGER)");
      }
      String visitor = url.replaceFirst("//[^@]*@", "//visitor:right@");
      String wrong = url.replaceFirst("//[^@]*@", "//visitor:wrong@");

      denied(url.replaceFirst("/[^/]*$", "/nowhere"), "SELECT 1", "has no such database");
      if (engine == TestEngine.MARIADB) { // this PostgreSQL asks nobody for a password
        denied(wrong, "SELECT 1", "does not take this user with this password");
        denied(visitor, "SELECT 1", "lacks a right");
      } else {
        denied(visitor, "SELECT * FROM guarded", "lacks a right");
      }
      statement.execute("DROP " + (engine == TestEngine.MARIADB ? "USER " : "ROLE ") + user);
    }
  }

  private static void denied(String url, String sql, String words) {
    DatabaseUrl parsed = DatabaseUrl.parse(url, Path.of("/"));
    try (Database database = Database.open(parsed, Access.WRITE)) {
      StoreException failure = failure(database, sql);

      assertThat(failure.trouble()).as("%s", failure).isEqualTo(Trouble.DENIED);
      assertThat(failure).hasMessageContaining(words).hasMessageContaining("the server answers");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void read_afterAnAdministratorEndedTheConnection_isUnavailableOnce(TestEngine engine)
      throws Exception {
    DatabaseUrl url = OurDatabases.blank(engine);
    try (Database database = Database.open(url, Access.WRITE);
        Connection administrator = database.engine().connect(url, Access.WRITE);
        Statement statement = administrator.createStatement()) {
      String self = engine == TestEngine.MARIADB ? "CONNECTION_ID()" : "pg_backend_pid()";
      long connection = one(database, "SELECT " + self);
      statement.execute(
          (engine == TestEngine.MARIADB ? "KILL %d" : "SELECT pg_terminate_backend(%d)")
              .formatted(connection));

      assertThat(failure(database, "SELECT 1").trouble()).isEqualTo(Trouble.UNAVAILABLE);
      assertThat(one(database, "SELECT 1")).isEqualTo(1);
    }
  }

  static Stream<Supplier<DatabaseServer>> servers() {
    return Stream.of(MariaDbServer::start, PostgresServer::start);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void read_whileTheServerIsAway_isUnavailable_andWorksOnceItIsBack(
      Supplier<DatabaseServer> starting) throws IOException {
    try (DatabaseServer server = starting.get()) {
      DatabaseUrl url = DatabaseUrl.parse(server.freshDatabase(), Path.of("/"));
      try (Database kept = Database.open(url, Access.WRITE);
          Database pooled = Database.openPooled(url, 3)) {
        write(kept, "CREATE TABLE counted (id INTEGER PRIMARY KEY)");
        write(pooled, "INSERT INTO counted VALUES (1)");

        server.kill();
        assertThat(failure(kept, "SELECT 1").trouble()).isEqualTo(Trouble.UNAVAILABLE);
        assertThat(failure(kept, "SELECT 1").trouble()).isEqualTo(Trouble.UNAVAILABLE);
        server.restart();

        write(kept, "INSERT INTO counted VALUES (2)");
        // Idle connections of the pool may be dead: each costs one failure at most.
        for (int i = 0; i < 3; i++) {
          try {
            write(pooled, "DELETE FROM counted WHERE id = 99");
          } catch (StoreException e) {
            assertThat(e.trouble()).isEqualTo(Trouble.UNAVAILABLE);
          }
        }
        write(pooled, "INSERT INTO counted VALUES (3)");
        assertThat(count(kept, "counted")).isEqualTo(3);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tryWrite_ofAHealthyDatabase_leavesNothingBehind(TestEngine engine) throws IOException {
    Database database = OurDatabases.shared(engine);

    database.tryWrite();
    database.tryWrite();

    assertThat(count(database, "tributary_gateway")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void tryWrite_ofADatabaseThatOnlyReads_isReadOnlyAndSaysWhatToDo(TestEngine engine)
      throws IOException {
    try (Database ours = OurDatabases.fresh(engine);
        Database database = Database.open(ours.url(), Access.READ_ONLY)) {
      StoreException failure = catchThrowableOfType(StoreException.class, database::tryWrite);

      assertThat(failure.trouble()).as("%s", failure).isEqualTo(Trouble.READ_ONLY);
      assertThat(failure).hasMessageContaining("writable");
    }
  }

  @Test
  void tryWrite_onADiskWithoutRoom_isFull(@TempDir Path folder) throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "none", folder.toString()))
        .as("only root makes a small disk")
        .isZero();
    try (Database database = Database.open(sqlite(folder.resolve("central.db")), Access.DURABLE)) {
      Schema.upgrade(database);

      StoreException failure = catchThrowableOfType(StoreException.class, database::tryWrite);

      assertThat(failure.trouble()).isEqualTo(Trouble.FULL);
      assertThat(failure).hasMessageContaining("free some disk space");
    } finally {
      run("umount", folder.toString());
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return 1; // there is no such program
    }
  }

  private static void assertUnavailable(DatabaseUrl url) {
    try (Database database = Database.open(url, Access.READ_ONLY)) {
      StoreException failure = failure(database, "SELECT 1");
      assertThat(failure.trouble()).as("%s", failure).isEqualTo(Trouble.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining(url.printable())
          .hasMessageContaining(database.engine().unreachable());
    }
  }

  private static StoreException failure(Database database, String sql) {
    return catchThrowableOfType(StoreException.class, () -> one(database, sql));
  }

  private static StoreException writeFailure(Database database, String sql) {
    return catchThrowableOfType(StoreException.class, () -> write(database, sql));
  }

  private static long count(Database database, String table) throws IOException {
    return one(database, "SELECT COUNT(*) FROM " + table);
  }

  private static long one(Database database, String sql) throws IOException {
    return database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(quoted(database, sql))) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private static void write(Database database, String sql) throws IOException {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(quoted(database, sql));
          }
        });
  }

  private static String quoted(Database database, String sql) {
    return sql.replace("@", database.engine().quote("").substring(1));
  }

  private static DatabaseUrl sqlite(Path file) {
    return DatabaseUrl.parse("sqlite:///" + file, Path.of("/"));
  }
}
