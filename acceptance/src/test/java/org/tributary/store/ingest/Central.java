package org.tributary.store.ingest;

import java.io.IOException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tributary.acceptance.servers.TestEngine;
import org.tributary.store.Database;
import org.tributary.store.OurDatabases;
import org.tributary.store.SourceDatabase;
import org.tributary.wire.Rows;
import org.tributary.wire.SetAside;
import org.tributary.wire.SetAsideRow;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/** Central as tests see it: ingest into an empty database, with a clock that is set by hand. */
final class Central implements AutoCloseable {

  static final Instant NOW = Instant.parse("2016-06-01T12:00:00Z");

  final Database database;
  final SettableClock clock = new SettableClock();
  final Ingest ingest;
  private final SourceDatabase reader;

  /** With the database that tests share. */
  Central(TestEngine engine) throws IOException {
    this(OurDatabases.shared(engine));
  }

  Central(Database database) {
    this(database, Scope.ANY);
  }

  Central(Database database, Scope scope) {
    this.database = database;
    ingest = new Ingest(database, clock, new Ingest.Limits(10_000, 1_000_000), scope);
    reader = new SourceDatabase(database.url());
  }

  /** A gateway that has greeted. */
  Feed gateway(String name) throws Exception {
    Feed feed = new Feed(this, name);
    feed.greet();
    return feed;
  }

  /** All rows of a table, each as its cells in the table's order. */
  List<List<Object>> rows(Table table) throws IOException {
    Rows rows = read(table);
    return IntStream.range(0, rows.size())
        .mapToObj(row -> (List<Object>) new ArrayList<>(rows.row(row).values()))
        .toList();
  }

  /** One column of all rows of a table. */
  List<Object> column(Table table, String column) throws IOException {
    Rows rows = read(table);
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      values.add(rows.value(column, row));
    }
    return values;
  }

  /** The row of a table whose column has that value. */
  Map<String, Object> row(Table table, String column, Object value) throws IOException {
    Rows rows = read(table);
    for (int row = 0; row < rows.size(); row++) {
      if (value.equals(rows.value(column, row))) {
        return rows.row(row);
      }
    }
    throw new AssertionError(
        "No %s with %s %s among %s".formatted(table, column, value, rows(table)));
  }

  /** The address of the house that a location belongs to. */
  Object addressOf(Object locationId) throws IOException {
    Object house = row(Tables.LOCATION, "id", locationId).get("houseId");
    return row(Tables.HOUSE, "id", house).get("address");
  }

  void execute(String sql) throws IOException {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql.replace("@", database.engine().quote("").substring(1)));
          }
        });
  }

  List<SetAside> setAside(Feed gateway) throws IOException {
    return ingest.setAside(gateway.id, SetAsideFilter.ALL, 0, 10_000).orElseThrow().stream()
        .map(SetAsideRow::what)
        .toList();
  }

  private Rows read(Table table) throws IOException {
    return table.isSeries()
        ? reader.readAfter(table, Optional.empty(), Optional.empty(), 100_000).rows()
        : reader.readAll(table).rows();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Stands still until it is moved. */
  static final class SettableClock extends Clock {
    private volatile Instant now = NOW;

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
