package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.wire.Column;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/**
 * What database engines say differently; all else is said once. What stands here is what most say,
 * and an engine overrides the rest. Immutable.
 */
public sealed interface Engine permits Sqlite, MySql, PostgreSql {

  /**
   * The engine that speaks that dialect.
   *
   * @param wallClock by which rows were written that somebody else's program wrote
   */
  static Engine of(DatabaseUrl.Dialect dialect, WallClock wallClock) {
    return switch (dialect) {
      case SQLITE -> new Sqlite(wallClock, AsBuilt.OURS);
      case MYSQL -> new MySql(wallClock, AsBuilt.OURS);
      case POSTGRESQL -> new PostgreSql(wallClock, AsBuilt.OURS);
    };
  }

  /** By which times without a zone were written. */
  WallClock wallClock();

  /** What the database has otherwise than one of ours. */
  AsBuilt asBuilt();

  /** The same engine for a database that somebody else made. */
  Engine forOne(AsBuilt otherwise);

  /** Its name as people write it. */
  String title();

  /** An identifier as SQL takes it, whatever characters it has. */
  default String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** Opens a connection in auto-commit mode. */
  Connection connect(DatabaseUrl url, Access access) throws SQLException;

  /** How cells of that column are read, given what the database says it is. */
  default CellReader reader(Column column, SourceColumn actual) {
    return JdbcCells.reader(column, actual, clockOf(actual));
  }

  /** How rows of a table are read, before any cell is looked at; made for one query. */
  default RowReader rowReader(Table table, List<Column> columns) {
    return RowReader.NONE;
  }

  /** How times stand in that column. */
  default TimeForm timeForm(Connection connection, String table, SourceColumn column)
      throws SQLException {
    return new ClockForm(clockOf(column));
  }

  /** Whether a column's times are instants, which the database hands out in UTC. */
  default boolean holdsInstants(SourceColumn column) {
    return false;
  }

  private WallClock clockOf(SourceColumn column) {
    return holdsInstants(column) ? WallClock.UTC : wallClock();
  }

  /** Binds a time in microseconds since 1970 UTC, for a table of ours. */
  default void setTime(PreparedStatement statement, int index, long micros) throws SQLException {
    statement.setObject(index, JdbcCells.time(micros));
  }

  /** A time that {@link #setTime} wrote, in microseconds since 1970 UTC. */
  default long getTime(ResultSet found, int index) throws SQLException {
    return JdbcCells.micros(found.getObject(index, LocalDateTime.class));
  }

  /** Whether nulls come after all values in ascending order; before them otherwise. */
  default boolean nullsSortLast() {
    return false;
  }

  /** Whether a double comes back as it went in. */
  boolean holds(double value);

  /** Whether somebody who reads keeps others from writing. */
  default boolean readersBlockWriters(Connection connection) throws SQLException {
    return false;
  }

  /** How many rows one INSERT statement takes best. */
  default int rowsPerInsert() {
    return 1_000;
  }

  /** From how many rows on {@link #insertInBulk} pays. */
  default int rowsForBulk() {
    return Integer.MAX_VALUE; // there is no such path
  }

  /**
   * Inserts rows by a path of the engine's own. None of them may be there: one that is, or that
   * can't be stored, is a failure with {@link Trouble#DATA}, after which the transaction has to go
   * back to where it was before.
   *
   * @return whether they are stored; if not, nothing was done, and the usual way has to be gone
   */
  default boolean insertInBulk(Connection connection, Table table, Rows rows) throws SQLException {
    return false;
  }

  /**
   * Turns an INSERT into one that leaves rows alone whose key is there already, and counts only
   * those that were new. Nothing but a known key may be passed over in silence.
   */
  default String insertNewOnly(String insert, List<String> key) {
    return key.stream()
        .map(this::quote)
        .collect(Collectors.joining(", ", insert + " ON CONFLICT (", ") DO NOTHING"));
  }

  /**
   * Turns an INSERT into one that brings a row whose key is there already to the new values of some
   * columns.
   */
  default String insertOrUpdate(String insert, List<String> key, List<String> columns) {
    return insert
        + key.stream().map(this::quote).collect(Collectors.joining(", ", " ON CONFLICT (", ")"))
        + columns.stream()
            .map(column -> "%s = excluded.%s".formatted(quote(column), quote(column)))
            .collect(Collectors.joining(", ", " DO UPDATE SET ", ""));
  }

  /** Makes generated ids go on after ids that were inserted by hand. */
  default void resumeIds(Connection connection, List<String> tables) throws SQLException {
    // Most engines go on after the highest id by themselves.
  }

  /** The UTC day of a time of ours as SQL, for grouping; read as text it is ISO 8601. */
  default String day(String time) {
    return "CAST(" + time + " AS DATE)";
  }

  /** Makes generated ids of a table go on behind an id that has just been inserted by hand. */
  default void passId(Connection connection, String table, long id) throws SQLException {
    // Most engines go on after the highest id by themselves.
  }

  /**
   * A text as it is compared and sorted where case counts for nothing: by its small letters, and
   * those by their code points, however the database is set up.
   */
  default String foldCase(String expression) {
    return "LOWER(" + expression + ")";
  }

  /**
   * Whether only a transaction gets rows of a query bit by bit, and all of them at once without.
   */
  default boolean streamsInTransactionsOnly() {
    return false;
  }

  /** What follows a table's name to have rows looked up by its key, whatever an engine believes. */
  default String byKey() {
    return "";
  }

  /** What follows a SELECT of one row to keep others from changing it until the commit. */
  default String forUpdate() {
    return " FOR UPDATE";
  }

  /** The same, but others may keep it as well. */
  default String forShare() {
    return " FOR SHARE";
  }

  /** What to look at when the database can't be used at all. */
  default String unreachable() {
    return "can't be reached; is it running, and is its address right?";
  }

  /** Whether a server says no, and to what. */
  default Optional<Denial> denial(SQLException failure) {
    return Optional.empty();
  }

  /** What kind of failure that is. */
  Trouble troubleOf(SQLException failure);

  /** Folders of resources with the migrations that a database of ours goes through. */
  default List<String> migrations() {
    return List.of("schema");
  }

  /** The words of the schema that engines spell differently, by placeholder. */
  Map<String, String> schemaWords();
}
