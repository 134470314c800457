package org.tributary.store.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.tributary.store.Engine;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Position;

/**
 * Takes a batch of a table that travels whole, lets go what has waited for its rows, and notes how
 * far the table has come. Stateless; runs in its caller's transaction, which has locked the
 * gateway.
 */
final class WholeTables {

  private final Engine engine;
  private final MetadataIngest metadata;
  private final SeriesIngest series;
  private final Positions positions;

  WholeTables(Engine engine, MetadataIngest metadata, SeriesIngest series, Positions positions) {
    this.engine = engine;
    this.metadata = metadata;
    this.series = series;
    this.positions = positions;
  }

  /** What became of a batch, and how far its table has come by it. */
  record Taken(MetadataIngest.Outcome outcome, Optional<Position> position) {}

  Taken store(Connection connection, Gateway gateway, Batch batch) throws SQLException {
    Gateways.lockMatching(connection, engine);
    MetadataIngest.Outcome outcome = metadata.store(connection, gateway, batch);
    if (outcome.matchedAnew()) {
      series.release(connection, gateway);
    }
    Optional<Position> position = batch.upTo();
    // A table of which something was set aside is sent again, even if it is as it was once before:
    // what is in doubt may be settled.
    if (!outcome.apart().isEmpty()) {
      positions.clear(connection, gateway, batch.table(), Lane.LIVE);
      position = Optional.empty();
    } else if (position.isPresent()) {
      positions.set(connection, gateway, batch.table(), Lane.LIVE, position.get());
    } else {
      position = positions.of(connection, gateway, batch.table(), Lane.LIVE);
    }
    return new Taken(outcome, position);
  }
}
