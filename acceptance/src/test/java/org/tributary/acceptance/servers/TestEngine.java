package org.tributary.acceptance.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.tributary.testbed.MariaDbServer;
import org.tributary.testbed.PostgresServer;

/**
 * The engines that a test runs on, and what they say differently in the original schema. To be used
 * with {@code @EnumSource}; a server starts when its engine is first asked for a database.
 */
public enum TestEngine {
  SQLITE,
  MARIADB,
  POSTGRESQL;

  private static final DateTimeFormatter SQLITE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  /** Fewer for a quick look: {@code -Dtributary.engines=SQLITE} passes the others over. */
  private static final Set<String> AT_HAND =
      Set.of(System.getProperty("tributary.engines", "SQLITE,MARIADB,POSTGRESQL").split(","));

  /** Creates an empty database and returns its URL in SQLAlchemy's form. */
  public String freshDatabase() {
    assumeTrue(AT_HAND.contains(name()), () -> name() + " is left out");
    return switch (this) {
      case SQLITE -> SqliteFiles.freshDatabase(SqliteFiles.sharedDirectory());
      case MARIADB -> MariaDbServer.shared().freshDatabase();
      case POSTGRESQL -> PostgresServer.shared().freshDatabase();
    };
  }

  /** Opens a database by its SQLAlchemy URL, without any code of Tributary's. */
  public static Connection connect(String url) throws SQLException {
    URI uri = URI.create(url);
    String jdbc =
        switch (uri.getScheme()) {
          case "sqlite" -> "jdbc:sqlite:" + uri.getPath().substring(1);
          // As text a FLOAT would come rounded to six digits.
          case "mysql" -> "jdbc:mariadb://" + address(uri) + "&useServerPrepStmts=true";
          case "postgresql" -> "jdbc:postgresql://" + address(uri);
          default -> throw new IllegalArgumentException("No engine of ours: " + url);
        };
    return DriverManager.getConnection(jdbc);
  }

  /** The name as it must stand in SQL to keep its capitals. */
  public String quoted(String name) {
    return this == MARIADB ? "`" + name + "`" : '"' + name + '"';
  }

  /** The time as this engine keeps it in the original schema: MariaDB cuts it to whole seconds. */
  public Instant kept(Instant time) {
    return this == MARIADB ? time.truncatedTo(ChronoUnit.SECONDS) : time;
  }

  /** Binds a time as the original programs store it: UTC, without a zone. */
  void bindTime(PreparedStatement statement, int parameter, Instant time) throws SQLException {
    LocalDateTime utc = LocalDateTime.ofInstant(kept(time), ZoneOffset.UTC);
    if (this == SQLITE) {
      statement.setString(parameter, SQLITE_TIME.format(utc));
    } else {
      statement.setObject(parameter, utc);
    }
  }

  private static String address(URI uri) {
    return "%s:%d%s?user=%s"
        .formatted(uri.getHost(), uri.getPort(), uri.getPath(), uri.getUserInfo());
  }
}
