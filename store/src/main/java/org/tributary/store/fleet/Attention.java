package org.tributary.store.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/**
 * What is wrong in a fleet, a problem at a time: only what central knows. It only reads.
 * Thread-safe.
 */
public final class Attention {

  private static final Comparator<Problem> MOST_PRESSING_FIRST =
      Comparator.comparing(Problem::kind)
          .thenComparing(problem -> problem.since().orElse(Instant.MAX))
          .thenComparing(Problem::title);

  private final Database database;
  private final Fleet fleet;
  private final Clock clock;
  private final String version;

  /**
   * @param fleet of the same database
   * @param version of this program
   */
  public Attention(Database database, Fleet fleet, Clock clock, String version) {
    this.database = database;
    this.fleet = fleet;
    this.clock = clock;
    this.version = version;
  }

  /** All problems, the most pressing kind first, of a kind the oldest. */
  public List<Problem> problems() throws StoreException {
    return problems(fleet.gateways());
  }

  /**
   * The same for gateways that were just asked for.
   *
   * @param gateways all of them
   */
  public List<Problem> problems(List<FleetGateway> gateways) throws StoreException {
    Instant now = clock.instant();
    List<Problem> all = new ArrayList<>(new GatewayProblems(gateways, now, version).all());
    all.addAll(database.read(connection -> booked(connection, gateways, now)));
    all.sort(MOST_PRESSING_FIRST);
    return all;
  }

  private List<Problem> booked(Connection connection, List<FleetGateway> gateways, Instant now)
      throws SQLException {
    List<Problem> all =
        new ArrayList<>(new RowProblems(database.engine(), gateways).all(connection));
    all.addAll(new NodeProblems(database.engine(), gateways, now).all(connection));
    all.addAll(new AccessProblems(database.engine(), now).all(connection));
    return all;
  }
}
