package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.store.Trouble;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;

/**
 * Writes rows of a series that a {@link Sieve} has let through, around those that the database
 * refuses. Stateless; runs in its caller's transaction.
 */
final class SeriesWriter {

  private final Engine engine;

  SeriesWriter(Engine engine) {
    this.engine = engine;
  }

  /**
   * Stores all rows; those that the database refuses it adds to the ones set aside.
   *
   * @param original the rows as the gateway has them
   */
  Stored store(Connection connection, Sieved sieved, Rows original, List<Apart> apart)
      throws SQLException {
    return storeAround(connection, sieved, 0, sieved.rows().size(), original, apart);
  }

  /** Stores a single row where there is none with its key; why not, if not. */
  Optional<String> storeNew(Connection connection, Rows row) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      int inserted = new TableWriter(engine, row.table()).insertNew(connection, row);
      connection.releaseSavepoint(before);
      return inserted == 1
          ? Optional.empty()
          : Optional.of(Sieve.keyOf(row, 0) + " is another row's at central already");
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      return Optional.of(reason(e));
    }
  }

  /**
   * Stores rows {@code from} to {@code to}; if the database refuses one of them, halves the stretch
   * until that row is found, sets it aside and stores all its neighbours.
   */
  private Stored storeAround(
      Connection connection, Sieved sieved, int from, int to, Rows original, List<Apart> apart)
      throws SQLException {
    if (from == to) {
      return Stored.NOTHING;
    }
    Rows rows =
        from == 0 && to == sieved.rows().size() ? sieved.rows() : sieved.rows().slice(from, to);
    Savepoint before = connection.setSavepoint();
    try {
      Stored stored = new TableWriter(engine, rows.table()).upsert(connection, rows);
      connection.releaseSavepoint(before);
      return stored;
    } catch (SQLException e) {
      if (engine.troubleOf(e) != Trouble.DATA) {
        throw e;
      }
      connection.rollback(before);
      if (to - from == 1) {
        int row = sieved.origin(from);
        apart.add(
            new Apart(
                rows.table(),
                Sieve.keyOf(original, row),
                Rule.DATABASE,
                reason(e),
                SyncJson.writeRow(original.row(row)),
                Sieve.timeOf(original, row)));
        return Stored.NOTHING;
      }
    }
    int middle = (from + to) / 2;
    return storeAround(connection, sieved, from, middle, original, apart)
        .plus(storeAround(connection, sieved, middle, to, original, apart));
  }

  private static String reason(SQLException failure) {
    return DatabaseUrl.redact(String.valueOf(failure.getMessage()));
  }
}
