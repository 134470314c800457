package org.tributary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.tributary.wire.Column;

/** What database engines say differently; all else is said once. Stateless. */
public sealed interface Engine permits Sqlite, MySql, PostgreSql {

  /** The engine that speaks that dialect. */
  static Engine of(DatabaseUrl.Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> new Sqlite();
      case MYSQL -> new MySql();
      case POSTGRESQL -> new PostgreSql();
    };
  }

  /** Its name as people write it. */
  String title();

  /** An identifier as SQL takes it, whatever characters it has. */
  String quote(String identifier);

  /** Opens a connection in auto-commit mode. */
  Connection connect(DatabaseUrl url, Access access) throws SQLException;

  /** How cells of that column are read, given what the database says it is. */
  CellReader reader(Column column, SourceColumn actual);

  /** How times stand in that column. */
  TimeForm timeForm(Connection connection, String table, String column) throws SQLException;

  /** Binds a time in microseconds since 1970 UTC. */
  void setTime(PreparedStatement statement, int index, long micros) throws SQLException;

  /** A time that {@link #setTime} wrote, in microseconds since 1970 UTC. */
  long getTime(ResultSet found, int index) throws SQLException;

  /** Whether a double comes back as it went in. */
  boolean holds(double value);

  /** Whether somebody who reads keeps others from writing. */
  boolean readersBlockWriters(Connection connection) throws SQLException;

  /** How many rows one INSERT statement takes best. */
  int rowsPerInsert();

  /**
   * Turns an INSERT into one that leaves rows alone whose key is there already, and counts only
   * those that were new. Nothing but a known key may be passed over in silence.
   */
  String insertNewOnly(String insert, List<String> key);

  /** Makes generated ids go on after ids that were inserted by hand. */
  void resumeIds(Connection connection, List<String> tables) throws SQLException;

  /** What follows a SELECT of one row to keep others from changing it until the commit. */
  String forUpdate();

  /** What kind of failure that is. */
  Trouble troubleOf(SQLException failure);

  /** The words of the schema that engines spell differently, by placeholder. */
  Map<String, String> schemaWords();
}
