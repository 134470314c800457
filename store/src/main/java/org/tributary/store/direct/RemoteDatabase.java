package org.tributary.store.direct;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tributary.store.Database;
import org.tributary.store.DatabaseUrl;
import org.tributary.store.OwnRows;
import org.tributary.store.StoreException;
import org.tributary.store.WallClock;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Lane;
import org.tributary.wire.Micros;
import org.tributary.wire.Position;
import org.tributary.wire.Rows;
import org.tributary.wire.SyncJson;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.WireFormatException;

/**
 * A database that somebody else made, in one connection, with the books that ingest needs: our
 * tables in that database, or temporary ones that go with the connection. Thread-safe.
 */
public final class RemoteDatabase implements AutoCloseable {

  private final Database database;
  private final Fit fit;
  private final Bookkeeping bookkeeping;
  private final Keepsake keepsake;
  private final Map<String, FoundTable> found;
  private boolean keepsBooks;

  private RemoteDatabase(
      Database database, Fit fit, Bookkeeping bookkeeping, Map<String, FoundTable> found) {
    this.database = database;
    this.fit = fit;
    this.bookkeeping = bookkeeping;
    this.keepsake = new Keepsake(database.engine());
    this.found = found;
    this.keepsBooks = bookkeeping.isKeptIn(found);
  }

  /**
   * Signs in and looks at the tables; nothing is changed.
   *
   * @param url what it is called where somebody reads of it
   * @param reached the same database as it can be reached now
   * @throws StoreException if it can't be reached now
   * @throws UnfitException if its tables don't take what is pushed
   */
  public static RemoteDatabase open(DatabaseUrl url, DatabaseUrl reached)
      throws StoreException, UnfitException {
    return open(url, reached, WallClock.UTC);
  }

  /**
   * The same for a database whose times without a zone were written by a clock.
   *
   * @param wallClock by which they were written
   */
  public static RemoteDatabase open(DatabaseUrl url, DatabaseUrl reached, WallClock wallClock)
      throws StoreException, UnfitException {
    Database database = Database.openOnce(url, reached, wallClock);
    boolean opened = false;
    try {
      Map<String, FoundTable> found = database.read(FoundTable::all);
      Fit fit = look(database, url, found);
      RemoteDatabase remote =
          new RemoteDatabase(
              database.asBuilt(fit.asBuilt()), fit, new Bookkeeping(database.engine()), found);
      opened = true;
      return remote;
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  private record Looked(Optional<Fit> fit, Optional<UnfitException> failure) {}

  private static Fit look(Database database, DatabaseUrl url, Map<String, FoundTable> found)
      throws StoreException, UnfitException {
    Looked looked =
        database.read(
            connection -> {
              try {
                return new Looked(
                    Optional.of(Fitting.of(connection, database.engine(), url, found)),
                    Optional.empty());
              } catch (UnfitException e) {
                return new Looked(Optional.empty(), Optional.of(e));
              }
            });
    if (looked.failure().isPresent()) {
      throw looked.failure().get();
    }
    return looked.fit().orElseThrow();
  }

  /** What ingest works on, once there are books. */
  public Database database() {
    return database;
  }

  public Fit fit() {
    return fit;
  }

  /** Whether the books are tables of that database, and not of this connection alone. */
  public boolean keepsBooks() {
    return keepsBooks;
  }

  /** Rights that are needed and that whoever signed in lacks, as they are called. */
  public List<String> lackingRights(boolean createTables) throws StoreException {
    Rights rights = new Rights(database.engine(), database.url().dialect(), fit);
    return database.read(connection -> rights.lacking(connection, keepsBooks, createTables));
  }

  /** Rights that are needed to write its metadata and that whoever signed in lacks. */
  public List<String> lackingMetadataRights() throws StoreException {
    Rights rights = new Rights(database.engine(), database.url().dialect(), fit);
    List<Table> metadata = Tables.ALL.stream().filter(Table::hasId).toList();
    return database.read(connection -> rights.lackingOn(connection, metadata));
  }

  /** Makes our tables in that database; those of others are left as they are. */
  public void createBooks() throws StoreException {
    if (keepsBooks) {
      return;
    }
    database.write(
        connection -> {
          bookkeeping.create(connection, found);
          return true;
        });
    keepsBooks = true;
  }

  /**
   * Opens books for this connection alone.
   *
   * @param kept what {@link #keepsake} said when there were some before; may be empty
   * @param gateway whose books they are
   */
  public void lendBooks(GatewayId gateway, List<String> kept, Instant trustedUntil)
      throws StoreException {
    database.write(
        connection -> {
          bookkeeping.createTemporary(connection);
          keepsake.restore(connection, kept);
          database.engine().resumeIds(connection, List.of("tributary_gateway"));
          return true;
        });
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        positionFromRows(gateway, table, trustedUntil);
      }
    }
  }

  /** The same with the last greeting as the books have it now. */
  public List<String> withContact(List<String> kept) throws StoreException {
    return database.read(connection -> keepsake.withContact(connection, kept));
  }

  /** What to remember of books that go with the connection. */
  public List<String> keepsake() throws StoreException {
    return database.write(keepsake::write);
  }

  /**
   * How far a series has come by the rows that are there: the newest of this gateway's nodes. Noted
   * as the position of the live lane, unless there is one already.
   */
  public Optional<Position> positionFromRows(GatewayId gateway, Table table, Instant trustedUntil)
      throws StoreException {
    if (fit.refusal(table).isPresent()) {
      return Optional.empty();
    }
    return database.write(
        connection -> {
          Optional<Integer> key = keyOf(connection, gateway);
          if (key.isEmpty()) {
            return Optional.empty();
          }
          Optional<Position> noted = noted(connection, key.get(), table);
          if (noted.isPresent()) {
            return noted;
          }
          List<Long> nodes = nodes(connection, key.get());
          Optional<Position> newest =
              nodes.isEmpty() ? Optional.empty() : newest(connection, table, nodes, trustedUntil);
          if (newest.isPresent()) {
            note(connection, key.get(), table, newest.get());
          }
          return newest;
        });
  }

  private static Optional<Integer> keyOf(Connection connection, GatewayId gateway)
      throws SQLException {
    String sql = "SELECT id FROM tributary_gateway WHERE name = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, gateway.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  private static List<Long> nodes(Connection connection, int gateway) throws SQLException {
    String sql =
        """
        SELECT central_id
        FROM tributary_mapping
        WHERE gateway_id = ? AND table_name = ? AND in_force
        """;
    List<Long> nodes = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      select.setString(2, Tables.NODE.name());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          nodes.add(row.getLong(1));
        }
      }
    }
    return nodes;
  }

  private Optional<Position> newest(
      Connection connection, Table table, List<Long> nodes, Instant until) throws SQLException {
    String time = database.engine().quote(table.key().get(0));
    String sql =
        "SELECT %s FROM %s WHERE %s IN (%s) AND %s <= ? ORDER BY %s LIMIT 1"
            .formatted(
                quoted(table.key(), ""),
                database.engine().quote(table.name()),
                database.engine().quote("nodeId"),
                String.join(", ", Collections.nCopies(nodes.size(), "?")),
                time,
                quoted(table.key(), " DESC"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int index = 1;
      for (long node : nodes) {
        select.setLong(index++, node);
      }
      database.engine().setTime(select, index, Micros.of(until));
      Rows row = new OwnRows(database.engine(), table, table.keyColumns()).read(select);
      return row.isEmpty() ? Optional.empty() : Optional.ofNullable(row.keyAt(0));
    }
  }

  private String quoted(List<String> names, String ending) {
    return names.stream()
        .map(name -> database.engine().quote(name) + ending)
        .collect(Collectors.joining(", "));
  }

  private static Optional<Position> noted(Connection connection, int gateway, Table table)
      throws SQLException {
    String sql =
        """
        SELECT position
        FROM tributary_position
        WHERE gateway_id = ? AND table_name = ? AND lane = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, gateway);
      select.setString(2, table.name());
      select.setString(3, Lane.LIVE.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(SyncJson.readPosition(row.getString(1))) : Optional.empty();
      } catch (WireFormatException e) {
        throw new SQLException("tributary_position holds no position of " + table, e);
      }
    }
  }

  private static void note(Connection connection, int gateway, Table table, Position position)
      throws SQLException {
    String sql =
        """
        INSERT INTO tributary_position (gateway_id, table_name, lane, position)
        VALUES (?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, gateway);
      insert.setString(2, table.name());
      insert.setString(3, Lane.LIVE.name());
      insert.setString(4, SyncJson.writePosition(position));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
