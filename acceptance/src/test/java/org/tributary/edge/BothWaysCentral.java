package org.tributary.edge;

import java.io.IOException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tributary.store.Access;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.SourceDatabase;
import org.tributary.store.TargetDatabase;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk;
import org.tributary.store.ingest.Ingest;
import org.tributary.store.ingest.MetadataExchange;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;

/** A sensor database that people edit by hand: central's, or a gateway's own. */
final class BothWaysCentral implements AutoCloseable {

  final Database database;
  final Ingest ingest;
  final MetadataExchange exchange;
  private final SourceDatabase reader;

  BothWaysCentral(DatabaseUrl url) {
    this.database = Database.open(url, Access.WRITE);
    this.ingest = new Ingest(database, Clock.systemUTC(), new Ingest.Limits(10_000, 1 << 22));
    this.exchange = new MetadataExchange(database, Clock.systemUTC());
    this.reader = new SourceDatabase(url);
  }

  void execute(String sql) throws IOException {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                sql.replace("@", database.engine().quote("").substring(1)));
          }
        });
  }

  long add(Table table, Map<String, Object> row) throws IOException {
    try (TargetDatabase target = new TargetDatabase(database.url())) {
      return target.idOf(table, row);
    }
  }

  Rows rows(Table table) throws IOException {
    return reader.readAll(table).rows();
  }

  /** The first row whose column has that value. */
  Optional<Map<String, Object>> row(Table table, String column, Object value) throws IOException {
    Rows rows = rows(table);
    for (int row = 0; row < rows.size(); row++) {
      if (value.equals(rows.value(column, row))) {
        return Optional.of(rows.row(row));
      }
    }
    return Optional.empty();
  }

  List<Conflict> conflicts() throws IOException {
    try (ConflictDesk desk =
        ConflictDesk.open(database.url(), Access.READ_ONLY, Clock.systemUTC())) {
      return desk.page(Optional.empty(), false, 0, 10_000);
    }
  }

  @Override
  public void close() {
    reader.close();
    database.close();
  }
}
