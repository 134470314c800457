package org.tributary.store.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.store.Database;
import org.tributary.store.StoreException;

/** Each node, when it was last heard and where it is registered. */
public record NodeStatuses(Database database, Clock clock) {

  private static final Duration WELL = Duration.ofDays(1);

  /**
   * How a node stands.
   *
   * @param last when its newest reading was taken
   * @param house the house that it is registered in, with its address
   */
  public record NodeStatus(
      long node,
      Optional<Instant> last,
      Optional<Double> volts,
      Optional<Long> house,
      Optional<String> address,
      Optional<String> room,
      Condition condition) {}

  /** How a node is. */
  public enum Condition {
    GOOD("Good"),
    NOT_REPORTING("Not Reporting"),
    UNREGISTERED("Unregistered");

    private final String words;

    Condition(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * By node.
   *
   * @param house only nodes of that house and those that are registered nowhere
   * @param within only nodes that were heard in that time
   */
  public List<NodeStatus> of(Optional<Long> house, Optional<Duration> within)
      throws StoreException {
    Optional<Instant> since = within.map(time -> clock.instant().minus(time));
    return database.read(
        connection -> {
          List<NodeStatus> statuses = new ArrayList<>();
          for (Registered node :
              new Query(database.engine(), REGISTERED).all(connection, REGISTER)) {
            boolean isWanted =
                (house.isEmpty() || node.house().isEmpty() || node.house().equals(house))
                    && (since.isEmpty() || node.last().filter(since.get()::isBefore).isPresent());
            if (isWanted) {
              Optional<Double> volts =
                  node.last().isEmpty()
                      ? Optional.empty()
                      : Battery.voltage(
                          connection, database.engine(), node.id(), node.last().get());
              statuses.add(status(node, volts));
            }
          }
          return statuses;
        });
  }

  private static final String REGISTERED =
      """
      SELECT n.@id, h.@id, h.@address, m.@name, (
        SELECT r.@time
        FROM @Reading r
        WHERE r.@nodeId = n.@id
        ORDER BY r.@time DESC
        LIMIT 1)
      FROM @Node n
      LEFT JOIN @Location l ON l.@id = n.@locationId
      LEFT JOIN @House h ON h.@id = l.@houseId
      LEFT JOIN @Room m ON m.@id = l.@roomId
      ORDER BY n.@id
      """;

  private static final Query.RowReader<Registered> REGISTER =
      row ->
          new Registered(
              row.number(1), row.maybeNumber(2), row.text(3), row.text(4), row.maybeTime(5));

  private record Registered(
      long id,
      Optional<Long> house,
      Optional<String> address,
      Optional<String> room,
      Optional<Instant> last) {}

  private NodeStatus status(Registered node, Optional<Double> volts) {
    return new NodeStatus(
        node.id(), node.last(), volts, node.house(), node.address(), node.room(), condition(node));
  }

  private Condition condition(Registered node) {
    if (node.house().isEmpty()) {
      return Condition.UNREGISTERED;
    }
    Instant well = clock.instant().minus(WELL);
    return node.last().filter(well::isBefore).isPresent()
        ? Condition.GOOD
        : Condition.NOT_REPORTING;
  }
}
