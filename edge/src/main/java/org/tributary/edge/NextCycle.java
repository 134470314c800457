package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.Batch;
import org.tributary.wire.GatewayId;
import org.tributary.wire.Plan;
import org.tributary.wire.Proposal;
import org.tributary.wire.Table;
import org.tributary.wire.Tables;

/**
 * Finds out what the next cycle would do with a remote: which rows of this gateway would be which
 * rows there, on what evidence, and what would be set aside. Changes nothing at either end. Not
 * thread-safe.
 */
public final class NextCycle implements AutoCloseable {

  private static final int ROWS_AT_ONCE = 10_000;

  private final EdgeConfig config;
  private final LocalDatabase local;
  private final GatewayIdentity identity;
  private final Clock clock;

  /**
   * What would be done with one remote.
   *
   * @param known whether the remote has ever heard of this gateway
   * @param plan empty if the remote can't tell
   * @param waiting what would be sent, table by table
   */
  public record Foreseen(boolean known, Optional<Plan> plan, List<Waiting> waiting) {
    public Foreseen {
      requireNonNull(plan);
      waiting = List.copyOf(waiting);
    }
  }

  public NextCycle(EdgeConfig config, String version, Clock clock) {
    this.config = config;
    this.local = new LocalDatabase(config.local(), config.wallClock());
    this.identity = GatewayIdentity.of(config, version);
    this.clock = clock;
  }

  /** By which name central knows this gateway. */
  public GatewayId gateway() {
    return identity.id();
  }

  /**
   * Asks one remote.
   *
   * @throws RefusedException if the remote does not deal with this gateway
   */
  public Foreseen with(RemoteConfig remote) throws IOException, RefusedException {
    local.check();
    try (Transport transport =
        Remotes.transport(remote, identity.id(), EdgeFiles.of(config), clock)) {
      return with(transport, identity.towards(remote, config.history().deletes()));
    }
  }

  Foreseen with(Transport transport) throws IOException, RefusedException {
    return with(transport, identity);
  }

  private Foreseen with(Transport transport, GatewayIdentity as)
      throws IOException, RefusedException {
    Known known = Known.ask(transport);
    List<Waiting> waiting = EdgeStatus.waiting(local, known, clock.instant());
    Proposal proposal = new Proposal(as.greeting(clock.instant()), changed(known));
    return new Foreseen(known.lastContact().isPresent(), transport.plan(proposal), waiting);
  }

  /** The tables that a push would send as a whole. */
  private List<Batch> changed(Known known) throws LocalDatabaseException {
    List<Batch> tables = new ArrayList<>();
    for (Table table : Tables.ALL) {
      if (table.isSeries()) {
        continue;
      }
      WholeTable whole = WholeTable.read(local, table);
      if (!whole.differsFrom(known.live(table))) {
        continue;
      }
      int from = 0;
      do {
        int to = Math.min(whole.size(), from + ROWS_AT_ONCE);
        tables.add(whole.part(from, to, true));
        from = to;
      } while (from < whole.size());
    }
    return tables;
  }

  @Override
  public void close() {
    local.close();
  }
}
