package org.tributary.edge;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tributary.edge.config.EdgeConfig;
import org.tributary.edge.config.RemoteConfig;
import org.tributary.wire.GatewayId;

/**
 * How a push at work stands with its remotes: what it has heard of them itself, and what waits in
 * the local database, which is read over a connection of its own. No remote is asked, so an answer
 * is there within the time of some local queries, whatever the network does. Not thread-safe.
 */
public final class RunningPush implements AutoCloseable {

  private final EdgeConfig config;
  private final GatewayIdentity identity;
  private final List<Watched> remotes;
  private final Clock clock;
  private final LocalDatabase local;

  /** What is looked at of one remote. */
  record Watched(RemoteConfig remote, PushRecord record, Transport transport) {}

  /**
   * How a push at work stands with one remote.
   *
   * @param rowsSent rows that were answered since the process began
   * @param bytesSent bytes of the requests that were sent since then; empty where that is not known
   * @param failures pushes since then that broke off or were refused
   * @param lastPush how long the last push took that came to its end
   */
  public record Remote(
      RemoteStatus status,
      long rowsSent,
      OptionalLong bytesSent,
      long failures,
      Optional<Duration> lastPush) {
    public Remote {
      requireNonNull(status);
      requireNonNull(bytesSent);
      requireNonNull(lastPush);
    }
  }

  RunningPush(EdgeConfig config, GatewayIdentity identity, List<Watched> remotes, Clock clock) {
    this.config = config;
    this.identity = identity;
    this.remotes = List.copyOf(remotes);
    this.clock = clock;
    this.local = new LocalDatabase(config.local(), config.wallClock());
  }

  /** By which name central knows this gateway. */
  public GatewayId gateway() {
    return identity.id();
  }

  /** This machine's own name. */
  public String hostname() {
    return identity.hostname();
  }

  /** Each remote that is switched on, as it stands now. */
  public List<Remote> look() {
    return remotes.stream().map(this::look).toList();
  }

  private Remote look(Watched watched) {
    Instant now = clock.instant();
    Progress progress = watched.record().progress();
    RemoteStatus status =
        EdgeStatus.remembered(
            watched.remote(),
            watched.transport().caveat(),
            watched.record().soFar(),
            progress,
            local,
            config.syncTime(),
            now);
    return new Remote(
        status,
        progress.rowsSent(),
        watched.transport().sentBytes(),
        progress.failures(),
        progress.lastPush());
  }

  @Override
  public void close() {
    local.close();
  }
}
