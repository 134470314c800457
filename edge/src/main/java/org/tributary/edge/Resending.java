package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Ack;
import org.tributary.wire.Batch;
import org.tributary.wire.Lane;
import org.tributary.wire.Rows;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;
import org.tributary.wire.Window;

/**
 * Sends all rows of one house and some days once more, whatever central has of them. It stores each
 * once. Not thread-safe.
 */
public final class Resending implements AutoCloseable {

  /** The local database has no house of that address. */
  public static final class NoSuchHouseException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchHouseException(String message) {
      super(message);
    }
  }

  private final EdgeConfig config;
  private final LocalDatabase local;
  private final GatewayIdentity identity;
  private final Clock clock;

  public Resending(EdgeConfig config, String version, Clock clock) {
    this.config = config;
    this.local = new LocalDatabase(config.local(), config.wallClock());
    this.identity = GatewayIdentity.of(config, version);
    this.clock = clock;
  }

  /**
   * Sends the rows to one remote.
   *
   * @param address of the house, as the local database has it
   * @return what came of it
   * @throws NoSuchHouseException if there is no such house here
   */
  public Healed to(RemoteConfig remote, String address, Window days)
      throws IOException, RefusedException, NoSuchHouseException {
    return to(
        Remotes.transport(remote, identity.id(), EdgeFiles.of(config), clock),
        identity.towards(remote, config.history().deletes()),
        address,
        days);
  }

  Healed to(Transport transport, GatewayIdentity as, String address, Window days)
      throws IOException, RefusedException, NoSuchHouseException {
    local.check();
    Set<Long> places = places(address);
    Set<Long> nodes = ids(local.readAll(Tables.NODE).rows(), Table.ID, "locationId", places);
    int limit =
        Math.min(config.pushLimit(), transport.greet(as.greeting(clock.instant())).maxRows());
    Healed healed = Healed.NOTHING;
    for (Table table : List.of(Tables.NODE_STATE, Tables.READING)) {
      GatheredRows waiting = new GatheredRows(table);
      for (long hour = days.hour(); hour < days.endHour(); hour++) {
        gather(new Window(null, hour, 1), places, nodes, waiting);
        if (waiting.size() >= limit || hour == days.endHour() - 1) {
          healed = healed.plus(send(transport, waiting.rows(), limit));
          waiting = new GatheredRows(table);
        }
      }
    }
    return healed;
  }

  private static Healed send(Transport transport, Rows all, int limit)
      throws IOException, RefusedException {
    Healed healed = Healed.NOTHING;
    for (int from = 0; from < all.size(); from += limit) {
      Rows rows = all.slice(from, Math.min(all.size(), from + limit));
      Batch batch =
          new Batch(all.table(), Lane.HISTORY, Optional.empty(), Optional.empty(), rows, List.of());
      Ack ack = Verification.accountedFor(batch, transport.send(batch));
      healed = healed.plus(Healed.sent(rows.size(), ack.inserted() + ack.changed()));
    }
    return healed;
  }

  /** The locations of the house. */
  private Set<Long> places(String address) throws LocalDatabaseException, NoSuchHouseException {
    Rows houses = local.readAll(Tables.HOUSE).rows();
    Set<Long> found = new HashSet<>();
    List<String> known = new ArrayList<>();
    for (int row = 0; row < houses.size(); row++) {
      known.add(String.valueOf(houses.value("address", row)));
      if (address.equals(houses.value("address", row))
          && houses.value(Table.ID, row) instanceof Long id) {
        found.add(id);
      }
    }
    if (found.isEmpty()) {
      throw new NoSuchHouseException(
          "There is no house \"%s\" here; there is: %s"
              .formatted(address, String.join(", ", known)));
    }
    return ids(local.readAll(Tables.LOCATION).rows(), Table.ID, "houseId", found);
  }

  private static Set<Long> ids(Rows rows, String id, String reference, Set<Long> of) {
    Set<Long> ids = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.value(reference, row) instanceof Long to
          && of.contains(to)
          && rows.value(id, row) instanceof Long its) {
        ids.add(its);
      }
    }
    return ids;
  }

  /** The house's rows of a window: those of its locations, and of its nodes where none is named. */
  private void gather(Window window, Set<Long> places, Set<Long> nodes, GatheredRows into)
      throws LocalDatabaseException {
    local.readWindow(
        into.table(),
        window,
        Optional.empty(),
        rows ->
            into.add(
                rows,
                row ->
                    rows.value("locationId", row) instanceof Long place
                        ? places.contains(place)
                        : rows.value("nodeId", row) instanceof Long node && nodes.contains(node)));
  }

  @Override
  public void close() {
    local.close();
  }
}
