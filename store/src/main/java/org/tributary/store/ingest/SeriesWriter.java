package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.Rows;
import org.tributary.wire.Rule;
import org.tributary.wire.SyncJson;

/**
 * Writes rows of a series that a {@link Sieve} has let through, around those that the database
 * refuses. Stateless; runs in its caller's transaction.
 */
final class SeriesWriter {

  /** Puts rows into their table. */
  interface Writing {
    Stored write(TableWriter table, Connection connection, Rows rows) throws SQLException;
  }

  private final Engine engine;
  private final Writing writing;

  SeriesWriter(Engine engine, Writing writing) {
    this.engine = engine;
    this.writing = writing;
  }

  /**
   * Stores all rows; those that the database refuses it adds to the ones set aside.
   *
   * @param original the rows as they came
   */
  Stored store(Connection connection, Sieved sieved, Rows original, List<Apart> apart)
      throws SQLException {
    return new Detour(engine)
        .store(
            connection,
            sieved.rows(),
            some -> writing.write(new TableWriter(engine, some.table()), connection, some),
            (row, reason) -> apart.add(refused(original, sieved.origin(row), reason)));
  }

  /** Stores a single row where there is none with its key; why not, if not. */
  Optional<String> storeNew(Connection connection, Rows row) throws SQLException {
    List<String> refusals = new ArrayList<>();
    Stored stored =
        new Detour(engine)
            .store(
                connection,
                row,
                some ->
                    new Stored(
                        new TableWriter(engine, some.table()).insertNew(connection, some), 0, 0),
                (refused, reason) -> refusals.add(reason));
    if (refusals.isEmpty() && stored.inserted() == 0) {
      return Optional.of(Sieve.keyOf(row, 0) + " is another row's at central already");
    }
    return refusals.stream().findFirst();
  }

  private static Apart refused(Rows rows, int row, String reason) {
    return new Apart(
        rows.table(),
        Sieve.keyOf(rows, row),
        Rule.DATABASE,
        reason,
        SyncJson.writeRow(rows.row(row)),
        Sieve.timeOf(rows, row));
  }
}
