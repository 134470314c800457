package org.tributary.store.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.Engine;
import org.tributary.store.StoreException;

/**
 * When the newest reading of a house or of a node was taken. Gateways of the original system ask it
 * of their house in each cycle and send what is newer.
 */
public record LastReading(Database database) {

  /**
   * Of the first house with that address, whichever deployment it is in: what asks knows no more of
   * a house. Letter by letter if there is one, in any case otherwise.
   */
  public Optional<Instant> ofHouse(String address) throws StoreException {
    return database.read(
        connection -> {
          Optional<Long> house = house(connection, address);
          return house.isEmpty()
              ? Optional.empty()
              : ofHouse(connection, database.engine(), house.get());
        });
  }

  public Optional<Instant> ofNode(long node) throws StoreException {
    return database.read(connection -> ofNode(connection, database.engine(), node));
  }

  static Optional<Instant> ofNode(Connection connection, Engine engine, long node)
      throws SQLException {
    return new Query(
            engine,
            """
            SELECT @time
            FROM @Reading
            WHERE @nodeId = ?
            ORDER BY @time DESC
            LIMIT 1
            """)
        .with(node)
        .first(connection, row -> row.time(1));
  }

  /**
   * Of one house, in a transaction that has begun: for each location one step into an index; a MAX
   * over all of them would read them whole.
   */
  public static Optional<Instant> ofHouse(Connection connection, Engine engine, long house)
      throws SQLException {
    return new Query(
            engine,
            """
            SELECT (
              SELECT r.@time
              FROM @Reading r
              WHERE r.@locationId = l.@id
              ORDER BY r.@time DESC
              LIMIT 1)
            FROM @Location l
            WHERE l.@houseId = ?
            """)
        .with(house).all(connection, row -> row.maybeTime(1)).stream()
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder());
  }

  private record Candidate(long id, String address) {}

  private Optional<Long> house(Connection connection, String address) throws SQLException {
    String all = "SELECT @id, @address FROM @House WHERE @address IS NOT NULL";
    List<Candidate> exact =
        new Query(database.engine(), all + " AND @address = ? ORDER BY @id")
            .with(address)
            .all(connection, row -> new Candidate(row.number(1), row.text(2).orElse("")));
    if (exact.isEmpty()) {
      // Engines differ in what they call the same letter.
      exact =
          new Query(database.engine(), all + " ORDER BY @id")
              .all(connection, row -> new Candidate(row.number(1), row.text(2).orElse("")));
    }
    return exact.stream()
        .filter(house -> house.address().equalsIgnoreCase(address))
        .map(Candidate::id)
        .findFirst();
  }
}
