package org.tributary.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;
import org.sqlite.jdbc4.JDBC4ResultSet;
import org.tributary.wire.Column;
import org.tributary.wire.ColumnType;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * SQLite, one file that several programs may read and write at once: write-ahead log, a long busy
 * timeout, and write transactions that take their lock at the beginning instead of half way.
 */
record Sqlite(WallClock wallClock, AsBuilt asBuilt) implements Engine {

  // SQLITE_READONLY, SQLITE_READONLY_DIRECTORY
  private static final int READ_ONLY = 8;
  private static final int READ_ONLY_FOLDER = 1544;

  private static final int BUSY_TIMEOUT_MILLIS = 10_000;
  // Of a new file. Twice the default: fewer pages to fill, to log and to copy for the same rows.
  private static final int PAGE_BYTES = 8_192;
  private static final String FOLD = "tributary_fold";

  @Override
  public Engine forOne(AsBuilt otherwise) {
    return new Sqlite(wallClock, otherwise);
  }

  @Override
  public String title() {
    return "SQLite";
  }

  @Override
  public Connection connect(DatabaseUrl url, Access access) throws SQLException {
    Path file = url.file().orElseThrow();
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    if (access == Access.READ_ONLY) {
      if (!Files.exists(file)) {
        throw new SQLException("There is no file " + file, "08001");
      }
      config.setReadOnly(true);
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      return config.createConnection(url.jdbc());
    }
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    if (access == Access.BORROWED) { // a journal mode would outlive this connection
      return config.createConnection(url.jdbc());
    }
    // What takes back half a statement; in a file it would cost a fifth of storing readings.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setSynchronous(
        access == Access.DURABLE
            ? SQLiteConfig.SynchronousMode.FULL
            : SQLiteConfig.SynchronousMode.NORMAL);
    return prepared(config.createConnection(url.jdbc()));
  }

  private static Connection prepared(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // In this order: a file with a journal of this kind has its pages for good.
      statement.execute("PRAGMA page_size = " + PAGE_BYTES);
      statement.execute("PRAGMA journal_mode = WAL");
      return withFold(connection);
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** SQLite's own LOWER knows A to Z only. */
  private static Connection withFold(Connection connection) throws SQLException {
    Function fold =
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            String text = value_text(0);
            if (text == null) {
              result();
            } else {
              result(text.toLowerCase(Locale.ROOT));
            }
          }
        };
    Function.create(connection, FOLD, fold, 1, Function.FLAG_DETERMINISTIC);
    return connection;
  }

  @Override
  public CellReader reader(Column column, SourceColumn actual) {
    return SqliteCells.reader(column, wallClock);
  }

  @Override
  public RowReader rowReader(Table table, List<Column> columns) {
    return table.isSeries() ? new Row(table, columns, wallClock) : RowReader.NONE;
  }

  @Override
  public TimeForm timeForm(Connection connection, String table, SourceColumn column)
      throws SQLException {
    String time = quote(column.name());
    String sql =
        "SELECT %s FROM %s WHERE %s IS NOT NULL LIMIT 1".formatted(time, quote(table), time);
    try (Statement statement = connection.createStatement();
        ResultSet sample = statement.executeQuery(sql)) {
      return SqliteTime.formOf(sample.next() ? sample.getObject(1) : null, wallClock);
    }
  }

  @Override
  public void setTime(PreparedStatement statement, int index, long micros) throws SQLException {
    statement.setString(index, SqliteTime.write(micros));
  }

  @Override
  public long getTime(ResultSet found, int index) throws SQLException {
    try {
      return SqliteTime.read(found.getString(index), WallClock.UTC);
    } catch (UnreadableCell e) {
      throw new SQLException("A time of ours " + e.getMessage(), e);
    }
  }

  @Override
  public String day(String time) {
    return "SUBSTR(" + time + ", 1, 10)";
  }

  @Override
  public boolean holds(double value) {
    return !Double.isNaN(value); // SQLite stores NaN as NULL
  }

  @Override
  public boolean readersBlockWriters(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
      return !mode.next() || !mode.getString(1).equalsIgnoreCase("wal");
    }
  }

  @Override
  public String foldCase(String expression) {
    return FOLD + "(" + expression + ")";
  }

  @Override
  public String forUpdate() {
    return ""; // a write transaction has the whole file from its beginning
  }

  @Override
  public String forShare() {
    return "";
  }

  @Override
  public String unreachable() {
    return "can't be opened; is its path right, and may this user read it and write in its folder?";
  }

  @Override
  public Trouble troubleOf(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      return SqlStates.trouble(failure);
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    if (code.code == READ_ONLY || code.code == READ_ONLY_FOLDER) {
      return Trouble.READ_ONLY; // the others of this kind are about opening it
    }
    // Extended codes carry the primary one in their lowest byte.
    return switch (code.code & 0xFF) {
      case 5, 6 -> Trouble.CONFLICT; // BUSY, LOCKED
      case 8, 10, 14, 15 -> Trouble.UNAVAILABLE; // READONLY, IOERR, CANTOPEN, PROTOCOL
      case 13 -> Trouble.FULL;
      case 11, 26 -> Trouble.CORRUPT; // CORRUPT, NOTADB
      case 18, 19, 20 -> Trouble.DATA; // TOOBIG, CONSTRAINT, MISMATCH
      case 1 ->
          String.valueOf(failure.getMessage()).contains("no such")
              ? Trouble.MISSING
              : Trouble.OTHER;
      default -> Trouble.OTHER;
    };
  }

  @Override
  public Map<String, String> schemaWords() {
    return Map.of(
        "q", "\"",
        "autoId", "INTEGER PRIMARY KEY AUTOINCREMENT",
        // For rows of which the newest stays: no id comes back, without keeping count of them.
        "longId", "INTEGER PRIMARY KEY",
        "name", "VARCHAR(255)",
        "text", "TEXT",
        "real", "FLOAT",
        "time", "DATETIME",
        "boolean", "BOOLEAN",
        "table", "",
        // The key is the table: half the size, and rows of a time lie side by side.
        "series", "WITHOUT ROWID");
  }

  /**
   * Reads rows of a series from SQLite by the driver's own calls, one after the other under one
   * lock and without an object for each cell. Every cell's type is looked at, as {@link
   * SqliteCells} does; a row with any other type than its columns say is left to those. Not
   * thread-safe.
   */
  private static final class Row implements RowReader {

    private final ColumnType[] types;
    private final boolean[] mayBeNull;
    private final SqliteStamps stamps;
    private @Nullable ResultSet of;
    private @Nullable SafeStmtPtr statement;

    Row(Table table, List<Column> columns, WallClock wallClock) {
      this.types = new ColumnType[columns.size()];
      this.mayBeNull = new boolean[columns.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = columns.get(i).type();
        mayBeNull[i] = !table.key().contains(columns.get(i).name());
      }
      this.stamps = new SqliteStamps(wallClock);
    }

    @Override
    public boolean read(ResultSet found, Rows.Builder into) throws SQLException {
      SafeStmtPtr its = statement;
      if (its == null || of != found) {
        // A pool hands out wrappers.
        its = ((CoreStatement) found.unwrap(JDBC4ResultSet.class).getStatement()).pointer;
        of = found;
        statement = its;
      }
      boolean isPlain = its.safeRunInt((driver, row) -> read(driver, row, into) ? 1 : 0) == 1;
      if (!isPlain) {
        into.abandonRow();
      }
      return isPlain;
    }

    private boolean read(DB driver, long row, Rows.Builder into) throws SQLException {
      for (int i = 0; i < types.length; i++) {
        int standing = driver.column_type(row, i);
        if (standing == Codes.SQLITE_NULL && mayBeNull[i]) {
          into.addNull(i);
        } else if (types[i] == ColumnType.REAL && standing == Codes.SQLITE_FLOAT) {
          into.addReal(i, driver.column_double(row, i) + 0.0); // −0.0 + 0.0 is 0.0
        } else if (types[i] == ColumnType.INTEGER && standing == Codes.SQLITE_INTEGER) {
          into.addLong(i, driver.column_long(row, i));
        } else if (types[i] == ColumnType.TIME && standing == Codes.SQLITE_TEXT) {
          try {
            into.addLong(i, stamps.read(driver.column_blob(row, i)));
          } catch (UnreadableCell e) {
            return false;
          }
        } else {
          return false;
        }
      }
      return true;
    }
  }
}
