package org.tributary.edge;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.edge.config.TransportKind;
import org.tributary.edge.rest.RestConflicts;
import org.tributary.store.Page;
import org.tributary.store.ingest.Conflict;
import org.tributary.store.ingest.ConflictDesk.Outcome;

/**
 * Where a person chooses again which version of a field counts, of what a gateway has on record
 * itself. No push works meanwhile. Not thread-safe.
 */
public final class KeptConflictDesk implements AutoCloseable {

  /**
   * A conflict and the remote that it is with.
   *
   * @param takes whether the gateway takes changes from there
   */
  public record Kept(RemoteConfig remote, Conflict conflict, boolean takes) {}

  private final EdgeConfig config;
  private final Clock clock;
  private final EdgeFiles files;
  private final GatewayIdentity identity;
  private final Standstill standstill;

  private KeptConflictDesk(EdgeConfig config, Clock clock, Standstill standstill) {
    this.config = config;
    this.clock = clock;
    this.files = EdgeFiles.of(config);
    this.identity = GatewayIdentity.of(config, "");
    this.standstill = standstill;
  }

  /**
   * Opens it.
   *
   * @throws AlreadyRunningException if a push is at work
   */
  public static KeptConflictDesk open(EdgeConfig config, Clock clock)
      throws IOException, AlreadyRunningException {
    return new KeptConflictDesk(config, clock, Standstill.of(config));
  }

  /**
   * Those of that number.
   *
   * @param remote with which; empty for all
   */
  public List<Kept> find(long number, Optional<String> remote) throws IOException {
    List<Kept> found = new ArrayList<>();
    for (RemoteConfig each : config.remotes()) {
      boolean isMeant = remote.isEmpty() || remote.get().equals(each.name());
      boolean keepsNone =
          each.transport() == TransportKind.SYNC || each.transport() == TransportKind.DIRECT;
      if (isMeant && !keepsNone) {
        conflicts(each).all().stream()
            .filter(conflict -> conflict.id() == number)
            .forEach(conflict -> found.add(new Kept(each, conflict, each.terms().takes())));
      }
    }
    return found;
  }

  /**
   * Makes one side's version count: it is written at the server.
   *
   * @param by who does it, for the books
   */
  public Outcome resolve(Kept kept, Conflict.Side side, String by) throws IOException {
    try (LocalDatabase own = new LocalDatabase(config.local(), config.wallClock())) {
      own.check();
      Page page = own.readAll(kept.conflict().table());
      return conflicts(kept.remote()).resolve(kept.conflict(), side, page.rows(), by);
    }
  }

  private RestConflicts conflicts(RemoteConfig remote) {
    return Remotes.rest(remote, identity.id(), files, clock).conflicts();
  }

  @Override
  public void close() {
    standstill.close();
  }
}
