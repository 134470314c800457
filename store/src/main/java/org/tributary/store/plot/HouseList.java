package org.tributary.store.plot;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;
import org.tributary.store.report.LastReading;
import org.tributary.store.report.Query;

/** The houses of a central, to choose one from. Thread-safe. */
public record HouseList(Database database) {

  /**
   * A house.
   *
   * @param nodes how many are registered in it
   * @param last when its newest reading was taken
   */
  public record House(
      long id,
      String address,
      Optional<String> deployment,
      Optional<Instant> end,
      long nodes,
      Optional<Instant> last) {
    public House {
      requireNonNull(address);
      requireNonNull(deployment);
      requireNonNull(end);
      requireNonNull(last);
    }
  }

  /**
   * Some of the houses that were asked for.
   *
   * @param all how many there are of them
   */
  public record Found(List<House> houses, int all) {
    public Found {
      houses = List.copyOf(houses);
    }
  }

  private record Named(
      long id, String address, Optional<String> deployment, Optional<Instant> end) {}

  /**
   * Houses by deployment and address.
   *
   * @param words each must be in the address, the deployment or the id, in any case
   * @param skip how many to leave out
   */
  public Found find(String words, int skip, int most) throws StoreException {
    List<String> wanted = List.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    return database.read(
        connection -> {
          List<Named> fitting =
              all(connection).stream().filter(house -> hasAll(house, wanted)).toList();
          List<House> houses = new ArrayList<>();
          for (Named house : fitting.stream().skip(skip).limit(most).toList()) {
            houses.add(house(connection, house));
          }
          return new Found(houses, fitting.size());
        });
  }

  private static boolean hasAll(Named house, List<String> words) {
    String text =
        "%s %s %d"
            .formatted(house.address(), house.deployment().orElse(""), house.id())
            .toLowerCase(Locale.ROOT);
    return words.stream().allMatch(text::contains);
  }

  private List<Named> all(Connection connection) throws SQLException {
    return query(
            """
            SELECT h.@id, h.@address, d.@name, h.@endDate
            FROM @House h
            LEFT JOIN @Deployment d ON d.@id = h.@deploymentId
            """)
        .all(
            connection,
            row -> new Named(row.number(1), row.text(2).orElse(""), row.text(3), row.maybeTime(4)))
        .stream()
        .sorted(
            Comparator.comparing((Named house) -> house.deployment().orElse(""))
                .thenComparing(house -> house.address().toLowerCase(Locale.ROOT))
                .thenComparing(Named::id))
        .toList();
  }

  /** Whether there is that house. */
  public boolean has(long house) throws StoreException {
    return database.read(
        connection ->
            query("SELECT @id FROM @House WHERE @id = ?")
                .with(house)
                .first(connection, row -> row.number(1))
                .isPresent());
  }

  /** When the newest reading of a house was taken. */
  public Optional<Instant> last(long house) throws StoreException {
    return database.read(connection -> LastReading.ofHouse(connection, database.engine(), house));
  }

  private House house(Connection connection, Named house) throws SQLException {
    long nodes =
        query(
                """
                SELECT COUNT(*)
                FROM @Node n
                JOIN @Location l ON l.@id = n.@locationId
                WHERE l.@houseId = ?
                """)
            .with(house.id())
            .first(connection, row -> row.number(1))
            .orElse(0L);
    return new House(
        house.id(),
        house.address(),
        house.deployment(),
        house.end(),
        nodes,
        LastReading.ofHouse(connection, database.engine(), house.id()));
  }

  private Query query(String text) {
    return new Query(database.engine(), text);
  }
}
