package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.store.Stored;
import org.tributary.store.TableWriter;
import org.tributary.wire.Correction;
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
    Stored write(TableWriter table, Connection connection, Rows rows, TableWriter.Changes changes)
        throws SQLException;

    /** Rows as they are to stand there; mostly as they are. */
    default Rows asFiled(Connection connection, Rows rows) throws SQLException {
      return rows;
    }
  }

  private final Engine engine;
  private final Writing writing;
  private final Corrections corrections;

  SeriesWriter(Engine engine, Writing writing, Corrections corrections) {
    this.engine = engine;
    this.writing = writing;
    this.corrections = corrections;
  }

  /** For rows that gateways send. */
  static SeriesWriter ofGateways(Engine engine, Corrections corrections) {
    return new SeriesWriter(engine, new Filings(engine), corrections);
  }

  /**
   * Stores all rows; those that the database refuses it adds to the ones set aside. Of rows that
   * were others before it notes what they were.
   *
   * @param original the rows as they came
   */
  Stored store(
      Connection connection, Gateway gateway, Sieved sieved, Rows original, List<Apart> apart)
      throws SQLException {
    TableWriter.Changes changes =
        (there, row) -> corrections.note(connection, gateway, Correction.Kind.EDITED, there, row);
    return new Detour(engine)
        .store(
            connection,
            sieved.rows(),
            some ->
                writing.write(
                    new TableWriter(engine, some.table()),
                    connection,
                    writing.asFiled(connection, some),
                    changes),
            (row, reason) -> apart.add(refused(original, sieved.origin(row), reason)));
  }

  /** Stores a single row where there is none with its key; why not, if not. */
  Optional<String> storeNew(Connection connection, Rows row) throws SQLException {
    List<String> refusals = new ArrayList<>();
    Stored stored =
        new Detour(engine)
            .store(
                connection,
                writing.asFiled(connection, row),
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
