package org.tributary.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** MariaDB and MySQL, by the MariaDB driver. */
record MySql(WallClock wallClock, AsBuilt asBuilt) implements Engine {

  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;
  private static final int DISK_FULL = 1021;
  private static final int TABLE_FULL = 1114;
  private static final int UNKNOWN_DATABASE = 1049;
  private static final Set<Integer> NOT_LET_IN = Set.of(1045, 1698); // password, way to sign in
  // To a database, a table, a column; to what only administrators do.
  private static final Set<Integer> NO_RIGHT = Set.of(1044, 1142, 1143, 1227);
  private static final int TOO_MANY_OF_ONE_USER = 1203;
  // What strict mode makes of a value; their SQL states do not say so.
  private static final int OPTION_PREVENTS = 1290;
  private static final int READ_ONLY_MODE = 1836;
  private static final int TRUNCATED = 1265;
  private static final int WITHOUT_DEFAULT = 1364;
  private static final int WRONG_VALUE = 1366;
  private static final int CHECK_FAILED = 3819;

  @Override
  public Engine forOne(AsBuilt otherwise) {
    return new MySql(wallClock, otherwise);
  }

  @Override
  public String title() {
    return "MariaDB/MySQL";
  }

  @Override
  public String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public Connection connect(DatabaseUrl url, Access access) throws SQLException {
    Properties properties = new Properties();
    url.user().ifPresent(user -> properties.setProperty("user", user));
    url.password().ifPresent(secret -> properties.setProperty("password", secret.reveal()));
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("socketTimeout", "120000");
    properties.setProperty("tcpKeepAlive", "true");
    // The binary protocol gives a FLOAT's very bits; as text it would come rounded to six digits.
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("useBulkStmtsForInserts", "true");
    // A row that is there already and stays as it is counts 0, not 1.
    properties.setProperty("useAffectedRows", "true");
    // Whatever the server's default, what does not fit is an error, never cut to size.
    properties.setProperty(
        "sessionVariables",
        "sql_mode='STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION',time_zone='+00:00'");
    Connection connection = DriverManager.getConnection(url.jdbc(), properties);
    if (access == Access.READ_ONLY) {
      connection.setReadOnly(true);
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return connection;
  }

  @Override
  public boolean holdsInstants(SourceColumn column) {
    return column.typeName().equalsIgnoreCase("TIMESTAMP");
  }

  @Override
  public boolean holds(double value) {
    return Double.isFinite(value);
  }

  @Override
  public int rowsForBulk() {
    return 100;
  }

  /**
   * MariaDB takes many rows for one statement in one message; MySQL knows no such message. What the
   * rows refer to is looked for, and locked as a foreign key does, once for all of them instead of
   * row by row.
   */
  @Override
  public boolean insertInBulk(Connection connection, Table table, Rows rows) throws SQLException {
    if (!connection.getMetaData().getDatabaseProductName().equals("MariaDB")
        || !refersToRows(connection, rows)) {
      return false;
    }
    TableSql sql = new TableSql(this, table);
    // For this statement alone: to switch the checks off and on again would be two turns more.
    String insert = "SET STATEMENT foreign_key_checks = 0 FOR " + sql.insert(rows.columns(), 1);
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int row = 0; row < rows.size(); row++) {
        sql.bindRow(statement, 1, rows, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return true;
  }

  /**
   * Whether all that the rows refer to is there, and keeps it until the transaction ends. With one
   * statement for all tables: behind a slow link each takes its time.
   */
  private boolean refersToRows(Connection connection, Rows rows) throws SQLException {
    List<String> counts = new ArrayList<>();
    List<Set<Long>> wanted = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      Optional<String> parents = rows.columns().get(i).references();
      Set<Long> ids = parents.isPresent() ? idsOf(rows, i) : Set.of();
      if (!ids.isEmpty()) {
        counts.add(
            "(SELECT COUNT(*) FROM %s WHERE id IN (%s)%s)"
                .formatted(
                    quote(parents.orElseThrow()),
                    String.join(", ", Collections.nCopies(ids.size(), "?")),
                    forShare()));
        wanted.add(ids);
      }
    }
    if (wanted.isEmpty()) {
      return true;
    }
    String select = "SELECT " + String.join(", ", counts);
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      int index = 1;
      for (Set<Long> ids : wanted) {
        for (long id : ids) {
          statement.setLong(index++, id);
        }
      }
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        for (int i = 0; i < wanted.size(); i++) {
          if (found.getLong(i + 1) != wanted.get(i).size()) {
            return false;
          }
        }
        return true;
      }
    }
  }

  private static Set<Long> idsOf(Rows rows, int column) {
    Set<Long> ids = new TreeSet<>(); // in one order, so that no two writers wait for each other
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.isNull(column, row)) {
        ids.add(rows.longAt(column, row));
      }
    }
    return ids;
  }

  @Override
  public String insertNewOnly(String insert, List<String> key) {
    // Not INSERT IGNORE: that turns every other error into a warning as well.
    String column = quote(key.get(0));
    return insert + " ON DUPLICATE KEY UPDATE " + column + " = " + column;
  }

  @Override
  public String insertOrUpdate(String insert, List<String> key, List<String> columns) {
    return insert
        + columns.stream()
            .map(column -> "%s = VALUES(%s)".formatted(quote(column), quote(column)))
            .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", ""));
  }

  /**
   * MariaDB was seen to scan a table of 700,000 rows for each 400 of them, because it takes many
   * values for more work than all rows.
   */
  @Override
  public String byKey() {
    return " FORCE INDEX (PRIMARY)";
  }

  @Override
  public String forShare() {
    return " LOCK IN SHARE MODE"; // MariaDB has no FOR SHARE
  }

  @Override
  public String foldCase(String expression) {
    // As bytes, because most collations take no notice of blanks at the end.
    return "CAST(LOWER(" + expression + ") AS BINARY)";
  }

  @Override
  public Optional<Denial> denial(SQLException failure) {
    int code = failure.getErrorCode();
    if (code == UNKNOWN_DATABASE) {
      return Optional.of(Denial.NO_SUCH_DATABASE);
    }
    if (NOT_LET_IN.contains(code)) {
      return Optional.of(Denial.NOT_LET_IN);
    }
    return NO_RIGHT.contains(code) ? Optional.of(Denial.NO_RIGHT) : Optional.empty();
  }

  @Override
  public Trouble troubleOf(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case LOCK_WAIT_TIMEOUT, DEADLOCK -> Trouble.CONFLICT;
      case DISK_FULL, TABLE_FULL -> Trouble.FULL;
      case OPTION_PREVENTS, READ_ONLY_MODE -> Trouble.READ_ONLY; // --read-only
      case TOO_MANY_OF_ONE_USER -> Trouble.UNAVAILABLE;
      case TRUNCATED, WITHOUT_DEFAULT, WRONG_VALUE, CHECK_FAILED -> Trouble.DATA;
      default -> denial(failure).isPresent() ? Trouble.DENIED : SqlStates.trouble(failure);
    };
  }

  @Override
  public Map<String, String> schemaWords() {
    return Map.of(
        "q", "`",
        "autoId", "INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "longId", "BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "name", "VARCHAR(255)",
        "text", "LONGTEXT",
        "real", "DOUBLE",
        "time", "DATETIME(6)",
        "boolean", "BOOLEAN",
        "table", "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        "series", "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }
}
