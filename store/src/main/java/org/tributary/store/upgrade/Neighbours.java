package org.tributary.store.upgrade;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.tributary.store.DatabaseUrl.Dialect;

/** Who else is connected to a database. */
final class Neighbours {

  private Neighbours() {}

  /** Users, with where they come from; nobody where it can't be told. */
  static List<String> of(Connection connection, Dialect dialect) throws SQLException {
    return switch (dialect) {
      case MYSQL ->
          Ask.texts(
              connection,
              """
              SELECT CONCAT(user, '@', host)
              FROM information_schema.processlist
              WHERE db = DATABASE() AND id <> CONNECTION_ID()
              """);
      case POSTGRESQL ->
          Ask.texts(
              connection,
              """
              SELECT usename || '@' || COALESCE(host(client_addr), 'local')
                || COALESCE(' (' || NULLIF(application_name, '') || ')', '')
              FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend'
              """);
      case SQLITE -> List.of();
    };
  }
}
