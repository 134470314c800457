package org.tributary.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.edge.direct.Reach;
import org.tributary.edge.doctor.Finding;
import org.tributary.edge.doctor.Level;
import org.tributary.edge.doctor.RemoteDatabaseCheck;
import org.tributary.store.DatabaseUrl;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Greeting;

/** What doctor says of a database that is pushed straight into. */
class RemoteDatabaseCheckTest {

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void look_atADatabaseThatFits_saysSoAndWhatIsNotPromised(TestEngine engine) throws Exception {
    String url = database(engine, RemoteRevision.LATEST);

    assertThat(look(url, true)).noneMatch(each -> each.level() == Level.PROBLEM);
    assertThat(look(url, false))
        .anyMatch(
            each -> each.level() == Level.WARNING && each.what().contains("create_tables = no"))
        .anyMatch(each -> each.level() == Level.OK && each.what().contains("lets us in"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void look_byAUserWhoMayOnlyRead_namesEveryRight(TestEngine engine) throws Exception {
    String url = database(engine, RemoteRevision.LATEST);
    String reader = "reader_" + Integer.toHexString(url.hashCode());
    for (String sql : reader(engine, URI.create(url).getPath().substring(1), reader)) {
      change(url, sql);
    }
    String asReader = url.replaceFirst("//[^@]*@", "//" + reader + ":secret@");

    assertThat(look(asReader, true))
        .filteredOn(each -> each.level() == Level.PROBLEM)
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("INSERT on Reading"))
        .anyMatch(what -> what.contains("UPDATE on House"))
        .anyMatch(what -> what.endsWith("CREATE"))
        .noneMatch(what -> what.contains("secret"));
  }

  private static List<String> reader(TestEngine engine, String database, String reader) {
    return engine == TestEngine.MARIADB
        ? List.of(
            "CREATE USER %s@'%%' IDENTIFIED BY 'secret'".formatted(reader),
            "GRANT SELECT ON %s.* TO %s@'%%'".formatted(database, reader))
        : List.of(
            "CREATE USER %s PASSWORD 'secret'".formatted(reader),
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + reader);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void look_atADatabaseThatDoesNotFit_namesWhatIsInTheWay(TestEngine engine) throws Exception {
    String url = database(engine, RemoteRevision.WITH_WHOLE_NUMBERS);

    assertThat(look(url, false))
        .singleElement()
        .matches(each -> each.level() == Level.PROBLEM && each.what().contains("Reading.value"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void look_whereNobodyLetsUsIn_saysWhatToMend(TestEngine engine) throws Exception {
    String url = engine.freshDatabase().replaceFirst("/[^/]*$", "/nowhere");

    assertThat(look(url, false))
        .singleElement()
        .matches(each -> each.level() == Level.PROBLEM && each.refusal())
        .matches(each -> each.what().contains("the server answers, but has no such database"))
        .matches(each -> each.advice().contains("dbstring"));
  }

  private static String database(TestEngine engine, RemoteRevision revision) throws SQLException {
    String url = engine.freshDatabase();
    revision.create(url, engine);
    return url;
  }

  private static List<Finding> look(String url, boolean createTables) {
    DatabaseUrl database = DatabaseUrl.parse(url, Path.of("/"));
    return new RemoteDatabaseCheck(
            database.printable(),
            Reach.asItStands(database),
            createTables,
            new Greeting(new GatewayId("house12"), "m", "host", "test", 2, Instant.EPOCH),
            Clock.systemUTC())
        .look();
  }

  private static void change(String url, String sql) throws SQLException {
    try (Connection connection = TestEngine.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
